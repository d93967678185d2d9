"""Talks with visitors of a site: who visits, which case they talk in, how far they read, how it was rated.

Its words: site (a channel of kind chat), visitor, thread (one talk), invitation, queue. What is said stands in the case, as
every message does; a thread only says which case that is. Where a visitor is and whether they type is never stored
(`whereabouts.py`). It must not know how an answer is written or sent.
"""
