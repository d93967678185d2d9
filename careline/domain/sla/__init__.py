"""What was promised: policies, clocks, due moments, pauses, kept and broken promises; acknowledgements."""
