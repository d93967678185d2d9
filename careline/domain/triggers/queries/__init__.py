"""Reads: rules, what is known of a case, what they would match, what they did, what is due."""
