"""The screen on which a form is built."""

import re

import pytest
from django.test import Client

from careline.domain.conversations.queries.structure import case_fields
from careline.domain.forms.queries import form_at, forms
from careline.domain.forms.rules.content import Condition
from tests.world import World

pytestmark = pytest.mark.django_db


def standing_on(page: str) -> dict[str, list[str]]:
    """What a browser would send back of a page that was not touched."""
    form = page[page.index('id="form-builder"') :]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (" checked" in tag or 'type="checkbox"' not in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [text]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


def test_a_form_is_built_from_an_example_field_by_field(ada: Client, world: World) -> None:
    sent = standing_on(ada.get("/settings/forms/new?example=claim").content.decode())
    sent["mailbox"] = [str(world.mailbox.id)]
    page = ada.post("/settings/forms/new", sent | {"act": ["add:consent"]}).content.decode()
    assert (forms(), page.count('name="row"')) == ([], 9)
    sent = standing_on(page) | {
        "mailbox": [str(world.mailbox.id)],
        "slug": ["warranty"],
        "f8-label-en": ["Yes"],
        "f8-label-de": ["Ja"],
    }
    page = ada.post("/settings/forms/new", sent | {"act": ["up:8"]}).content.decode()
    sent = standing_on(page) | {"mailbox": [str(world.mailbox.id)], "act": ["save"], "f4-keeps": ["+"]}
    saved = ada.post("/settings/forms/new", sent)
    kept = form_at("warranty")
    assert kept is not None
    assert (saved.status_code, saved["Location"]) == (302, f"/settings/forms/{kept.id}")
    keys = [one.key for one in kept.content.fields]
    assert keys == ["name", "mail", "order", "part", "frame_number", "bought_on", "message", "consent", "photos"]
    number = kept.content.fields[4]
    assert (number.when, number.keeps, [row.code for row in case_fields()]) == (
        Condition("part", ("frame",)),
        "frame_number",
        ["frame_number"],
    )
    assert kept.content.fields[3].options[1].name == {"en": "Battery", "de": "Akku"}
    again = ada.post(saved["Location"], standing_on(ada.get(saved["Location"]).content.decode()) | {"act": ["save"]})
    assert (again.status_code, form_at("warranty").content) == (302, kept.content)  # type: ignore[union-attr]


def test_what_can_not_be_saved_keeps_what_was_written(ada: Client, world: World) -> None:
    sent = standing_on(ada.get("/settings/forms/new").content.decode()) | {
        "mailbox": [str(world.mailbox.id)],
        "act": ["save"],
    }
    refused = ada.post("/settings/forms/new", sent | {"f1-required": [], "title-en": ["<b>Mine</b>"]})
    page = refused.content.decode()
    assert (
        refused.status_code,
        forms(),
        "&lt;b&gt;Mine&lt;/b&gt;" in page,
        "A form needs a mail address" in page,
    ) == (422, [], True, True)


def test_a_form_is_switched_off_and_removed(ada: Client, world: World) -> None:
    sent = standing_on(ada.get("/settings/forms/new").content.decode()) | {
        "mailbox": [str(world.mailbox.id)],
        "act": ["save"],
        "slug": ["contact"],
    }
    address = ada.post("/settings/forms/new", sent)["Location"]
    assert ada.get("/forms/contact").status_code == 200
    assert ada.post(address, sent | {"closed": ["1"]}).status_code == 302
    assert (ada.get("/forms/contact").status_code, b"Switched off" in ada.get("/settings/forms").content) == (404, True)
    gone = ada.delete(address)
    assert (gone["HX-Redirect"], forms()) == ("/settings/forms", [])


def test_who_may_not_build_forms_does_not_see_them(world: World, client: Client) -> None:
    client.force_login(world.ben)
    assert [client.get(address).status_code for address in ("/settings/forms", "/settings/forms/new")] == [403, 403]
