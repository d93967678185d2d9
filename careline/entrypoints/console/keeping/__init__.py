"""Backup, restore, export and import: the whole of an install out of its data folder, and back."""
