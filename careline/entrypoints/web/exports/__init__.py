"""One row per case, exports and their progress, what is to be expected, and the written report with its letters."""
