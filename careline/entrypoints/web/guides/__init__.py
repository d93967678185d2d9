"""Troubleshooting guides: where they are written, and how one is walked beside a case."""
