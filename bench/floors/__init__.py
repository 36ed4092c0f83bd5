"""The least that the same work can cost on this machine: no framework, no rules."""
