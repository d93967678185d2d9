"""Telling, seeing, choosing, and what leaves."""
