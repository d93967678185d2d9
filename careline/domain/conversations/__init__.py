"""Cases and what is said in them: the heart.

Owns conversations, messages, participants, attachments, tags, statuses and the outbox of deliveries.
Its words: case (what people see; the table is a conversation), message, participant, hint, hold, delivery.
It must not know of promises (sla), queues (routing), orders or approvals: they write their columns here by commands.
"""
