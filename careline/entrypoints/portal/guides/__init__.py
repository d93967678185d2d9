"""Troubleshooting guides as customers walk them alone: one question a page, without scripts and without sign-in."""
