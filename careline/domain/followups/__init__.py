"""What is still to be done after a resolution, and what customers say unasked: follow-ups, suggestions, compliments."""
