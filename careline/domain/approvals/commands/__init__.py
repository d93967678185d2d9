"""Changing: limits and policies are written, requests asked and settled, what was given is kept."""
