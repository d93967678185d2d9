"""Places in queues, marks, offers, decisions, settings of queues."""
