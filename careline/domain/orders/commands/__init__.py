"""Changing products and orders; guarded acts have their only door in a flow."""
