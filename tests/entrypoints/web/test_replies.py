"""What is written: recipients as shown, undo, the guard of the thread, forwards, files, drafts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import attachments_of, delivery_of, message_by_id
from careline.domain.conversations.queries.messages import messages_after as said_after
from careline.kit import clock
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in

CAROL = "Carol <carol@example.com>"


def write(browser: Client, world: World, **form: Any) -> Any:
    fields = {"kind": "reply", "text": "It is on its way.", "to": CAROL, "signature": "1", **form}
    return browser.post(
        f"/conversations/{world.case}/messages", {k: v for k, v in fields.items() if v is not None}, headers=PART
    )


def newest(world: World) -> Any:
    case = conversation_by_number(world.case)
    return message_by_id(said_after(case.id, 0)[-1])


def test_a_reply_goes_to_those_who_were_shown_and_to_nobody_else(world: World, ada: Client) -> None:
    answer = write(
        ada, world, to=["Carol <carol@example.com>", "dora@example.com"], cc="emil@example.com", bcc="fay@example.com"
    )
    sent = newest(world)
    assert answer.status_code == 200
    assert [p["value"] for p in sent.to] == ["carol@example.com", "dora@example.com"]
    assert ([p["value"] for p in sent.cc], [p["value"] for p in sent.bcc]) == (
        ["emil@example.com"],
        ["fay@example.com"],
    )
    assert delivery_of(sent.id).state == "held"


def test_an_empty_line_of_recipients_never_means_the_usual_ones(world: World, ada: Client) -> None:
    answer = write(ada, world, to=None)
    assert (answer.status_code, "nobody to send this to" in answer.content.decode()) == (422, True)
    assert len(said_after(conversation_by_number(world.case).id, 0)) == 1


def test_what_is_no_address_is_said_and_nothing_is_sent(world: World, ada: Client) -> None:
    answer = write(ada, world, to="carol at example")
    assert answer.status_code == 422
    assert "not a mail address" in answer.content.decode()


def test_undo_puts_the_words_back_into_the_composer(world: World, ada: Client) -> None:
    write(ada, world, cc="emil@example.com")
    answer = ada.delete(f"/messages/{newest(world).id}/hold", headers=PART)
    page = answer.content.decode()
    assert "It is on its way.</textarea>" in page
    assert 'name="cc" value="emil@example.com"' in page
    assert "It is on its way.</textarea>" in ada.get(f"/conversations/{world.case}", headers=PART).content.decode()
    assert conversation_by_number(world.case).category == "open"


def test_undo_comes_too_late_once_it_has_left(world: World, ada: Client) -> None:
    from careline.flows.deliver import deliver_due

    write(ada, world)
    deliver_due(worker="test", at=NOON + timedelta(seconds=14))
    assert ada.delete(f"/messages/{newest(world).id}/hold", headers=PART).status_code == 410


def test_a_reply_stops_where_the_customer_wrote_meanwhile(world: World, ada: Client) -> None:
    seen = newest(world).id
    writes_in("Re: Where is my bike?", text="I found it", mailbox=world.mailbox)
    ada.post(f"/conversations/{world.case}/messages", {"kind": "note", "text": "She called"}, headers=PART)
    answer = write(ada, world, seen=seen)
    assert answer.status_code == 409
    assert "Send anyway" in answer.content.decode()
    assert write(ada, world, seen=seen, force="1").status_code == 200


def test_after_an_answer_the_next_one_is_not_stopped_by_it(world: World, ada: Client) -> None:
    first = write(ada, world, seen=newest(world).id).content.decode()
    seen = first.split('id="seen" value="')[1].split('"')[0]
    assert write(ada, world, seen=seen, text="And one more thing.").status_code == 200


def test_a_note_stays_in_the_house(world: World, ada: Client) -> None:
    write(ada, world, kind="note", to=None, text="She is in a hurry")
    assert delivery_of(newest(world).id) is None


def test_an_empty_note_is_refused(world: World, ada: Client) -> None:
    assert write(ada, world, kind="note", to=None, text=" ").status_code == 422


def test_a_forward_needs_its_own_recipient_and_takes_the_history_along(world: World, ada: Client) -> None:
    assert write(ada, world, kind="forward", to=None).status_code == 422
    write(ada, world, kind="forward", to="workshop@example.org")
    sent = newest(world)
    assert (sent.subject, sent.data["forward"], sent.data["with_history"]) == ("Fwd: Where is my bike?", True, True)
    assert [p["value"] for p in sent.to] == ["workshop@example.org"]


def test_send_and_resolve_is_one_step(world: World, ada: Client) -> None:
    write(ada, world, then="resolve")
    assert conversation_by_number(world.case).category == "resolved"


def test_send_later_means_the_wall_clock_of_whoever_writes(world: World, ada: Client) -> None:
    from careline.domain.staff.models import Agent

    Agent.objects.filter(pk=world.ada.pk).update(time_zone="Europe/Berlin")
    write(ada, world, send_at="2026-11-21T08:00")
    due = delivery_of(newest(world).id)
    assert (due.state, due.due_at.isoformat()) == ("scheduled", "2026-11-21T07:00:00+00:00")


def test_a_time_that_has_passed_is_refused(world: World, ada: Client) -> None:
    assert write(ada, world, send_at="2026-11-01T08:00").status_code == 422


def test_files_go_along_under_their_names(world: World, ada: Client) -> None:
    write(ada, world, files=SimpleUploadedFile("bill.pdf", b"%PDF", "application/pdf"))
    assert [(f.name, f.media_type, f.size) for f in attachments_of(newest(world).id)] == [
        ("bill.pdf", "application/pdf", 4)
    ]


def test_what_was_begun_is_there_when_the_case_is_opened_again(world: World, ada: Client) -> None:
    path = f"/conversations/{world.case}"
    answer = ada.put(
        f"{path}/drafts/reply",
        "text=Dear+Carol&to=carol%40example.com",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.json()["saved"].startswith("Saved ")
    assert "Dear Carol</textarea>" in ada.get(path, headers=PART).content.decode()
    write(ada, world)
    assert "Dear Carol" not in ada.get(path, headers=PART).content.decode()


def test_the_signature_goes_only_where_it_was_shown(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from careline.domain.staff.models import Team

    Team.objects.filter(pk=world.front.pk).update(signature="Team Front")
    write(ada, world)
    signed = newest(world).signature
    write(ada, world, signature=None)
    assert (signed, newest(world).signature) == ("Team Front", "")


def test_a_failed_mail_is_sent_again_by_a_person(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from careline.flows.deliver import deliver_due

    write(ada, world)
    deliver_due(worker="test", at=NOON + timedelta(minutes=1))
    message = newest(world).id
    assert delivery_of(message).state == "failed"
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=2))
    answer = ada.post(f"/messages/{message}/deliveries", headers=PART)
    assert (answer.status_code, delivery_of(message).state) == (200, "queued")
