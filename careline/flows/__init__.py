"""The stories that cross packages: one file each, a straight line."""
