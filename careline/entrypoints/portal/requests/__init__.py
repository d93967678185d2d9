"""My requests: how customers get in, what they see of their cases, and what they can do there. Works without scripts."""
