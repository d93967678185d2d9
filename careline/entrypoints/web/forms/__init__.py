"""Settings → Forms: which there are, and the screen on which one is built. No step of it needs a script."""
