"""What is still to be done after an answer, by whom and until when, and how it came out."""
