"""Queues, skills that cases ask for, capacity, offers: who is next, who may take it, why a case waits; ladders of escalation."""
