"""Forms by the API: building them, and sending one without a token of ours."""

import json
from typing import Any

import pytest
from django.test import Client

from careline.domain.forms.queries import form_by_id
from careline.kit import db
from tests.entrypoints.trials_of_forms import keys_of_forms
from tests.world import make_world

pytestmark = pytest.mark.django_db
API = "/api/v1"
ANSWERS = {"mail": "zoe@example.org", "message": "Where is my bell?"}


def ask(client: Client, method: str, path: str, bearer: str = "", **body: Any) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    sent = json.dumps(body) if body else ""
    response = client.generic(method, API + path, sent, content_type="application/json", headers=headers)
    return response.status_code, response.json() if response.content else None


def test_a_program_sends_a_form_once_and_is_asked_where_it_is_in_doubt(client: Client) -> None:
    world = make_world()
    form = form_by_id(keys_of_forms(world)["form"])
    assert form is not None
    place = f"/public-forms/{form.address}"
    _status, begun = ask(client, "GET", place)
    assert [(one["key"], one["is_required"]) for one in begun["fields"]] == [("mail", True), ("message", True)]
    status, doubt = ask(client, "POST", f"{place}/submissions", answers=ANSWERS, token=begun["token"])
    assert (status, doubt["code"]) == (409, "one_more_step")
    first, second = (int(word) for word in doubt["question"].rstrip("?").split() if word.isdigit())
    sent = {"answers": ANSWERS, "token": doubt["token"], "answer": str(first + second)}
    before = db.value("SELECT count(*) FROM conversations_conversation")
    (status, told), (again, same) = (ask(client, "POST", f"{place}/submissions", **sent) for _ in range(2))
    assert (status, again, told["address"], same) == (201, 201, "zoe@example.org", told)
    assert db.value("SELECT count(*) FROM conversations_conversation") == before + 1
    status, wrong = ask(
        client, "POST", f"{place}/submissions", answers={"mail": 7, "message": [], "x": {"y": 1}}, token="x"
    )
    assert (status, [one["field"] for one in wrong["errors"]]) == (422, ["answers.mail", "answers.message"])
    assert ask(client, "POST", "/public-forms/nothing/submissions", answers={})[0] == 404


def test_a_form_is_built_changed_and_removed(client: Client) -> None:
    world = make_world()
    token = world.token_of(world.ada)
    content = {
        "title": {"en": "Contact"},
        "fields": [{"key": "mail", "kind": "mail", "label": {"en": "Mail"}, "is_required": True}],
    }
    status, made = ask(
        client, "POST", "/forms", token, name="Contact", content=content, mailbox=str(world.mailbox.id), slug="contact"
    )
    assert (status, made["slug"], made["version"], made["answers_from"]) == (201, "contact", 1, world.mailbox.address)
    status, changed = ask(client, "PATCH", f"/forms/{made['id']}", token, is_open=False)
    assert (status, changed["is_open"], changed["version"], changed["content"]) == (200, False, 2, made["content"])
    assert ask(client, "GET", "/public-forms/contact")[0] == 404
    status, wrong = ask(client, "PATCH", f"/forms/{made['id']}", token, content={"title": 7})
    assert (status, wrong["errors"][0]["field"]) == (422, "content")
    assert (
        ask(
            client,
            "POST",
            "/forms",
            token,
            name="Other",
            content={**content, "fields": []},
            mailbox=str(world.mailbox.id),
        )[0]
        == 409
    )
    assert [one["name"] for one in ask(client, "GET", "/forms", token)[1]["items"]] == ["Contact"]
    assert ask(client, "DELETE", f"/forms/{made['id']}", token)[0] == 204
    assert ask(client, "GET", f"/forms/{made['id']}", token)[0] == 404
