"""Changing what is said of the company."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

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


@transaction.atomic
def keep_setting(name: str, choice: Any, *, by: Actor, at: datetime) -> None:
    """What the company chose under this name, from now on."""
    held = Company.objects.select_for_update().get()
    held.settings = {**held.settings, name: choice}
    held.save()
    record(Happening("company.setting_kept", "company", held.pk, data={"name": name}), by=by, at=at)


class DomainTaken(Exception):
    """Another brand has this domain."""


@transaction.atomic
def dress_brand(key: int, *, by: Actor, at: datetime, **look: Any) -> None:
    """How customers meet a brand: name, public_name, domain, accent, languages, logo_id (a digest) and logo_type. Raises DomainTaken."""
    try:
        with transaction.atomic():
            Brand.objects.filter(pk=key).update(**look)
    except IntegrityError as error:
        if "one_brand_for_a_domain" not in str(error):
            raise
        raise DomainTaken(f"Another brand has the domain {look.get('domain', '')} already.") from error
    record(Happening("brand.dressed", "brand", key), by=by, at=at)
