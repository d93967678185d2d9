"""The text inside files: PDF, Word, Excel, PowerPoint, OpenDocument, plain text.

`reader.Reader` reads in a child process with limits of memory and time (`child.py`), so that a hostile file costs its own
text and nothing else. `kinds.py` says by which of `pdf.py`, `office.py` and `plain.py` a file is read.
"""
