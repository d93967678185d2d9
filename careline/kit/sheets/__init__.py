"""Tables in files: CSV in any encoding and Excel, read row by row and written so that no cell becomes a formula."""
