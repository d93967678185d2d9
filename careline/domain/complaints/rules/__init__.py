"""What is decided about complaints, without tables."""
