"""Reads: facts and their sums, rows of cases, what is to be expected, what stands in the written report."""
