"""`make bench`: the figures that were promised, measured on this machine and written to docs/benchmarks.md.

Each part prints what it sees; a figure is a ratio of two things measured in one run where it can be. `SIZE` in the
environment is the number of cases that lists and intake are measured on (100,000); `PARTS` names the parts to run.
"""
