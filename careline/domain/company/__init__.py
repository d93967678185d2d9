"""The company that runs this install, its brands and its settings.

Its words: company, brand. It must not know of people, customers or cases.
"""
