"""Planned: the customers' pages."""
