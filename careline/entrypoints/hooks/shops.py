"""An outside shop tells us something: the signature is checked, the event kept once. 401 for what is not theirs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from careline.domain.orders.errors import NotFound
from careline.domain.orders.shops import BadEvent
from careline.flows.follow_shop import take_shop_event
from careline.kit import clock


@csrf_exempt  # signed by the shop, and it has no cookie of ours
def told(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        is_new = take_shop_event(token, request.body, request.headers, at=clock.now())
    except NotFound as refusal:
        return HttpResponse(str(refusal), status=404, content_type="text/plain")
    except BadEvent as refusal:
        return HttpResponse(str(refusal), status=401, content_type="text/plain")
    return HttpResponse("taken" if is_new else "known", content_type="text/plain")
