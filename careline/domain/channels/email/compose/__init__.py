"""Outgoing mail: a `Letter` to the bytes that go over the wire. Pure; the same letter gives the same bytes.

Everything written is 7-bit, so no server needs 8BITMIME; addresses alone may need SMTPUTF8, and those are refused in one sentence.
"""

from careline.domain.channels.email.compose.letter import CannotCompose, Letter, LetterFile, Quote
from careline.domain.channels.email.compose.writing import compose

__all__ = ["CannotCompose", "Letter", "LetterFile", "Quote", "compose"]
