"""Handing a case up and down, what became of it beside the case, and ladders."""
