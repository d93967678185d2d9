"""Reads across the tables below, by what the screens and the API show."""
