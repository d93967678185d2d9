"""Somebody whose role allows nothing meets a refusal at every address: what is open to all who work here is listed by hand.

A new page or call is tried here without being named: whoever adds one that asks for no verb puts it on a list, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from inspect import getclosurevars
from typing import Any

from django.db import transaction
from django.test import Client

from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.domain.staff.granting import add_role
from careline.entrypoints.api import limits, urls  # noqa: F401  the rooms put themselves on the list when it is read
from careline.entrypoints.api.openapi import document
from careline.entrypoints.api.routes import PREFIX, ROUTES
from careline.entrypoints.web.gate import OPEN
from careline.entrypoints.web.urls import urlpatterns
from tests.entrypoints.test_who_may_what import company, here_and_now, keys, state, world  # noqa: F401  fixtures
from tests.world import NOON, World

PAGES = {
    # where one arrives after signing in; it holds the cases that one reaches, here none
    "GET inbox", "GET rows", "GET counts", "GET merges/new",
    # oneself
    "GET availability", "GET offers",
    "GET settings", "GET security", "POST security/password", "GET security/app", "POST security/app", "POST security/passkeys",
    "POST security/passkeys/options", "POST security/factors/<int:key>", "POST security/recovery-codes", "POST security/sessions",
    "DELETE search/recent", "GET settings/keys", "DELETE settings/keys", "PUT settings/keys/switch", "PUT settings/keys/<str:name>",
    "DELETE settings/keys/<str:name>", "GET palette", "GET practice",
    "GET notifications", "GET notifications/count", "PUT notifications/seen", "PUT notifications/<int:key>/seen",
    "GET settings/notifications", "POST settings/notifications", "PUT settings/notifications/pause", "DELETE settings/notifications/pause",
    "POST devices", "GET settings/me", "PUT beside/<str:name>/fold", "DELETE beside/<str:name>/fold",
}  # fmt: skip
CALLS = {
    # oneself
    "GET /me", "PATCH /me", "GET /me/preferences", "PATCH /me/preferences", "GET /sessions", "DELETE /sessions",
    "GET /notifications", "PUT /notifications/seen", "PUT /notifications/{id}/seen",
    "GET /me/notification-choices", "PATCH /me/notification-choices", "GET /me/devices",
    # how the company works, without a word of its customers
    "GET /calendars", "GET /calendars/{id}", "GET /calendars/{id}/due", "GET /calendars/{id}/elapsed", "GET /statuses", "GET /topics",
    "GET /fields", "GET /clock",
}  # fmt: skip
REFUSED, UNFIT, NOT_THERE = (403, 404), 422, 999_999_999
NAMED = {
    "people": "ben", "agents": "ben", "teams": "front", "webhooks": "webhook", "mailboxes": "mailbox", "channels": "mailbox",
    "customers": "carol", "messages": "first", "outbox": "held", "inbound": "inbound", "problems": "problem", "replies": "canned",
    "canned-replies": "canned", "macros": "macro", "saved-views": "ours", "views": "ours", "retention": "rule", "retention-rules": "rule",
    "roles": "spare", "tags": "tag", "calendars": "calendar", "customer-imports": "sheet", "segments": "segment", "mailings": "mailing",
    "companies": "company", "organisations": "company", "customer-fields": "customer_field", "topics": "topic", "fields": "field",
    "statuses": "status", "blocks": "block", "rules": "trigger", "schedules": "schedule", "sla-policies": "promise",
    "promises": "promise", "articles": "article_draft", "handbook": "article_published", "brands": "brand", "article-categories": "shelf",
    "categories": "shelf",
    "quotes": "quote", "sales": "quote", "items": "item", "shops": "outside_shop",
    "returns": "asked", "products": "product", "variants": "large", "hours": "calendar", "chats": "chat_site", "chat-sites": "chat_site",
    "complaints": "complaint", "corrections": "correction", "complaint-rules": "complaint_rule", "complaint-letters": "complaint_letter",
    "complaint-categories": "complaint_category", "complaint-causes": "complaint_cause",
    "approvals": "approval", "authority-limits": "limit",
}  # fmt: skip
PLACES = {
    "number": "case",
    "customer": "carol",
    "message": "first",
    "view": "ours",
    "side": "side",
    "merge": "customer_merge",
}
WORDS = {"language": "en", "kind": "reply", "draft": "reply", "file": "a.png"}


def test_a_person_of_no_role_opens_and_changes_nothing_on_any_page(world: World, keys: dict[str, int]) -> None:  # noqa: F811
    before, browser = state(), Client(headers={"HX-Request": "true"})
    browser.force_login(nobody_at_all())

    def asked(pattern: str, method: str, there: dict[str, int] | None) -> int:
        return int(browser.generic(method, address(pattern, there)).status_code)

    found = {f"{method} {pattern}": answer(asked, pattern, method, keys) for pattern, method in pages()}
    assert len(found) > 250
    assert unexpected(found, PAGES) == []
    assert state() == before | {name: now for name, now in state().items() if name in ("staff_agent", "staff_role")}


def test_a_person_of_no_role_reads_and_changes_nothing_by_any_call(world: World, keys: dict[str, int]) -> None:  # noqa: F811
    before, bodies, token = state(), examples(), world.token_of(nobody_at_all())
    caller = Client(headers={"Authorization": f"Bearer {token}"})

    def asked(path: str, method: str, there: dict[str, int] | None) -> int:
        limits._left.clear()
        body = json.dumps(bodies.get((method, path), {})).encode()
        return int(
            caller.generic(method, PREFIX + address(path, there), body, content_type="application/json").status_code
        )

    found = {f"{one.method} {one.path}": answer(asked, one.path, one.method, keys) for one in ROUTES if not one.is_open}
    assert len(found) > 200
    assert unexpected(found, CALLS) == []
    assert state() == before | {name: now for name, now in state().items() if name in ("staff_agent", "staff_role")}


def answer(asked: Any, pattern: str, method: str, there: dict[str, int]) -> int:
    """What came; 404 where what was sent is unfit whether or not such a thing is there, so that nothing is learned by it."""
    point = transaction.savepoint()
    try:
        status = asked(pattern, method, there)
        return 404 if status == UNFIT and asked(pattern, method, None) == UNFIT else int(status)
    finally:
        transaction.savepoint_rollback(point)


def unexpected(found: dict[str, int], listed: set[str]) -> list[str]:
    """What was answered though it is on no list, and what is listed though nobody is answered there."""
    let_in = {asked for asked, status in found.items() if status not in REFUSED}
    return sorted(f"{asked} {found[asked]}" for asked in let_in - listed) + sorted(
        f"{asked} is gone" for asked in listed - set(found)
    )


def nobody_at_all() -> Any:
    add_role("Nothing", lines=[], by=SYSTEM, at=NOON)
    return staff.add_agent("nil@northwind.example", name="Nil", role="nothing", by=SYSTEM, at=NOON)


def pages() -> Iterator[tuple[str, str]]:
    for pattern in urlpatterns:
        if str(pattern.pattern) not in OPEN:
            screens = getclosurevars(pattern.callback).nonlocals["screens"]
            yield from ((str(pattern.pattern), method) for method in screens if method != "HEAD")


def address(pattern: str, there: dict[str, int] | None) -> str:
    """With the keys of what is there, as the first word of the address says; with None, of nothing that is there."""
    first = re.split("[/<{]", pattern.lstrip("/"))[0]

    def key(found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        if name in WORDS or kind in ("str", "path"):
            return WORDS.get(name, "spare")
        if there is None:
            return str(NOT_THERE)
        return str(there.get(PLACES.get(name, NAMED.get(first, "") if name in ("key", "id") else name), 1))

    return "/" + re.sub(r"[<{](?:(\w+):)?(\w+)[>}]", key, pattern.lstrip("/"))


def examples() -> dict[tuple[str, str], Any]:
    """A body for each call that takes one, as the description gives it."""
    return {
        (method.upper(), path.removeprefix(PREFIX)): given["example"]
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
        if "example" in (given := operation.get("requestBody", {}).get("content", {}).get("application/json", {}))
    }
