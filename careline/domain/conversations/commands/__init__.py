"""Verbs on cases. `cases`, `messages` and `deliveries` may be refused by others, so only flows call them (house rule 3)."""
