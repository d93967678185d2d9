"""Whose install this is."""

from __future__ import annotations

from datetime import datetime

from careline.domain.company.models import WORKER, Brand, Company, Heartbeat


def company() -> Company | None:
    return Company.objects.first()


def default_brand() -> Brand:
    """The brand of whatever has none of its own; made with the company."""
    return Brand.objects.get(is_default=True)


def languages() -> tuple[str, ...]:
    """The languages the company answers in, the first one the default."""
    found = company()
    return tuple(found.languages) if found and found.languages else ("en",)


def last_beat() -> datetime | None:
    """When the worker last said that it lives."""
    return Heartbeat.objects.filter(part=WORKER).values_list("at", flat=True).first()
