"""Shops of the company elsewhere, on screen: one page of the settings."""
