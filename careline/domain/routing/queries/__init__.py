"""What waits, who is there, and what was decided about a case."""
