"""What customers may do on their own pages, and a case as its customer sees it."""
