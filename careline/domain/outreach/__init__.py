"""Mailings: one letter to the customers of a segment who agreed to such letters, each in a case of their own.

It owns who was meant and how it went with each. It does not know how a case is opened, nor how mail leaves.
"""
