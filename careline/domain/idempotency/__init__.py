"""Answers already given: a call that is made twice under one key is carried out once.

Owns the table of keys with the answers they got. Its words: key, answer. It must not know what was asked.
"""
