"""The customers' pages: a folder per room, every page through guest.py, in the brand's look by templates/portal/layout.html."""
