"""Who calls: the owner of a token, or who is signed in on the web pages (then the form's secret is checked as well)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from careline.domain.history.actor import SYSTEM, Actor, agent
from careline.domain.staff.queries import TokenOwner, owner_of_token, person_of_session
from careline.domain.staff.rules import Person
from careline.domain.staff.sessions import NUMBER
from careline.domain.staff.tokens import NOTED_EVERY, note_token_used
from careline.entrypoints.api.problems import problem

LONGEST_TOKEN = 200
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """`key` is what calls are counted by. Without a person there is a refusal, or the address is open to all."""

    key: str
    person: Person | None = None
    by: Actor = SYSTEM
    refusal: HttpResponse | None = None


def caller_of(request: HttpRequest, *, at: datetime, is_open: bool) -> Caller:
    given = request.headers.get("Authorization", "")
    address = "from " + request.META.get("REMOTE_ADDR", "")
    if given:
        found = _owner(given, at=at)
        if found is None and not is_open:
            return Caller(address, refusal=_unknown("This token is wrong, revoked or expired."))
        if found is not None:
            by = replace(agent(found.person.id, via="api"), token_scopes=found.scopes or None)
            return Caller(hashlib.sha256(given.encode()).hexdigest(), found.person, by)
    elif not is_open and (signed_in := _signed_in(request, at=at)) is not None:
        if request.method not in _SAFE and (reason := _Form(lambda _: HttpResponse()).objection(request)):
            return Caller(address, refusal=problem(403, reason, code="forged"))
        return Caller(f"signed in {signed_in.id}", signed_in, agent(signed_in.id, via="web"))
    return Caller(address, refusal=None if is_open else _unknown("Send your token: Authorization: Bearer …"))


def _owner(given: str, *, at: datetime) -> TokenOwner | None:
    scheme, _, token = given.strip().partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        return None
    found = owner_of_token(token, at=at)
    if found is not None and (found.used_at is None or at - found.used_at > NOTED_EVERY):
        note_token_used(found.token, at=at)
    return found


def _signed_in(request: HttpRequest, *, at: datetime) -> Person | None:
    kept = getattr(request, "session", {})
    key = str(kept.get(SESSION_KEY, ""))
    if not key.isdigit():
        return None
    number = kept.get(NUMBER)
    found = person_of_session(int(key), session_hash=kept.get(HASH_SESSION_KEY, ""), session=number, at=at)
    return None if found is None or found.must_add_factor else found


def _unknown(sentence: str) -> HttpResponse:
    return problem(401, sentence, code="unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="careline"'})


class _Form(CsrfViewMiddleware):
    """Django's own check, as an answer instead of a page."""

    def objection(self, request: HttpRequest) -> str | None:
        self.process_request(request)
        return self.process_view(request, None, (), {})  # type: ignore[arg-type, return-value]

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return f"The form's secret does not fit: send it as X-CSRFToken. ({reason})"
