"""Taking conversations away: which messages, as which files, and how changes show."""
