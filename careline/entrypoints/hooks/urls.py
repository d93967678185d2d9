"""Addresses of webhooks of gateways and shops, and of the demo's gateway."""

from django.urls import path

from careline.entrypoints.hooks import fake_page, fake_stripe, shops, stripe

urlpatterns = [
    path("hooks/payments/<slug:kind>", stripe.told),
    path("hooks/shops/<str:token>", shops.told),
    path("demo/stripe/pay/<slug:session>", fake_page.page),
    path("demo/stripe/<path:path>", fake_stripe.called),
]
