"""What tests stand on: a PostgreSQL server, a browser, and the rules of a page."""
