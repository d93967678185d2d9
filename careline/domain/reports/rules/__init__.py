"""Pure decisions: measures and their definitions, facts of a case, what is to be expected, what is more than noise."""
