"""Wherever something can't be done as it was asked, one can go on from there; and what the menu offers is there."""

from __future__ import annotations

from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from tests.entrypoints.web.conftest import PART
from tests.world import World


def test_a_split_without_a_choice_asks_again_and_keeps_what_was_chosen(world: World, ada: Client) -> None:
    path = f"/conversations/{world.case}/splits"
    nothing = ada.post(path, {})
    assert (nothing.status_code, 'role="alert"' in nothing.content.decode()) == (422, True)
    (message,) = ada.get(f"{path}/new").content.decode().split('name="message" value="')[1:]
    key = message.partition('"')[0]
    everything = ada.post(path, {"message": key}).content.decode()
    assert f'value="{key}" checked' in everything
    assert "At least one message has to stay" in everything


def test_a_case_is_taken_from_its_team_and_tied_to_a_known_issue_from_its_menus(world: World, ada: Client) -> None:
    shown = ada.get(f"/conversations/{world.case}").content.decode()
    assert f'hx-get="/conversations/{world.case}/team"' in shown
    menu = ada.get(f"/conversations/{world.case}/team", headers=PART).content.decode()
    assert f'hx-delete="/conversations/{world.case}/team"' in menu
    assert f'hx-get="/conversations/{world.case}/problem/chooser"' in shown
    assert ada.delete(f"/conversations/{world.case}/team", headers=PART).status_code == 200
    assert conversation_by_number(world.case).team_id is None


def test_the_other_case_is_looked_for_while_one_types(world: World, ada: Client) -> None:
    found = ada.get(f"/conversations/{world.case}/merges/new?q=nothing-like-it", headers=PART).content.decode()
    assert 'id="found"' in found
    assert "Nothing found" in found
