"""Working time as pure functions: no tables, no clock. docs/why/working-time.md says what counts as open, and why."""
