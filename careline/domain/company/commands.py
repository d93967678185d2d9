"""Changing what is said of the company."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.company.models import WORKER, Brand, Company, Heartbeat
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record


@transaction.atomic
def found(name: str, *, languages: tuple[str, ...] = ("en",), by: Actor, at: datetime) -> Company:
    """Names the company, or renames it; makes its default brand where there is none."""
    company = Company.objects.first() or Company()
    company.name, company.languages = name, list(languages)
    company.save()
    Brand.objects.get_or_create(is_default=True, defaults={"name": name})
    record(Happening("company.founded", "company", company.pk), by=by, at=at)
    return company


@transaction.atomic
def add_brand(name: str, *, by: Actor, at: datetime) -> Brand:
    brand = Brand.objects.create(name=name)
    record(Happening("brand.added", "brand", brand.pk), by=by, at=at)
    return brand


def note_beat(worker: str, *, at: datetime) -> None:
    """The worker, by its name, says that it lives; not history, nobody asks what it did a minute ago."""
    Heartbeat.objects.update_or_create(part=WORKER, defaults={"name": worker, "at": at})
