"""Reads of what the house has ready to say."""
