"""The desk in the browser: the inbox, the thread beside it, and what is done there."""
