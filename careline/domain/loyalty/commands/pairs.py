"""What is bought together, as it was last counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from careline.kit import db


@transaction.atomic
def keep_pairs(products: Sequence[int], pairs: Sequence[dict[str, Any]]) -> None:
    """Those of these products, in place of what was known."""
    db.execute("DELETE FROM loyalty_pair WHERE product_id = ANY(%s)", [list(products)])
    db.execute(
        """INSERT INTO loyalty_pair (kind, product_id, other_id, "both", buyers, others)
           SELECT n.kind, n.product, n.other, n."both", n.buyers, n.others
           FROM jsonb_to_recordset(%s) AS n (kind text, product bigint, other bigint, "both" int, buyers int, others int)
           JOIN orders_product p ON p.id = n.product JOIN orders_product x ON x.id = n.other""",
        [db.json(list(pairs))],
    )


def drop_unsold(products: Sequence[int]) -> None:
    """Nobody bought any others lately."""
    db.execute("DELETE FROM loyalty_pair WHERE product_id <> ALL(%s)", [list(products)])
