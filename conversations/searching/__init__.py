"""The index of all texts: the words in them, the same on both databases."""
