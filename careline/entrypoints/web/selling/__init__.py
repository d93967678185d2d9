"""Selling on screen: the cart of a case, quotes, payment links, what customers have, and how we sell."""
