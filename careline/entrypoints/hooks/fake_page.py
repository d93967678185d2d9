"""The page where the demo's customers pay: a stand-in for the gateway's own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from careline.entrypoints.hooks.fake_stripe import server
from careline.kit import clock
from careline.kit.money import Money


def page(request: HttpRequest, session: str) -> HttpResponse:
    found = server().session(session) if settings.DEMO else None
    if found is None:
        return HttpResponse(status=404)
    if request.method == "POST":
        is_declined = request.POST.get("do") != "pay"
        server().pay(session, now=int(clock.now().timestamp()), declined=is_declined)
        return HttpResponseRedirect(found["cancel_url" if is_declined else "success_url"])
    amount = Money(found["amount_total"], found["currency"].upper()).words()
    context = {
        "amount": amount,
        "title": found["title"],
        "is_open": found["status"] == "open",
        "back": found["cancel_url"],
    }
    return render(request, "portal/pay/fake.html", context)
