"""Forms as customers fill them in: a page, and the same in a frame of another site. All of it works without scripts."""
