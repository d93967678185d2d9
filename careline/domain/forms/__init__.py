"""Forms that customers write in by: what is asked, under which condition, in several languages; and what keeps robots off.

Owns forms, files that are held until a form is sent, and how often somebody sent one. Its words: form, content, field, condition,
answer, submission. What was sent goes the way of every message (channels/form/, flows/receive.py); of it this package keeps nothing.
"""
