"""The staff's screens: one module of views for each noun, their words and rows ready for templates that compute nothing.

`urls.py` lists every address, `gate.py` lets nobody in without sign-in, `visit.py` is what each view is given.
"""
