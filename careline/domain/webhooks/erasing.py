"""What other programs were told of somebody who is erased, and answered: the words go, that something was told stays."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db


def forget_told(*, conversations: Sequence[int], customers: Sequence[int]) -> int:
    """What still waits is not told any more; the program hears of the erasure itself."""
    return db.execute(
        """UPDATE webhooks_delivery SET event = '{}', answer = '', words = '',
               state = CASE WHEN state = 'waiting' THEN 'dropped' ELSE state END
           WHERE (conversation_id = ANY(%s) OR customer_id = ANY(%s)) AND event <> '{}'""",
        [list(conversations), list(customers)],
    )
