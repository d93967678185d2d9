"""Forms on the web as a channel kind. One JSON object comes in for each form that was sent (reading.py); answers leave as mail.

A channel of this kind has no mailbox of its own: `answers_by` names the one whose address its answers bear, and by which they leave.
"""
