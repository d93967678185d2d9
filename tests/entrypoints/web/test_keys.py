"""One's own keys, the short lists that keys open, and what the palette finds."""

from typing import Any

import pytest
from django.test import Client

from careline.domain.staff.preferences import preferences_of
from careline.entrypoints.web.keymap import KEYMAP, clash
from tests.entrypoints.web.conftest import PART
from tests.world import World, writes_in

Browser = Any
FORM = "application/x-www-form-urlencoded"


def test_by_default_no_key_is_in_the_way_of_another() -> None:
    assert [(one.name, key) for one in KEYMAP for key in one.keys if clash(one.name, key, {})] == []
    assert len({one.name for one in KEYMAP}) == len(KEYMAP)


@pytest.mark.parametrize(
    ("key", "other"),
    [("j", "next"), ("g", "go_inbox"), ("g i x", "go_inbox"), (".", "copy_number"), ("Shift+j", "choose_next"), ("w", None), ("g w", None),
     ("J", None)],
)  # fmt: skip
def test_a_key_is_in_the_way_where_it_is_taken_or_one_begins_with_the_other(key: str, other: str | None) -> None:
    found = clash("take", key, {})
    assert (found.name if found else None) == other


def test_what_gave_its_key_away_is_in_nobodys_way() -> None:
    assert clash("take", "j", {"next": ["w"]}) is None
    assert clash("next", "w", {"take": ["w"]}).name == "take"  # type: ignore[union-attr]


def test_a_key_is_set_refused_taken_away_and_put_back(world: World, ada: Client) -> None:
    def keys() -> dict[str, list[str]]:
        return preferences_of(world.ada.pk)["keys"]  # type: ignore[no-any-return]

    put = {"content_type": FORM, "headers": PART}
    done = ada.put("/settings/keys/resolve", "key=d", **put)
    assert (done.status_code, keys()) == (200, {"resolve": ["d"]})
    taken = ada.put("/settings/keys/take", "key=d", **put)
    assert (taken.status_code, keys()) == (422, {"resolve": ["d"]})
    assert "“Resolve, or open again”" in taken.content.decode()
    assert ada.put("/settings/keys/take", "key=Ctrl%2Bd", **put).status_code == 422
    assert ada.put("/settings/keys/note", "key=", **put).status_code == 200
    assert keys() == {"resolve": ["d"], "note": []}
    assert ada.put("/settings/keys/take", "key=e", **put).status_code == 200
    assert ada.delete("/settings/keys/resolve", headers=PART).status_code == 422  # its e is somebody else's now
    assert ada.delete("/settings/keys/take", headers=PART).status_code == 200
    assert ada.delete("/settings/keys/resolve", headers=PART).status_code == 200
    assert keys() == {"note": []}
    assert ada.delete("/settings/keys", headers=PART).status_code == 200
    assert (keys(), preferences_of(world.ben.pk)["keys"]) == ({}, {})


@pytest.mark.parametrize("name", ["send", "palette", "back", "nothing"])
def test_what_is_fixed_or_not_there_gets_no_key(ada: Client, name: str) -> None:
    put = ada.put(f"/settings/keys/{name}", "key=w", content_type=FORM, headers=PART)
    assert put.status_code == 404


def test_the_switch_is_kept_and_every_page_says_so(world: World, ada: Client) -> None:
    assert "&#34;on&#34;: true" in ada.get("/inbox").content.decode()
    ada.put("/settings/keys/switch", "", content_type=FORM, headers=PART)
    assert preferences_of(world.ada.pk)["single_keys"] is False
    assert "&#34;on&#34;: false" in ada.get("/inbox").content.decode()
    ada.put("/settings/keys/switch", "on=1", content_type=FORM, headers=PART)
    assert preferences_of(world.ada.pk)["single_keys"] is True


