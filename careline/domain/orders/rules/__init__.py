"""Decisions about orders, without tables: what may happen, and what it does to money and stock."""
