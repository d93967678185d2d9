"""Requests for a decision: what waits for me, one on a page, and asking from a case."""
