"""Addresses of selling."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.selling import carts, items, paying, quotes, terms

CASE = "conversations/<int:number>"

SELLING: list[URLPattern] = [
    staff(f"{CASE}/cart", carts.cart, post=carts.changed),
    staff(f"{CASE}/cart/order", post=carts.ordered),
    staff(f"{CASE}/cart/quote", post=carts.quoted),
    staff(f"{CASE}/selling", quotes.beside),
    staff("sales/quotes", quotes.quotes),
    staff("sales/quotes/<int:key>", quotes.quote, post=quotes.acted),
    staff("sales/quotes/<int:key>/paper", quotes.paper),
    staff("orders/<str:order>/payment-links", paying.links, post=paying.acted),
    staff("items", items.items, post=items.registered),
    staff("products/<int:key>/known", items.known, post=items.tied, delete=items.untied),
    staff("settings/selling", terms.terms, post=terms.terms_set),
    staff("settings/payments", terms.payments, post=terms.payments_set),
]
