"""Answers that say what is wrong: RFC 9457 problem documents, and which error becomes which."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from careline.domain.channels import commands as channels
from careline.domain.channels.adapter import NoSuchKind
from careline.domain.conversations import errors as cases
from careline.domain.customers import commands as customers
from careline.domain.idempotency.rules import OtherCall
from careline.domain.staff import commands as staff
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.rules import Forbidden
from careline.domain.webhooks.commands.webhooks import BadUrl, TooMany
from careline.domain.webhooks.rules.topics import NoSuchTopic
from careline.flows.authorise import Denied
from careline.flows.decide_approval import BeyondAuthority, OwnRequest
from careline.flows.identify import NotTheirs
from careline.flows.set_fields import UnfitFields
from careline.flows.set_status import NoSuchStatus
from careline.kit import clock, db
from careline.kit.storage import ContentMissing

log = logging.getLogger(__name__)

TITLES = {
    400: "The request can't be read", 401: "Who are you?", 403: "Not allowed", 404: "Not found", 405: "Not possible here",
    409: "It can't be done now", 413: "Too large", 415: "Not JSON", 422: "Something is not right", 429: "Too many calls",
    500: "Something broke", 503: "Not available now",
}  # fmt: skip

NOT_ALLOWED = (NotTheirs, OwnRequest, BeyondAuthority)
"""Acts that may be seen and are somebody else's to do; what the policy denies stands on the record by itself."""
_STATUS: dict[type[Exception], tuple[int, str]] = {
    cases.NotFound: (404, "not_found"),
    ContentMissing: (404, "file_gone"),
    cases.EmptyMessage: (422, "empty_message"),
    cases.NoRecipient: (422, "no_recipient"),
    **dict.fromkeys((Denied, *NOT_ALLOWED), (403, "refused")),
    cases.Refused: (409, "refused"),
    customers.AddressTaken: (409, "address_taken"),
    staff.AddressTaken: (409, "address_taken"),
    NotPossible: (409, "refused"),
    channels.AddressTaken: (409, "address_taken"),
    TooMany: (409, "too_many_webhooks"),
    clock.ClockRunsOn: (409, "clock_runs_on"),
    clock.ClockGoesForward: (409, "clock_goes_forward"),
    RequestDataTooBig: (413, "too_large"),
    MultiPartParserError: (400, "unreadable"),
    SuspiciousOperation: (400, "unreadable"),
    UnreadablePostError: (400, "unreadable"),
}
_SENTENCES = {
    "too_large": "The body is larger than this server takes.",
    "unreadable": "The request can't be read.",
    "file_gone": "The file is no longer stored.",
}
_FIELD_OF: dict[type[Exception], str] = {
    staff.NoSuchRole: "role",
    NoSuchKind: "kind",
    BadUrl: "url",
    NoSuchTopic: "topics",
    NoSuchStatus: "status",
}


class FieldError(msgspec.Struct):
    """`field` as `to[0].address`; a query parameter or header by its name."""

    field: str
    message: str


class Wrong(Exception):
    """What was given is not right; each field that is wrong is named."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))
        self.errors = [FieldError(*error) for error in errors]


class Unreadable(Exception):
    """The body is no JSON."""


class Elsewhere(Exception):
    """The case was merged: it answers under another number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"It was merged into {number}.")
        self.number = number


def problem(
    status: int,
    detail: str = "",
    *,
    code: str = "",
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    content: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Not done"), "status": status}
    if detail:
        content["detail"] = detail
    if code:
        content["code"] = code
    if errors:
        content["errors"] = list(errors)
    body = msgspec.json.encode({**content, **more})
    return HttpResponse(body, status=status, content_type="application/problem+json", headers=headers)


def problem_of(error: Exception) -> HttpResponse:
    """The answer to whatever went wrong; what nobody foresaw is logged and says only that it broke."""
    named = _named_fields(error)
    if named:
        detail = "Some of what was given is not right." if isinstance(error, Wrong) else named[0].message
        return problem(422, detail, code="key_reused" if isinstance(error, OtherCall) else "invalid", errors=named)
    if isinstance(error, Forbidden):
        return problem(403, str(error), code=error.code)
    if isinstance(error, Unreadable):
        return problem(400, str(error), code="invalid_json")
    for kind, (status, code) in _STATUS.items():
        if isinstance(error, kind):
            own = str(getattr(error, "code", "") or code)
            return problem(status, _SENTENCES.get(code) or str(error), code=own if status != 400 else code)
    return _of_the_database(error)


def _named_fields(error: Exception) -> list[FieldError]:
    if isinstance(error, Wrong):
        return error.errors
    if isinstance(error, OtherCall):
        return [FieldError("Idempotency-Key", "This key was used for another call before; take a new one.")]
    if isinstance(error, UnfitFields):
        return [FieldError(f"fields.{code}", words) for code, words in error.errors.items()]
    if isinstance(error, channels.BadSettings):
        return [FieldError(f"settings.{error.field}", str(error))]
    return [FieldError(field, str(error)) for kind, field in _FIELD_OF.items() if isinstance(error, kind)]


def _of_the_database(error: Exception) -> HttpResponse:
    if isinstance(error, IntegrityError):
        return problem(
            409, "Something with the same name or address is there already, or what it names has gone.", code="conflict"
        )
    if isinstance(error, DataError):
        return problem(422, "A value can't be stored: it is too large or not of its kind.", code="invalid")
    if db.is_lost(error):
        return problem(
            503, "The database is away for a moment; try again.", code="unavailable", headers={"Retry-After": "2"}
        )
    log.error("The API broke.", exc_info=error)
    return problem(500, "Something broke on our side; it is in the server's log.", code="broken")
