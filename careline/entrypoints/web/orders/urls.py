"""Addresses of orders."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.orders import (
    acting,
    aftersales,
    beside,
    checking,
    choosing,
    identity,
    keeping,
    listing,
    products,
    returning,
    shown,
)

CASE = "conversations/<int:number>"

ORDERS: list[URLPattern] = [
    staff("orders", listing.orders),
    staff("orders/<str:order>", shown.order),
    staff("orders/<str:order>/payments/<int:key>", post=aftersales.settled),
    staff("orders/<str:order>/steps", post=shown.moved_on),
    staff("orders/<str:order>/acts/<str:act>", acting.form, post=acting.acted),
    staff("returns", aftersales.returns),
    staff("refunds", aftersales.refunds),
    staff("returns/<int:key>", returning.form, post=returning.stepped),
    staff("products", products.products),
    staff("products/new", keeping.blank, post=keeping.added),
    staff("products/<int:key>", products.product),
    staff("products/<int:key>/edit", keeping.edited, post=keeping.changed),
    staff("products/<int:key>/variants", post=keeping.offered),
    staff("variants/<int:key>", post=keeping.priced),
    staff("settings/identity-checks", checking.page_of_checks, post=checking.kept),
    staff(f"{CASE}/orders", beside.of_case),
    staff(f"{CASE}/acts/<str:act>", choosing.chosen),
    staff(f"{CASE}/identification", identity.form, post=identity.answered),
    staff("customers/<int:customer>/orders", beside.of_customer),
]
