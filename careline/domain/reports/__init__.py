"""Measures with one definition each, the roll-ups they are read from, reports, exports and forecasts. It reads all below."""
