"""What people wrote to Northwind Bikes, by language: own writing, no real persons.

`{a|b}` is one of several wordings, `{order}` a slot (see told.py). Lines of one paragraph are joined; a line that begins
with a dash stays a line of its own.
"""
