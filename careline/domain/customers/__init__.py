"""The people who write to us, their companies and their addresses.

Its words: customer, organisation, address. It must not know of channels or cases.
"""
