"""Planned: one small view for each webhook, which verifies, parses and calls flows/receive.py."""
