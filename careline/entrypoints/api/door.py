"""The way of a call: who makes it, how often, in which form, whether it was made before; then its room, then the answer."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.belongings import acted_for
from careline.domain.history.actor import Actor
from careline.domain.idempotency import commands as keys
from careline.domain.idempotency.rules import Answer
from careline.domain.staff.rules import Forbidden
from careline.entrypoints.api.callers import Caller, caller_of
from careline.entrypoints.api.limits import seconds_to_wait
from careline.entrypoints.api.problems import NOT_ALLOWED, Elsewhere, Wrong, problem, problem_of
from careline.entrypoints.api.reading import body_of, query_of
from careline.entrypoints.api.routes import PREFIX, Call, Created, Route, Waits
from careline.flows.note_refusal import note_refusal
from careline.kit import clock
from careline.kit.keys import ring

LONGEST_KEY = 255
_KEPT = "kept answer"
LARGEST_JSON = 12 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024 + 4096


def door_of(routes: dict[str, Route]) -> Any:
    """The view of one address: its routes by method."""

    @csrf_exempt
    def view(request: HttpRequest, **path: str) -> HttpResponse:
        try:
            response = _answer(request, routes, path)
        except Elsewhere as merged:
            response = _redirect(request, path, merged.number)
        except Exception as error:
            response = problem_of(error)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return view


@csrf_exempt
def nothing_here(request: HttpRequest, **path: str) -> HttpResponse:
    return problem(404, "There is nothing at this address.", code="not_found")


def _answer(request: HttpRequest, routes: dict[str, Route], path: dict[str, str]) -> HttpResponse:
    method = "GET" if request.method == "HEAD" else request.method
    allowed = ", ".join(sorted({*routes, "OPTIONS", *({"HEAD"} if "GET" in routes else ())}))
    if method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": allowed})
    route = routes.get(method or "")
    if route is None:
        return problem(
            405, f"{request.method} is not possible here.", code="method_not_allowed", headers={"Allow": allowed}
        )
    at = clock.now()
    caller = caller_of(request, at=at, is_open=route.is_open)
    wait = 0 if route.is_open else seconds_to_wait(caller.key)
    if wait:
        return problem(
            429, f"Too many calls: wait {wait} s.", code="too_many_calls", headers={"Retry-After": str(wait)}
        )
    if caller.refusal is not None:
        return caller.refusal
    call = Call(request, caller.person, _acting(caller, path), at, path)  # type: ignore[arg-type]
    call.query = query_of(request.GET, route.query)
    refused = _unfit_body(request, route)
    if refused is not None:
        return refused
    if route.body is not None:
        call.body = body_of(request, route.body)
    key = request.headers.get("Idempotency-Key") if method == "POST" else None
    try:
        return _written(route, route.answering(call)) if key is None else _once(key, route, call)
    except (Forbidden, *NOT_ALLOWED) as refusal:
        note_refusal(refusal, number=int(path.get("number", 0)), by=call.by, at=at)
        raise


def _acting(caller: Caller, path: dict[str, str]) -> Actor:
    """On the case of somebody they stand in for, they act on that colleague's behalf."""
    absent = [one.id for one in caller.person.absent] if caller.person is not None else []
    if not absent or "number" not in path or caller.person is None:
        return caller.by
    return replace(caller.by, on_behalf_of=acted_for(int(path["number"]), person=caller.person.id, absent=absent))


def _unfit_body(request: HttpRequest, route: Route) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > (LARGEST_UPLOAD if route.is_raw else LARGEST_JSON):
        return problem(413, "A JSON body may have 12 MB, an uploaded file 50 MB.", code="too_large")
    kind = (request.content_type or "").lower()
    is_json = kind == "application/json" or kind.endswith("+json") or not (kind or request.body)
    if route.body is None or is_json:
        return None
    accepted = {"Accept": "application/json"}
    return problem(415, "Send JSON, with Content-Type: application/json.", code="not_json", headers=accepted)


def _once(key: str, route: Route, call: Call) -> HttpResponse:
    """Carries the call out, or gives the answer it got before. What failed was not done and may be tried again."""
    if not key.isascii() or not key.isprintable() or not 0 < len(key) <= LONGEST_KEY:
        raise Wrong(("Idempotency-Key", f"A key is 1 to {LONGEST_KEY} printable ASCII characters."))
    request, owner = call.request, call.person.id
    # a token that may less is another caller: it is not told what one that may more was answered
    scopes = " ".join(sorted(call.by.token_scopes or ()))
    refusal: Refused | None = None
    asked = f"{scopes}{request.method} {request.get_full_path()} {request.content_type}\n".encode() + request.body
    with transaction.atomic():
        kept = keys.claim(key, owner=owner, digest=hashlib.sha256(asked).hexdigest(), at=call.at)
        if kept is not None:
            headers = {**kept.headers, "Idempotency-Replayed": "true"}
            return HttpResponse(
                _opened(kept.body), status=kept.status, content_type="application/json", headers=headers
            )
        with transaction.atomic():
            try:
                response = _written(route, route.answering(call))
            except Refused as refused:
                if not getattr(refused, "leaves_record", False):
                    raise
                refusal = refused  # what it wrote down stays, as it does without a key
        if refusal is not None or response.status_code >= 400:
            keys.release(key, owner=owner)
        else:
            headers = {name: response.headers[name] for name in ("Location",) if name in response.headers}
            keys.keep(key, Answer(response.status_code, ring().encrypt(_KEPT, response.content), headers), owner=owner)
    if refusal is not None:
        raise refusal
    return response


def _opened(kept: bytes) -> bytes:
    """An answer may hold a new token or secret, so it is kept sealed; those of before this was so lie open."""
    return ring().decrypt(_KEPT, kept) if not kept.startswith((b"{", b"[")) else kept


def _written(route: Route, answer: Any) -> HttpResponse:
    if isinstance(answer, HttpResponseBase):  # also one that is streamed
        return answer  # type: ignore[return-value]
    headers, status = {}, route.status
    if isinstance(answer, Waits):
        answer, status = Created(f"/approvals/{answer.request}", {"approval": str(answer.request)}), 202
    if isinstance(answer, Created):
        headers, answer = {"Location": PREFIX + answer.location}, answer.content
    if answer is None:
        return HttpResponse(status=204)
    body = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def _redirect(request: HttpRequest, path: dict[str, str], number: int) -> HttpResponse:
    """RFC 9110 section 15.4.9: the same method goes to the case that this one was merged into."""
    old = f"{PREFIX}/conversations/{path['number']}"
    address = request.get_full_path()
    return HttpResponse(status=308, headers={"Location": f"{PREFIX}/conversations/{number}{address[len(old) :]}"})
