"""The world outside, played by processes of their own so that the server is not slowed.

They use bare sockets: a comfortable HTTP client would need more of the machine than the
server that it measures.
"""
