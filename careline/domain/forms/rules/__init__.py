"""Decisions about forms, without tables."""
