"""Keeping forms, and what is held while one is filled in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from careline.domain.conversations.errors import Refused
from careline.domain.files import commands as files
from careline.domain.forms.models import Form, HeldFile, Sending
from careline.domain.forms.queries import held_name
from careline.domain.forms.rules.content import Content, as_json
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

KEPT = timedelta(hours=24)


class SlugTaken(Refused):
    code = "slug_taken"


@dataclass(frozen=True, slots=True)
class Plan:
    """A form as somebody wants it, judged already."""

    name: str
    content: Content
    brand: int
    channel: int
    slug: str = ""
    origins: tuple[str, ...] = ()
    is_open: bool = True


def add_form(plan: Plan, *, by: Actor, at: datetime) -> int:
    """A new form under an address nobody can guess; its key. Raises SlugTaken."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Form.objects.create(
                    address=secrets.token_hex(16), slug=plan.slug, name=plan.name, brand_id=plan.brand, channel_id=plan.channel,
                    content=as_json(plan.content), origins=list(plan.origins), is_open=plan.is_open, created_at=at, changed_at=at,
                )  # fmt: skip
        except IntegrityError:
            raise SlugTaken(f"Another form has the address /forms/{plan.slug}.") from None
        record(Happening("form.added", "form", made.pk), by=by, at=at)
        return int(made.pk)


def change_form(key: int, plan: Plan, *, by: Actor, at: datetime) -> None:
    """All of it anew; what was sent by its former versions stays readable by itself. Raises SlugTaken."""
    with transaction.atomic():
        held = Form.objects.select_for_update().get(pk=key)
        held.slug, held.name, held.brand_id, held.channel_id = plan.slug, plan.name, plan.brand, plan.channel
        held.content, held.origins, held.is_open = as_json(plan.content), list(plan.origins), plan.is_open
        held.version, held.changed_at = held.version + 1, at
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError:
            raise SlugTaken(f"Another form has the address /forms/{plan.slug}.") from None
        record(Happening("form.changed", "form", key, data={"version": held.version}), by=by, at=at)


@transaction.atomic
def remove_form(key: int, *, by: Actor, at: datetime) -> bool:
    """The cases it opened stay. False where there is none."""
    gone, _ = Form.objects.filter(pk=key).delete()
    if gone:
        record(Happening("form.removed", "form", key), by=by, at=at)
    return bool(gone)


def hold_file(submission: str, *, field: str, content: bytes, name: str, media_type: str, at: datetime) -> None:
    """Keeps a chosen file until the form is sent; the same one twice is one."""
    digest = files.write([content])[0]
    with transaction.atomic():
        files.keep({digest: len(content)}, at=at)
        HeldFile.objects.get_or_create(
            submission=held_name(submission), field=field, file_id=digest, name=name,
            defaults={"media_type": media_type, "size": len(content), "held_at": at},
        )  # fmt: skip


def drop_files(submission: str, keys: list[int] | None = None) -> None:
    """Some of those held, or all: they went with the message, or are not to go."""
    held = HeldFile.objects.filter(submission=held_name(submission))
    (held if keys is None else held.filter(pk__in=keys)).delete()


def note_sending(sources: list[str], *, at: datetime) -> None:
    Sending.objects.bulk_create([Sending(source=source, at=at) for source in sources])


def forget(*, at: datetime) -> int:
    """What is older than a day: files of forms that nobody sent, and counts. How many rows went."""
    gone = db.execute("DELETE FROM forms_heldfile WHERE held_at < %s", [at - KEPT])
    return gone + db.execute("DELETE FROM forms_sending WHERE at < %s", [at - KEPT])
