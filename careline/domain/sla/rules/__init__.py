"""Promises as pure functions: no tables, no clock. docs/why/sla.md tells them in half a page."""
