"""Tools without a word of the trade."""
