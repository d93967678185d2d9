"""Planned: triggers, time rules, macros."""
