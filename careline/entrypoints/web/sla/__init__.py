"""Promised times on screen: who gets which promise, opening hours, and what was promised on a case."""
