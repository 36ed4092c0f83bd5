"""How nouns are put into the words, times and marks that a page prints."""
