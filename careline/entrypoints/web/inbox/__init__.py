"""Lists of cases: views, their counts, what is done to many at once."""
