"""Decisions about people and companies, without tables."""
