"""Django's PostgreSQL, but for one thing: whether a connection lives is seen at its socket, not asked by a statement."""
