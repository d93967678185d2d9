"""Changes of the register, each with what happened."""
