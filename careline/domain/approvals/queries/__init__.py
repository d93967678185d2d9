"""Reading: who may promise what, and what waits for a decision."""
