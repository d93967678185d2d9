"""Service requests: types with their own form, steps, papers and decisions, made on a screen; and the requests themselves."""
