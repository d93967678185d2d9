"""The register of complaints: the list, one complaint on one screen, letters, trends, and what the register goes by."""
