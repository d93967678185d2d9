"""Decisions about service requests, without tables."""
