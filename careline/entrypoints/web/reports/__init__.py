"""Reports: figures with their definitions, charts, and behind each number the list of exactly its cases."""
