"""Pure decisions: who may promise what, and who is asked."""
