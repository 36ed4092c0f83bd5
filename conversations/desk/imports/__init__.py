"""Bringing in what was kept elsewhere: customers, and past conversations."""
