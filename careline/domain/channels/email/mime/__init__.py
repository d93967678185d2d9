"""Bytes to words: headers, charsets, the MIME tree, transfer encodings, and the wrappings of other mail programs.

Pure functions over bytes and text; nothing here knows what a mail means, a customer or a table. Whatever the bytes
are, nothing raises: what was mended is said as a defect, one short sentence each.
"""
