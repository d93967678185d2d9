"""Planned: the assistant that answers, drafts and hands over."""
