"""Seeing inside: what is in the log, what is measured, and what the doctor finds.

Nothing here ever shows a text, a whole number, a token or a query; see
docs/seeing-inside.md.
"""
