"""Reads of cases and messages, named by what they return."""
