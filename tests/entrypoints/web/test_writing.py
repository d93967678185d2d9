"""What is written with formatting, kept, shared, uploaded and sent later, as the server sees it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import attachments_of, delivery_of, message_by_id
from careline.domain.conversations.queries.messages import messages_after as said_after
from careline.domain.conversations.rules.files import attached_pattern, is_refused
from careline.domain.files.commands import sweep
from careline.flows.deliver import outgoing_of
from careline.kit import db
from careline.kit.html import formatted
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World

CAROL = "Carol <carol@example.com>"
HOSTILE = (
    '<div onclick="x()" style="background:url(https://evil.example)">Dear <strong>Carol</strong></div><script>x()</script>'
    '<img src=x onerror=x()><a href="javascript:x()">here</a><a href="https://example.com/a">there</a><iframe src="/"></iframe>'
)


def write(browser: Client, world: World, **form: Any) -> Any:
    fields = {"kind": "reply", "text": "It is on its way.", "to": CAROL, **form}
    return browser.post(f"/conversations/{world.case}/messages", fields, headers=PART)


def newest(world: World) -> Any:
    return message_by_id(said_after(conversation_by_number(world.case).id, 0)[-1])


def uploaded(browser: Client, world: World, name: str = "bike.png", content: bytes = b"\x89PNG") -> Any:
    file = SimpleUploadedFile(name, content, "image/png")
    return browser.post(f"/conversations/{world.case}/uploads", {"file": file}, headers=PART)


def keep(browser: Client, world: World, words: str, kind: str = "reply") -> Any:
    return browser.put(
        f"/conversations/{world.case}/drafts/{kind}", words, content_type="application/x-www-form-urlencoded"
    )


def test_formatting_leaves_as_html_and_as_plain_words_and_nothing_strikes(world: World, ada: Client) -> None:
    page = write(ada, world, text="Dear Carol", html=HOSTILE).content.decode()
    sent = newest(world)
    leaves = outgoing_of(sent, conversation_by_number(world.case))
    clean = '<a href="https://example.com/a" rel="noopener noreferrer nofollow" target="_blank">there</a>'
    assert "<div>Dear <strong>Carol</strong></div>" in leaves.html
    assert sent.text.splitlines()[0] == "Dear Carol"
    for html in (leaves.html, re.sub(r'(?s)<div id="case-header.*', "", page)):
        assert [
            word
            for word in ("onclick", "evil.example", "<script>x", "onerror", "javascript:", "<iframe")
            if word in html
        ] == []
    assert "<strong>Carol</strong>" in page
    assert sorted(re.findall(r'[a-z]+="[^"]*"', clean)) == sorted(
        re.findall(r'[a-z]+="[^"]*"', re.search(r"<a [^>]*>there", leaves.html).group(0))  # type: ignore[union-attr]
    )


def test_lines_of_the_editor_are_lines_of_the_plain_words(world: World, ada: Client) -> None:
    write(
        ada,
        world,
        html="<div>Hello,</div><div><br></div><div>one</div><div>two</div><ul><li><div>three</div></li></ul>",
    )
    assert newest(world).text == "Hello,\n\none\ntwo\n\n- three"


def test_a_picture_in_the_text_goes_inside_the_mail_and_one_taken_out_stays_behind(world: World, ada: Client) -> None:
    first, second = (uploaded(ada, world, f"{n}.png", b"\x89PNG" + bytes([n])).json() for n in (1, 2))
    form = {"uploaded": [first["id"], second["id"]], "pictured": [first["cid"], second["cid"]]}
    page = write(
        ada, world, text="Look", html=f'<div>Look <img data-cid="{first["cid"]}" src="{first["url"]}"></div>', **form
    )
    files = attachments_of(newest(world).id)
    assert [(f.name, f.is_inline, f.content_id) for f in files] == [("1.png", True, first["cid"])]
    assert f'src="cid:{first["cid"]}"' in outgoing_of(newest(world), conversation_by_number(world.case)).html
    assert f'src="/attachments/{files[0].id}"' in page.content.decode()
    assert ada.get(first["url"]).status_code == 404


def test_files_wait_for_their_message_however_long_it_takes(world: World, ada: Client) -> None:
    told = uploaded(ada, world).json()
    keep(ada, world, f"text=&uploaded={told['id']}")
    sweep(at=NOON + timedelta(days=3))
    page = ada.get(f"/conversations/{world.case}", headers=PART).content.decode()
    assert f'name="uploaded" value="{told["id"]}"' in page
    write(ada, world, uploaded=told["id"])
    assert [f.name for f in attachments_of(newest(world).id)] == ["bike.png"]


def test_nobody_sends_or_sees_what_somebody_else_uploaded(world: World, ada: Client, enter: Any) -> None:
    told, ben = uploaded(ada, world).json(), enter(world.ben)
    assert ben.get(told["url"]).status_code == 404
    assert ben.delete(told["url"]).status_code == 404
    answer = write(ben, world, uploaded=told["id"])
    assert (answer.status_code, "Nothing was sent" in answer.content.decode()) == (422, True)
    assert len(said_after(conversation_by_number(world.case).id, 0)) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("run.EXE", b"MZ"), ("empty.txt", b""), ("big.zip", b"0" * (25 * 1024 * 1024 + 1))]
)
def test_what_no_mail_server_takes_is_refused_in_a_sentence(
    world: World, ada: Client, name: str, content: bytes
) -> None:
    answer = uploaded(ada, world, name, content)
    assert (answer.status_code, name in answer.content.decode()) == (422, True)
    assert db.value("SELECT count(*) FROM conversations_upload") == 0


def test_a_draft_is_kept_with_its_formatting_and_says_when(world: World, ada: Client) -> None:
    told = keep(ada, world, "text=Dear&html=%3Cdiv%3E%3Cem%3EDear%3C%2Fem%3E%3C%2Fdiv%3E").json()
    assert told == {"saved": "Saved 12:00", "hint": ""}
    page = ada.get(f"/conversations/{world.case}", headers=PART).content.decode()
    assert 'data-html="&lt;div&gt;&lt;em&gt;Dear&lt;/em&gt;&lt;/div&gt;"' in page


def test_a_draft_is_seen_by_nobody_until_it_is_shared_and_handed_over_once(
    world: World, ada: Client, enter: Any
) -> None:
    ben, path = enter(world.ben), f"/conversations/{world.case}/drafts"
    told = uploaded(ada, world).json()
    keep(ada, world, f"text=Half+an+answer&uploaded={told['id']}")
    assert "Half an answer" not in ben.get(path, headers=PART).content.decode()
    ada.put(f"{path}/reply/sharing", headers=PART)
    assert "Half an answer" in ben.get(path, headers=PART).content.decode()
    assert "Half an answer" not in ada.get(path, headers=PART).content.decode()
    form = {"data": f"was={world.ada.pk}", "content_type": "application/x-www-form-urlencoded", "headers": PART}
    answer = ben.put(f"{path}/reply/owner", **form)
    assert "Half an answer</textarea>" in answer.content.decode()
    assert ben.put(f"{path}/reply/owner", **form).status_code == 422
    assert ben.get(told["url"]).status_code == 200
    assert "Half an answer" not in ada.get(f"/conversations/{world.case}", headers=PART).content.decode()


def test_whoever_writes_already_loses_nothing_by_taking_over(world: World, ada: Client, enter: Any) -> None:
    ben, path = enter(world.ben), f"/conversations/{world.case}/drafts/reply"
    keep(ada, world, "text=Hers")
    ada.put(f"{path}/sharing", headers=PART)
    keep(ben, world, "text=His")
    answer = ben.put(
        f"{path}/owner", f"was={world.ada.pk}", content_type="application/x-www-form-urlencoded", headers=PART
    )
    assert answer.status_code == 422
    assert "His</textarea>" in ben.get(f"/conversations/{world.case}", headers=PART).content.decode()
    ada.delete(f"{path}/sharing", headers=PART)
    assert "Hers" not in ben.get(f"/conversations/{world.case}/drafts", headers=PART).content.decode()


def test_an_answer_in_another_language_than_the_customers_is_told_quietly(world: World, ada: Client) -> None:
    db.execute("""UPDATE company SET languages = '["en", "de"]'""")
    german = "Guten+Tag%2C+Ihr+Fahrrad+ist+heute+aus+der+Werkstatt+gekommen+und+kann+abgeholt+werden."
    english = "Your+bicycle+has+come+back+from+the+workshop+today+and+can+be+fetched+at+any+time."
    assert keep(ada, world, f"text={german}").json()["hint"] == "You write in German; the customer wrote in English."
    assert keep(ada, world, f"text={english}").json()["hint"] == ""
    assert keep(ada, world, f"text={german}", kind="note").json()["hint"] == ""


def test_tomorrow_is_the_morning_of_whoever_writes(world: World, ada: Client) -> None:
    db.execute("UPDATE staff_agent SET time_zone = 'Asia/Tokyo' WHERE id = %s", [world.ada.pk])
    write(ada, world, later="tomorrow")
    sent = delivery_of(newest(world).id)
    assert (sent.state, sent.due_at.isoformat()) == ("scheduled", "2026-11-20T23:00:00+00:00")
    assert write(ada, world, later="own").status_code == 422


def test_undo_brings_formatting_and_pictures_back(world: World, ada: Client) -> None:
    told = uploaded(ada, world).json()
    html = f'<div>Look <strong>here</strong><img data-cid="{told["cid"]}"></div>'
    write(ada, world, text="Look here", html=html, uploaded=told["id"], pictured=told["cid"])
    message = newest(world).id
    key = attachments_of(message)[0].id
    page = ada.delete(f"/messages/{message}/hold", headers=PART).content.decode()
    assert "&lt;strong&gt;here&lt;/strong&gt;" in page
    assert f"/attachments/{key}" in page
    write(ada, world, text="Look here", html=html, kept=key, pictured=told["cid"])
    assert [f.is_inline for f in attachments_of(newest(world).id)] == [True]


def test_a_case_that_is_opened_keeps_formatting_files_and_what_was_refused(world: World, ada: Client) -> None:
    file = SimpleUploadedFile("map.txt", b"left", "text/plain")
    told = ada.post("/uploads", {"file": file}, headers=PART).json()
    form = {
        "kind": "reply",
        "form": "mail",
        "to": "dora@example.com",
        "subject": "Hi",
        "text": "Come",
        "html": "<div><em>Come</em></div>",
    }
    refused = ada.post("/conversations/new", form | {"uploaded": told["id"], "channel": "0"})
    assert (refused.status_code, f'value="{told["id"]}"' in refused.content.decode()) == (422, True)
    assert "&lt;em&gt;Come&lt;/em&gt;" in refused.content.decode()
    opened = ada.post("/conversations/new", form | {"uploaded": told["id"], "channel": world.mailbox.id})
    page = ada.get(opened["Location"], headers=PART).content.decode()
    assert ("<em>Come</em>" in page, "map.txt" in page) == (True, True)


@pytest.mark.parametrize("words", ["It is attached.", "siehe im Anhang", "pièce jointe", "la adjunto", "الملف مرفق"])
def test_speaking_of_a_file_is_known_in_each_language(words: str) -> None:
    assert re.search(attached_pattern(), words, re.I)


def test_names_that_hide_what_they_are() -> None:
    found = [
        name for name in ("a.exe", "A.SCR ", "a.pdf.js.", "a.vbs. .", "a.pdf", "exe", "a.exe.zip") if is_refused(name)
    ]
    assert found == ["a.exe", "A.SCR ", "a.vbs. ."]


def test_deep_and_endless_formatting_costs_nothing_and_raises_nothing() -> None:
    assert formatted("<div>" * 30_000 + "deep") == "<p>deep</p>"
    assert formatted("\ud800<b>x") == "?<b>x</b>"
