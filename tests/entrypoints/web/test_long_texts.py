"""A long text begins in the thread, and is whole when somebody asks for it; no letter of it is lost."""

import random
import re
from collections.abc import Callable

import pytest
from django.test import Client

from careline.entrypoints.web.case.long_texts import PIECE, beginning, paragraphs, pieces_of
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import World, writes_in

BELLS = "".join(f"Bell {n} is broken, الجرس {n} too.\n" for n in range(2_000))


@pytest.mark.parametrize(
    "text", [BELLS, BELLS.replace("\n", "\n\n"), BELLS.replace("\n", " "), "ق" * 70_001, "", "\n" * 50_000]
)
def test_pieces_are_the_text_and_none_is_too_long(text: str) -> None:
    pieces = list(pieces_of(text))
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= PIECE
    assert len(pieces) <= 1 + len(text) // (PIECE - 4_000)
    assert text.startswith(beginning(text))


def test_a_piece_ends_with_a_line_so_that_no_word_is_torn() -> None:
    dice = random.Random(7)
    text = "".join("word" * dice.randint(1, 9) + dice.choice(" \n") for _ in range(20_000))
    assert all(piece[-1] == "\n" for piece in list(pieces_of(text))[:-1])


def test_a_usual_text_is_whole_at_once(world: World, ada: Client) -> None:
    got = writes_in("Short", text="x" * PIECE, mailbox=world.mailbox)
    page = ada.get(f"/conversations/{got.number}", headers=PART).content.decode()
    assert ("x" * PIECE in page, "Show all of it" in page) == (True, False)


def test_a_long_text_is_fetched_whole_when_asked_for(world: World, ada: Client) -> None:
    got = writes_in("Long", text=BELLS, mailbox=world.mailbox)
    page = ada.get(f"/conversations/{got.number}", headers=PART).content.decode()
    address = f"/messages/{got.message}/text"
    assert (page.count(f'hx-get="{address}"'), "Bell 1 is" in page, "Bell 1999 is" in page) == (1, True, False)
    assert len(page) < 80_000
    whole = ada.get(address, headers=PART).content.decode()
    assert re.findall(r"Bell (\d+) is", whole) == [str(n) for n in range(2_000)]
    assert whole.count('class="piece"') == len(list(pieces_of(BELLS)))
    # What stands in the thread already is the first piece: the screen takes those that follow.
    assert whole.strip().startswith(f'<div class="piece">{paragraphs(beginning(BELLS))}</div>')
    assert str(paragraphs(beginning(BELLS))) in page


def test_who_may_not_see_the_case_gets_nothing_of_its_text(
    world: World, ada: Client, enter: Callable[..., Client]
) -> None:
    got = writes_in("Long", text=BELLS, mailbox=world.mailbox)
    address = f"/messages/{got.message}/text"
    for query in ("", "?of=quoted"):
        assert [enter(who).get(address + query).status_code for who in (world.cleo, world.ben)] == [404, 200]
    assert Client().get(address).status_code == 302
    assert ada.get("/messages/999999/text").status_code == 404


def test_a_long_quote_begins_under_its_message_and_is_fetched_by_itself(world: World, ada: Client) -> None:
    got = writes_in("Quotes", text="See below", mailbox=world.mailbox)
    db.execute("UPDATE conversations_message SET quoted = %s WHERE id = %s", [BELLS, got.message])
    page = ada.get(f"/conversations/{got.number}", headers=PART).content.decode()
    address = f"/messages/{got.message}/text?of=quoted"
    assert (page.count(f'hx-get="{address}"'), "See below" in page, "Bell 1999 is" in page) == (1, True, False)
    assert "Bell 1999 is" in ada.get(address, headers=PART).content.decode()
