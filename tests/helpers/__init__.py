"""What several test modules build with."""
