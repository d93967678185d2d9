"""What agents do on many cases, and around one: on the screens."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.conversations.commands.fields import NewField, add_field, add_topic
from careline.domain.conversations.commands.labels import note_read
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.bulk_change import carry_on
from careline.flows.note import note
from careline.kit import clock
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    store.cache_clear()
    yield
    store.cache_clear()


def test_all_of_a_view_are_resolved_and_opened_again(three_cases: World, ada: Client) -> None:
    begun = ada.post("/bulk-changes", {"all": "open", "do": "resolve"}, headers=PART)
    place = re.search(r'hx-get="(/bulk-changes/\d+)"', begun.content.decode())
    assert place and b"Changing 0 of 3 cases" in begun.content
    _run()
    toast = ada.get(place[1], headers=PART).content.decode()
    assert "3 cases changed." in toast and "data-toast-undo" in toast
    assert _categories(three_cases) == ["resolved"] * 3
    ada.delete(place[1], headers=PART)
    _run()
    assert "3 cases are as they were." in ada.get(place[1], headers=PART).content.decode()
    assert _categories(three_cases) == ["open"] * 3


def test_only_those_that_were_ticked_are_changed(three_cases: World, ada: Client) -> None:
    ada.post("/bulk-changes", {"numbers": f"{three_cases.case},x,", "do": "tag", "name": "recall, vip"}, headers=PART)
    _run()
    tagged = [n for n in _numbers(three_cases) if conversation_by_number(n).tag_ids]
    assert tagged == [three_cases.case]
    assert len(conversation_by_number(three_cases.case).tag_ids) == 2


def test_status_topic_and_own_fields_are_set_from_the_bar(world: World, ada: Client) -> None:
    topic = add_topic({"en": "Brakes"}, by=SYSTEM, at=NOON)
    add_field(NewField({"en": "Frames"}, kind="number"), by=SYSTEM, at=NOON)
    bar = ada.get("/bulk-changes/new", headers=PART).content.decode()
    assert f'<option value="{topic}">Brakes' in bar and '<option value="frames">Frames' in bar
    asked = [
        {"do": "topic", "topic": str(topic)},
        {"do": "field", "field": "frames", "value": "3"},
        {"do": "status", "status": "waiting"},
    ]
    for form in asked:
        assert ada.post("/bulk-changes", form | {"numbers": str(world.case)}, headers=PART).status_code == 200
        _run()
    case = conversation_by_number(world.case)
    assert (case.topic_id, case.fields, case.category) == (topic, {"frames": 3}, "waiting")
    wrong = {"do": "field", "field": "frames", "value": "many", "numbers": str(world.case)}
    assert ada.post("/bulk-changes", wrong, headers=PART).status_code == 422


@pytest.mark.parametrize(
    "form", [{"do": "nonsense"}, {"do": "priority", "priority": "extreme"}, {"do": "tag", "name": " "}]
)
def test_what_makes_no_sense_is_refused(world: World, ada: Client, form: dict[str, str]) -> None:
    assert ada.post("/bulk-changes", form | {"numbers": str(world.case)}, headers=PART).status_code == 422


def test_an_answer_to_all_is_shown_before_it_goes(three_cases: World, ada: Client) -> None:
    words = {"numbers": str(three_cases.case), "do": "preview", "text": "Dear {{customer.name}}, #{{case.number}}"}
    shown = ada.post("/bulk-changes", words, headers=PART).content.decode()
    assert f"Dear Carol, #{three_cases.case}" in shown and "carol@example.com" in shown
    assert [m.kind for m in messages_of(conversation_by_number(three_cases.case).id)] == ["incoming"]


def test_a_change_is_undone_from_its_toast(world: World, ada: Client) -> None:
    changed = _put(ada, f"/conversations/{world.case}/priority", priority="urgent")
    assert f'hx-delete="/conversations/{world.case}/last-change"' in changed
    assert conversation_by_number(world.case).priority == 4
    back = ada.delete(f"/conversations/{world.case}/last-change", headers=PART)
    assert (back.status_code, conversation_by_number(world.case).priority) == (200, 2)
    assert ada.delete(f"/conversations/{world.case}/last-change", headers=PART).status_code == 410


def test_an_undo_that_comes_too_late_says_so(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(ada, f"/conversations/{world.case}/priority", priority="urgent")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=14))
    assert ada.delete(f"/conversations/{world.case}/last-change", headers=PART).status_code == 410


def test_whoever_moves_a_case_out_of_sight_can_bring_it_back(world: World, enter: Any) -> None:
    ben = enter(world.ben)
    moved = _put(ben, f"/conversations/{world.case}/team", team=str(world.back.pk))
    assert "see this case any more" in moved and "last-change" in moved
    assert ben.delete(f"/conversations/{world.case}/last-change", headers=PART).status_code == 200
    assert conversation_by_number(world.case).team_id == world.front.pk


def test_the_first_message_one_has_not_read_is_marked_and_ones_own_never(world: World, ada: Client) -> None:
    case = conversation_by_number(world.case)
    assert "unread-line" not in ada.get(f"/conversations/{world.case}").content.decode()
    ben = world.person(world.ben)
    first = note(ben, world.case, text="One", by=agent(ben.id), at=NOON)
    note(ben, world.case, text="Two", by=agent(ben.id), at=NOON)
    page = ada.get(f"/conversations/{world.case}").content.decode()
    assert page.count('id="unread-line"') == 1
    assert page.index('id="unread-line"') < page.index(f'id="message-{first}"')
    note_read(agent=ada.session["_auth_user_id"], conversation=case.id, message=first)  # type: ignore[arg-type]
    assert 'id="unread-line"' not in ada.get(f"/conversations/{world.case}").content.decode()


def test_files_come_back_with_an_answer_that_is_taken_back_and_go_along_again(world: World, ada: Client) -> None:
    place = f"/conversations/{world.case}/messages"
    form = {"kind": "reply", "text": "See the photo", "to": "carol@example.com"}
    ada.post(place, form | {"files": SimpleUploadedFile("bell.png", b"a photo", "image/png")}, headers=PART)
    sent = _replies(world)[0]
    page = ada.delete(f"/messages/{sent.id}/hold", headers=PART).content.decode()
    kept = re.search(r'name="kept" value="(\d+)"', page)
    assert kept and "bell.png" in page
    assert "bell.png" in ada.get(f"/conversations/{world.case}").content.decode()
    ada.post(place, form | {"kept": kept[1]}, headers=PART)
    assert [f["name"] for f in _replies(world)[1].attachments] == ["bell.png"]


def test_nobody_takes_files_of_another_ones_answer(world: World, ada: Client, enter: Any) -> None:
    place = f"/conversations/{world.case}/messages"
    form = {"kind": "reply", "text": "See the photo", "to": "carol@example.com"}
    ada.post(place, form | {"files": SimpleUploadedFile("bell.png", b"a photo", "image/png")}, headers=PART)
    sent = _replies(world)[0]
    ada.delete(f"/messages/{sent.id}/hold", headers=PART)
    enter(world.ben).post(place, form | {"kept": sent.attachments[0]["id"]}, headers=PART)
    assert _replies(world)[1].attachments is None


def test_a_call_is_written_down(world: World, ada: Client) -> None:
    form = {
        "form": "phone", "kind": "incoming", "to": f"Carol (#{world.carol})", "text": "She rang about the bell.", "minutes": "12",
        "happened_at": "2026-11-20T11:30", "channel": str(world.mailbox.id), "subject": "Bell",
    }  # fmt: skip
    opened = ada.post("/conversations/new", form)
    assert opened.status_code == 302
    page = ada.get(opened["Location"]).content.decode()
    assert "Call · 12 min · 11:30" in page
    assert ada.post("/conversations/new", form | {"happened_at": "2027-01-01T00:00"}).status_code == 422
    assert ada.post("/conversations/new", form | {"to": "Carol (#999999)"}).status_code == 422


def test_a_checklist_is_laid_down_and_ticked(world: World, ada: Client) -> None:
    place = f"/conversations/{world.case}/checklist"
    made = ada.post(place, {"steps": "! Ask for the serial number"}, headers=PART).content.decode()
    step = re.search(r"checklist/(\d+)/tick", made)
    assert step and "needed" in made
    assert ada.put(f"/conversations/{world.case}/resolution", headers=PART).status_code == 422
    ada.put(f"{place}/{step[1]}/tick", headers=PART)
    assert ada.put(f"/conversations/{world.case}/resolution", headers=PART).status_code == 200


def test_who_sends_in_a_team_and_checklists_are_laid_down_in_settings(world: World, ada: Client, enter: Any) -> None:
    assert (
        ada.post("/work-rules", {"team": world.front.pk, "only_assignee_sends": "1"}, headers=PART).status_code == 200
    )
    assert ada.post("/work-rules/checklists", {"name": "Warranty", "steps": "Look\n! Ask"}).status_code == 302
    page = enter(world.ben).get("/work-rules").content.decode()
    assert "Warranty" in page and page.count('value="1" checked') == 1 and 'action="/work-rules/checklists"' not in page
    assert ada.post("/work-rules/checklists", {"name": "", "steps": "Look"}).status_code == 422


def _run() -> None:
    while carry_on(at=NOON):
        pass


def _put(client: Client, address: str, **form: str) -> str:
    answer = client.put(address, urlencode(form), content_type="application/x-www-form-urlencoded", headers=PART)
    assert answer.status_code == 200
    return answer.content.decode()


def _numbers(world: World) -> list[int]:
    return [world.case, world.case + 1, world.case + 2]


def _categories(world: World) -> list[str]:
    return [conversation_by_number(n).category for n in _numbers(world)]


def _replies(world: World) -> list[Any]:
    return [m for m in messages_of(conversation_by_number(world.case).id) if m.kind == "reply"]
