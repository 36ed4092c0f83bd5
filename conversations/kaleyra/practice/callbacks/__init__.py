"""What the practice line posts to Parley: delivery reports, and customers' texts."""
