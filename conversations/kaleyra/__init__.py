"""Kaleyra, the provider: its calls, its callbacks and its words, turned into ours."""
