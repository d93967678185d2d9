"""Addresses of subscriptions."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.subscriptions import acting, leaving, retention, shown, starting

SUBSCRIPTIONS: list[URLPattern] = [
    staff("subscriptions", shown.subscriptions),
    staff("subscriptions/<str:subscription>", shown.subscription),
    staff("subscriptions/<str:subscription>/acts/<str:act>", post=acting.acted),
    staff("subscriptions/<str:subscription>/plan", acting.plan, post=acting.plan_changed),
    staff("subscriptions/<str:subscription>/cancellation", leaving.form, post=leaving.left),
    staff("conversations/<int:number>/subscriptions", starting.form, post=starting.started),
    staff("settings/retention", retention.form, post=retention.saved),
]
