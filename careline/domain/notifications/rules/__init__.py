"""Who hears of what, what may be chosen, and when it may leave."""
