"""Sending, as "Send Your First SMS" documents it: requests, refusals and answers."""
