"""Webhooks of others: verified, kept as they came, answered at once; what they are about is looked at afterwards."""
