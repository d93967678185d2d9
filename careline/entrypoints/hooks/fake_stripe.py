"""The demo's gateway: it answers as Stripe does, at /demo/stripe, and tells our webhook of what was paid on its page."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from careline.domain.orders.gateways.fake import FakeStripe
from careline.flows.collect_payment import FAKE_AT, take_event
from careline.kit import clock


@cache
def server() -> FakeStripe:
    """One for this process; what it knows stands in the demo's data folder."""
    return FakeStripe(
        url=f"{settings.PUBLIC_URL}{FAKE_AT}", file=settings.DATA / "fake-stripe.json",
        post=lambda body, headers: _tell(body, dict(headers)),
    )  # fmt: skip


@csrf_exempt  # called by our own adapter with a key
def called(request: HttpRequest, path: str) -> HttpResponse:
    if not settings.DEMO:
        return HttpResponse(status=404)
    form = request.META.get("QUERY_STRING", "") if request.method == "GET" else request.body.decode("utf-8", "replace")
    answered = server().answer(
        request.method or "", path, dict(request.headers), form, now=int(clock.now().timestamp())
    )
    return JsonResponse(answered.said, status=answered.status, headers=answered.headers)


def _tell(body: bytes, headers: dict[str, str]) -> None:
    take_event("fake", body, headers, at=clock.now())
