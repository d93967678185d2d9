"""Requests of somebody who is erased stay as figures, without a word or a file of theirs. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db

_OF_THEIRS = "SELECT id FROM requests_request WHERE customer_id = ANY(%s)"


def forget_requests(customers: Sequence[int]) -> list[str]:
    """The contents that were named, for whoever lets files go."""
    people = list(customers)
    digests = [
        row.file_id
        for row in db.rows(
            f"SELECT DISTINCT file_id FROM requests_paper WHERE file_id IS NOT NULL AND request_id IN ({_OF_THEIRS})",
            [people],
        )
    ]
    db.execute("""UPDATE requests_request SET "values" = '{}', words = '' WHERE customer_id = ANY(%s)""", [people])
    db.execute(f"UPDATE requests_step SET words = '' WHERE request_id IN ({_OF_THEIRS})", [people])
    db.execute(
        f"UPDATE requests_paper SET file_id = NULL, name = '', media_type = '', size = 0, reason = '' WHERE request_id IN ({_OF_THEIRS})",
        [people],
    )
    return digests
