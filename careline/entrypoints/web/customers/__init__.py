"""Customers and companies: lists, cards, merging, sheets, erasing, mailings."""
