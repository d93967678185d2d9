"""What the desk shows: saved views, list rows, counts, search, the case page.

It reads every table below and writes only its own views. Its words: view, row, reach.
"""
