"""Follow-ups: what is due, beside a case, and how a case ends."""
