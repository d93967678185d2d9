"""How a saved view opens is kept with it: from the form and over the API."""

from django.test import Client

from careline.kit import db
from tests.world import World

FORM = {"name": "Urgent ones", "audience": "me", "sort": "updated", "categories": ["open"]}


def test_a_view_that_is_saved_as_a_board_opens_as_one(world: World, ada: Client) -> None:
    saved = ada.post("/saved-views/new", FORM | {"kind": "board", "split": "priority"})
    assert (saved.status_code, _kept()) == (302, ("board", "priority"))
    assert 'data-what="priority"' in ada.get(saved["Location"]).content.decode()
    again = ada.post(saved["Location"].replace("/views/", "/saved-views/"), FORM)
    assert (again.status_code, _kept()) == (302, ("list", "status"))


def test_a_kind_that_nobody_knows_is_refused_in_one_sentence(world: World, ada: Client) -> None:
    answer = ada.post("/saved-views/new", FORM | {"kind": "carousel"})
    assert answer.status_code == 422
    assert "A view is shown as list, board, play." in answer.content.decode()
    assert db.value("SELECT count(*) FROM desk_view WHERE name = 'Urgent ones'") == 0


def _kept() -> tuple[str, str]:
    row = db.row("SELECT kind, split FROM desk_view WHERE name = 'Urgent ones'")
    assert row is not None
    return row.kind, row.split
