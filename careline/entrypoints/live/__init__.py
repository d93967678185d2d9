"""Live: tells browsers what to refresh. An event carries a topic, a number and a version, never content."""
