"""What is measured, a module each. `tables` returns the findings on one database."""
