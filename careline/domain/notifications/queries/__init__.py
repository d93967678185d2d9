"""Notifications, choices, devices and parcels as they stand."""
