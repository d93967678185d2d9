"""Suggestions, praise and public reviews."""
