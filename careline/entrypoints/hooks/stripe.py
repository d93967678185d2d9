"""Stripe tells us something: the signature is checked, the event kept once. 400 for what is not theirs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways import KINDS, BadEvent
from careline.flows.collect_payment import take_event
from careline.kit import clock


@csrf_exempt  # signed by the gateway, and it has no cookie of ours
def told(request: HttpRequest, kind: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if kind not in KINDS:
        return HttpResponse("There is no such gateway.", status=404, content_type="text/plain")
    try:
        is_new = take_event(kind, request.body, request.headers, at=clock.now())
    except (BadEvent, OrderRefused) as refusal:
        return HttpResponse(str(refusal), status=400, content_type="text/plain")
    return HttpResponse("taken" if is_new else "known", content_type="text/plain")
