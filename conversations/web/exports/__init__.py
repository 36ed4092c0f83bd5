"""The files of an export: what stands in each, as an agent may see it."""
