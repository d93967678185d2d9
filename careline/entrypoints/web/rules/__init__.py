"""Rules: their list, their editor, what they did and why not; recurring cases."""
