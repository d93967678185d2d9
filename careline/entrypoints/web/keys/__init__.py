"""Keyboard and command palette: one map of keys, the lists that keys open, and what the palette finds."""
