"""Somebody with the keys of the database writes the history of an order anew: `careline doctor` says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from careline.domain.history.sealing import seal
from careline.domain.orders.rules.refunding import Part
from careline.entrypoints.console.doctor.finding import PROBLEM
from careline.entrypoints.console.doctor.install import of_install
from careline.flows.refund import Refunding, refund
from careline.kit import db
from tests.shop import open_shop
from tests.world import NOON


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "edit",
    [
        """UPDATE history SET data = data - 'back' WHERE id = {last}""",
        "UPDATE history SET actor_id = actor_id + 1 WHERE id = {last}",
        "DELETE FROM history WHERE id = {last}",
    ],
)
def test_a_refund_that_is_edited_out_of_an_orders_history_is_detected(edit: str, tmp_path: Path) -> None:
    shop = open_shop()
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))
    refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert seal(at=NOON) > 0
    assert told_by_doctor(tmp_path) == []
    with transaction.atomic():
        db.execute("SET LOCAL session_replication_role = replica")  # no trigger stands in the way of its owner
        last = db.value("SELECT max(id) FROM history WHERE name = 'order.refunded'")
        assert db.execute(edit.format(last=last)) == 1
    assert told_by_doctor(tmp_path) == ["what happened in 2026-11 was changed or removed since it was sealed"]


def told_by_doctor(folder: Path) -> list[str]:
    return [one.words for one in of_install(folder, is_online=False) if one.name == "history" and one.state == PROBLEM]
