"""Whose install this is."""

from __future__ import annotations

from careline.domain.company.models import Brand, Company


def company() -> Company | None:
    return Company.objects.first()


def default_brand() -> Brand:
    """The brand of whatever has none of its own; made with the company."""
    return Brand.objects.get(is_default=True)


def languages() -> tuple[str, ...]:
    """The languages the company answers in, the first one the default."""
    found = company()
    return tuple(found.languages) if found and found.languages else ("en",)
