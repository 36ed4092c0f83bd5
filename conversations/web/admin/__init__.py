"""What only admins see: the lines, and callbacks that were no plain text or report."""
