"""Pure decisions about cases: no tables, no clock."""
