"""One case: its page, thread, composer, merging and links, new cases; what went out, and known issues."""
