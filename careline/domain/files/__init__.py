"""Stored bytes, known by what they are: content-addressed by SHA-256.

Owns the files table and the folder of contents. Its words: digest, content. It must not know what a file is attached to.
"""
