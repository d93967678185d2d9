"""Ways in; people, roles, rights and who did what."""
