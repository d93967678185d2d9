"""What happened: one append-only row for each change, written in the transaction of the change.

Owns the happenings and the cursors of those who read them. Its words: happening, actor, reader, set aside.
It must not know what any happening means.
"""
