"""Searching text: words as they are stored and asked, the language of queries, spelling, snippets, text out of files."""

from careline.kit.search.words import words_of

__all__ = ["words_of"]
