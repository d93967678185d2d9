"""Addresses of my requests."""

from django.urls import URLPattern

from careline.entrypoints.portal.requests import account, acting, benefits, entering, reading
from careline.entrypoints.portal.requests.door import entrance, mine

ONE = "my/requests/<int:number>"

REQUESTS: list[URLPattern] = [
    entrance("my", entering.front),
    entrance("my/sign-in", entering.form, entering.asked),
    entrance("my/password", None, entering.password_given),
    entrance("my/link/<str:token>", entering.link, entering.link_used),
    mine("my/sign-out", None, entering.signed_out),
    mine("my/sign-out-everywhere", None, entering.signed_out_everywhere),
    mine("my/requests", reading.requests),
    mine(ONE, reading.request),
    mine(f"{ONE}/messages", None, acting.written),
    mine(f"{ONE}/solution", None, acting.closed),
    mine(f"{ONE}/reopening", None, acting.reopened),
    mine(f"{ONE}/rating", None, acting.rated),
    mine("my/files/<int:key>", reading.file),
    mine("my/account", account.account),
    mine("my/account/code", None, benefits.code_made),
    mine("my/account/referral", None, benefits.came_by),
    mine("my/account/offers", None, benefits.offers_chosen),
    mine("my/account/password", None, account.password_set),
    mine("my/account/password/removal", None, account.password_dropped),
]
