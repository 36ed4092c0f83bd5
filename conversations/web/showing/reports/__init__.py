"""A report as a page shows it: sections, each with its plot and its table."""
