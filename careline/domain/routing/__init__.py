"""Queues, skills that cases ask for, capacity, offers: who is next, who may take it, why a case waits; ladders of escalation.

A case's assignee stands in conversations, and is the truth of who has how much on hand; people's skills and attendance
stand in staff. Here is how a queue matches the two (`rules/matching.py`), what is still to be matched, and what was decided.
"""
