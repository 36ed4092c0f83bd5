"""What happens to texts: the values they are made of, and how they come and go."""
