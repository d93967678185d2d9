"""What stands beside a case comes in one answer, and each part of it lets in whom it lets in."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.entrypoints.web.case import beside
from tests.world import World

FRAGMENT = {"HX-Request": "true"}


def address(world: World) -> str:
    case = conversation_by_number(world.case)
    return beside.address_beside(world.case, case.customer_id if case else None, is_chat=False)


def test_the_page_of_a_case_asks_once_for_all_that_stands_beside_it(ada: Client, world: World) -> None:
    page = ada.get(f"/conversations/{world.case}").content.decode()
    assert (page.count("data-slot"), page.count(address(world))) == (1, 1)


def test_each_part_stands_there_as_its_own_address_answers_it(ada: Client, world: World) -> None:
    together = ada.get(address(world), headers=FRAGMENT).content.decode()
    for place in ("structure", "routing", "orders"):
        alone = ada.get(f"/conversations/{world.case}/{place}", headers=FRAGMENT).content.decode()
        assert (place, bool(alone.strip()), alone in together) == (place, True, True)


def test_a_part_that_fails_is_missing_and_the_others_are_there(
    ada: Client, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = beside.resolve

    def without_orders(path: str) -> object:
        if path.endswith("/orders"):
            raise RuntimeError("the orders are away")
        return real(path)

    monkeypatch.setattr(beside, "resolve", without_orders)
    with caplog.at_level(logging.CRITICAL, logger=beside.log.name):
        together = ada.get(address(world), headers=FRAGMENT).content.decode()
    assert ('id="structure"' in together, 'id="orders"' in together) == (True, False)


def test_a_case_that_one_does_not_see_has_nothing_beside_it(world: World, enter: Callable[..., Client]) -> None:
    cleo = enter(world.cleo)
    assert [cleo.get(place).status_code for place in (f"/conversations/{world.case}", address(world))] == [404, 404]
