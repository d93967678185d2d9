"""Addresses of quotes and payments."""

from django.urls import URLPattern

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.pay import paying, quotes

PAY: list[URLPattern] = [
    customers("quotes/<str:token>", quotes.quote),
    customers("quotes/<str:token>/acceptance", None, quotes.accepted),
    customers("quotes/<str:token>/refusal", None, quotes.declined),
    customers("quotes/<str:token>/paper.pdf", quotes.paper),
    customers("pay/<str:token>", paying.link, paying.paid),
]
