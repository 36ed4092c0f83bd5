"""Keeping what we hold: backups that can be trusted, and a way to a larger database."""
