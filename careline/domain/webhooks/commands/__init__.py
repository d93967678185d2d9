"""Changing webhooks, and how their deliveries fare."""
