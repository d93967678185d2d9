"""Searching text: words as they are stored and asked, the language of queries, spelling, snippets, days."""

from careline.kit.search.words import words_of

__all__ = ["words_of"]
