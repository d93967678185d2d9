"""Pure decisions: signatures, topics, retries, payloads."""
