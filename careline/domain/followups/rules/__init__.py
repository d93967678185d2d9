"""Pure decisions about follow-ups and voices."""
