"""Queues, skills, who is there, and why a case came to whom."""
