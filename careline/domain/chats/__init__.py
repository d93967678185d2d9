"""Talks with visitors of a site: who visits, which case they talk in, what was read, how it was rated."""
