"""A channel without a world behind it: for tests, for trying out, and to be copied for a new kind.

What comes in is one JSON object (reading.py); what goes out is kept here, and its end is what the settings say.
"""
