"""Changes to follow-ups, voices and reviews."""
