"""A whole database and its files in one stream, and back: parts with digests, tables by COPY, a database made aside.

`parts.py` the file format · `tables.py` what tables there are, out and in · `scaffold.py` indexes and keys taken down
while much is loaded · `builders.py` who puts them up again on several connections · `contents.py` stored files in packs ·
`declared.py` what each package says of its tables.
"""
