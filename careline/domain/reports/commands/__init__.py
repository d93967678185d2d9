"""Keeping the facts of cases and their sums."""
