"""Subscriptions on the staff's screens: the list, one with its charges and acts, leaving with an offer, and what is offered."""
