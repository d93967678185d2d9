"""The search page: results, what was not understood, suggestions, one's own searches."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.test import Client

from careline.domain.desk.recent_searches import KEPT, recent_searches, remember
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, writes_in


def shown(client: Client, q: str, **headers: str) -> str:
    return client.get(f"/search?q={quote(q)}", headers=headers).content.decode()


def test_a_hit_opens_its_case_at_the_message_and_marks_the_word(ada, world):
    page = shown(ada, "ordered")

    assert f'href="/conversations/{world.case}#message-' in page
    assert "I <mark>ordered</mark> it a week ago." in page


def test_what_strangers_wrote_is_no_markup(ada, world):
    writes_in("<img src=x>", text="<script>alert(1)</script> bells", mailbox=world.mailbox)
    page = shown(ada, 'bells "<b>"')

    assert ("<script>alert" in page, "<img" in page) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>bells</mark>" in shown(ada, "bells")


def test_filters_are_chips_that_can_be_taken_away(ada, world):
    page = shown(ada, "ordered is:open")

    assert 'href="/search?q=ordered"' in page


def test_says_what_was_not_understood_and_offers_the_likeliest(ada, world):
    page = shown(ada, "form:carol ordered")

    assert "There is no operator form:" in page
    assert 'href="/search?q=from%3Acarol+ordered"' in page


def test_nobody_sees_what_they_do_not_reach(enter, world):
    page = shown(enter(world.cleo), "ordered")

    assert ("Nothing found" in page, "<mark>" in page) == (True, False)


def test_suggests_while_somebody_types(ada, world):
    part = ada.get("/search/suggestions?q=team:fr", headers=PART).content.decode()

    assert 'data-fill="team:Front"' in part


def test_more_results_come_with_a_link(ada, world):
    for n in range(22):
        writes_in(
            f"Bell {n}", text="ring", mailbox=world.mailbox, sender=f"{n}@example.com", at=NOON + timedelta(minutes=n)
        )
    page = shown(ada, "ring")
    address = page.split('class="rows-more" hx-get="')[1].split('"')[0].replace("&amp;", "&")

    assert (page.count('class="hit"'), ada.get(address).content.decode().count('class="hit"')) == (20, 2)


def test_searches_that_found_something_are_remembered_for_their_owner(ada, world):
    shown(ada, "ordered")
    shown(ada, "zebra")

    assert (recent_searches(world.ada.pk), recent_searches(world.ben.pk)) == (["ordered"], [])
    assert 'href="/search?q=ordered"' in ada.get("/search").content.decode()


def test_a_search_is_forgotten_when_its_owner_says_so(ada, world):
    for n in range(KEPT + 3):
        remember(world.ada.pk, f"search {n}", at=NOON + timedelta(minutes=n))
    ada.delete("/search/recent?words=search+14", headers=PART)

    assert recent_searches(world.ada.pk) == [f"search {n}" for n in range(13, 2, -1)]
    ada.delete("/search/recent", headers=PART)
    assert recent_searches(world.ada.pk) == []


def test_the_list_of_a_view_speaks_the_same_language(ada, world):
    def listed(q: str) -> bool:
        return f'id="row-{world.case}"' in ada.get(f"/inbox?q={quote(q)}").content.decode()

    asked = (
        "order",
        "from:carol",
        "-ordered",
        '"a week ago"',
        '"week a"',
        "is:unassigned ordered",
        "assignee:me",
        "from:",
    )
    assert [listed(q) for q in asked] == [True, True, False, True, False, True, False, True]


def test_an_inflected_word_narrows_a_list_too(ada, world):
    assert f'id="row-{world.case}"' in ada.get("/inbox?q=ordering").content.decode()
