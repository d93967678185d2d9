"""Happenings told to other people's programs, by POST to an address of theirs.

Owns webhooks and their deliveries. Its words: webhook, topic, delivery, ping, replay, rest, pause. It must not know how a
happening is shown (that is the API's), nor who may do what on a case (that is asked of conversations).
"""
