"""Files over the API: uploading, using once or twice, fetching, and everybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from careline.kit import clock
from tests.entrypoints.api.conftest import API, Caller
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def uploaded(caller: Caller, name: str = "bike.png") -> str:
    return caller("POST", f"/attachments?name={name}", raw=PNG, content_type="image/png").json["id"]


def test_a_file_travels_with_the_answer_and_comes_back_byte_for_byte(ben: Caller, world: World) -> None:
    answer = ben("POST", "/attachments?name=bike.png", raw=PNG, content_type="image/png")
    assert answer.status == 201
    assert {k: answer.json[k] for k in ("name", "type", "size")} == {
        "name": "bike.png",
        "type": "image/png",
        "size": len(PNG),
    }
    body = {"kind": "reply", "text": "See here", "attachments": [answer.json["id"]]}
    (attachment,) = ben("POST", f"/conversations/{world.case}/messages", body).json["attachments"]
    assert {k: attachment[k] for k in ("name", "type", "size", "inline")} == {
        "name": "bike.png", "type": "image/png", "size": len(PNG), "inline": False,
    }  # fmt: skip
    file = ben("GET", f"/attachments/{attachment['id']}")
    assert file.content == PNG
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''bike.png"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ben.get(f"/conversations/{world.case}")["has_attachment"] is True


def test_a_form_brings_a_file_as_well(ben: Caller) -> None:
    file = SimpleUploadedFile("../../Rechnung \u0001Nr. 1.pdf", b"%PDF", content_type="application/pdf")
    response = ben.client.post(f"{API}/attachments", {"file": file}, headers=ben.headers)
    assert (response.status_code, response.json()["name"], response.json()["type"]) == (
        201,
        "Rechnung Nr. 1.pdf",
        "application/pdf",
    )


def test_nobody_else_uses_or_reads_an_upload(ben: Caller, cleo: Caller, world: World) -> None:
    key = uploaded(ben)
    assert ben("GET", f"/attachments/{key}").content == PNG
    assert cleo("GET", f"/attachments/{key}").status == 404
    theirs = uploaded(cleo)
    body = {"kind": "note", "text": "x", "attachments": [theirs]}
    assert ben("POST", f"/conversations/{world.case}/messages", body).fields == ["attachments[0]"]
    assert ben("GET", f"/attachments/{key[:-1]}{'a' if key[-1] != 'a' else 'b'}").status == 404


def test_a_file_of_a_case_that_is_not_theirs_is_not_found(ben: Caller, cleo: Caller, world: World) -> None:
    body = {"kind": "note", "text": "x", "attachments": [uploaded(ben)]}
    (attachment,) = ben("POST", f"/conversations/{world.case}/messages", body).json["attachments"]
    assert cleo("GET", f"/attachments/{attachment['id']}").status == 404
    assert ben("GET", f"/attachments/{attachment['id']}").status == 200
    assert ben("GET", "/attachments/999999").status == 404


def test_an_upload_that_is_too_old_must_come_again(ben: Caller, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    key, later = uploaded(ben), clock.now() + timedelta(hours=24)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = ben("POST", f"/conversations/{world.case}/messages", {"kind": "note", "text": "x", "attachments": [key]})
    assert answer.fields == ["attachments[0]"]


@pytest.mark.parametrize("path", ["/attachments", "/attachments?name=x"])
def test_an_empty_file_is_refused(ben: Caller, path: str) -> None:
    assert ben("POST", path, raw=b"", content_type="image/png").fields == ["file"]


def test_broken_forms_are_refused(ben: Caller) -> None:
    for kind, raw in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=" + "y" * 300, b"z"),
    ):
        assert ben("POST", "/attachments", raw=raw, content_type=kind).status in (400, 422)


def test_a_type_that_could_run_in_a_browser_is_only_ever_downloaded(ben: Caller) -> None:
    key = ben("POST", "/attachments?name=x.html", raw=b"<script>1</script>", content_type="text/html\r\nX: y").json[
        "id"
    ]
    file = ben("GET", f"/attachments/{key}")
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''x.html"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