KINDS = ("assign", "team", "tags", "status", "priority", "snooze", "junk", "merge")


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_says_how_its_options_act_and_what_is_set(world: World, ada: Client, kind: str) -> None:
    ada.post(f"/conversations/{world.case}/tags", {"name": "refund"}, headers=PART)
    ada.put(
        f"/conversations/{world.case}/assignee",
        "agent=me",
        content_type=FORM,
        headers=PART,
    )
    other = writes_in("Where is my bike now?", text="Please", mailbox=world.mailbox, sender="carol@example.com")
    said = ada.get(f"/choices/{kind}?number={world.case}", headers=PART).json()
    held = {"assign": ["Me, Ada"], "tags": ["refund"], "status": ["Open"], "priority": ["Normal"], "team": ["Front"]}
    assert [one["label"] for one in said["options"] if one["is_set"]] == held.get(kind, [])
    if kind == "merge":
        assert [one["to"] for one in said["options"]] == [f"/conversations/{other.number}"]
    for one in said["options"]:
        assert one["one"]["verb"] in ("PUT", "POST", "DELETE")


def test_every_option_for_one_and_for_many_does_what_it_says(world: World, ada: Client) -> None:
    for kind in KINDS[:-1]:
        for one in ada.get(f"/choices/{kind}?number={world.case}", headers=PART).json()["options"]:
            act = one["one"]
            form = "&".join(f"{name}={value}" for name, value in act["values"].items())
            done = ada.generic(
                act["verb"], f"/conversations/{world.case}/{act['path']}", form, content_type=FORM, headers=PART
            )
            assert (kind, one["label"], done.status_code) == (kind, one["label"], 200)
            if one["many"]:
                many = ada.post("/bulk-changes", {"numbers": world.case} | one["many"], headers=PART)
                assert (kind, one["label"], many.status_code) == (kind, one["label"], 200)


def test_lists_are_for_those_who_see_the_case(world: World, ada: Client, enter: Browser) -> None:
    assert ada.get("/choices/tags?number=999999", headers=PART).status_code == 404
    assert ada.get("/choices/colours", headers=PART).status_code == 404
    assert enter(world.cleo).get(f"/choices/tags?number={world.case}", headers=PART).status_code == 404


def test_the_palette_finds_what_the_search_suggests_and_says_where_one_may_go(world: World, ada: Client) -> None:
    def labels(words: str) -> list[tuple[str, str]]:
        found = ada.get("/palette/found", {"q": words}, headers=PART).json()["found"]
        return [(one["group"], one["label"]) for one in found]

    assert labels("bike") == [("Cases", "Where is my bike?")]
    assert labels(str(world.case)) == labels(f"#{world.case}") == [("Cases", "Where is my bike?")]
    assert ("Customers", "Carol") in [(group, label[:5]) for group, label in labels("caro")]
    assert labels("b") == []
    said = ada.get(f"/palette?recent={world.case},999999,x", headers=PART).json()
    assert [(one["number"], one["label"]) for one in said["recent"]] == [(world.case, "Where is my bike?")]
    places = [one["url"] for one in said["places"]]
    assert {"/inbox", "/views/mine", "/settings/keys", "/mailboxes"} <= set(places)


def test_the_palette_tells_nobody_of_cases_that_are_not_theirs(world: World, ada: Client, enter: Browser) -> None:
    from careline.domain.history.actor import SYSTEM
    from careline.domain.staff import commands as staff
    from tests.world import NOON

    hidden = enter(staff.add_agent("rita@northwind.example", name="Rita", role="recruiter", by=SYSTEM, at=NOON))
    said = hidden.get(f"/palette?recent={world.case}", headers=PART).json()
    assert said["recent"] == []
    assert [one["url"] for one in said["places"] if one["url"].startswith(("/views", "/inbox"))] == []
    assert hidden.get("/palette/found?q=bike", headers=PART).status_code == 403
    assert hidden.get(f"/choices/tags?number={world.case}", headers=PART).status_code == 403
