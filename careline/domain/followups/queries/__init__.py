"""What is known of follow-ups, voices and reviews."""
