"""Decisions about ready words: variables, languages, what a macro does."""
