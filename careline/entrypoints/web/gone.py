"""What a rule, a view or a macro names that is not there any more, as one sentence with its mend."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.staff.queries import agents

_THINGS = {
    "tag": gettext_noop("the tag “%(which)s”"), "agent": gettext_noop("%(which)s, who has left"),
    "status": gettext_noop("the status “%(which)s”"), "field": gettext_noop("the field “%(which)s”"), "team": gettext_noop("a team"),
    "topic": gettext_noop("a topic"), "channel": gettext_noop("a mailbox"), "brand": gettext_noop("a brand"),
    "reply": gettext_noop("a ready-made reply"), "webhook": gettext_noop("a webhook"), "template": gettext_noop("a checklist"),
}  # fmt: skip


def gone_things(gone: Iterable[tuple[str, str]]) -> str:
    """“the tag “refund”, Ben, who has left”; each (kind, which) once."""
    found = list(gone)
    names = {str(row.id): row.name for row in agents()} if any(kind == "agent" for kind, _which in found) else {}
    told = [_(_THINGS.get(kind, "%(which)s")) % {"which": names.get(which, which)} for kind, which in found]
    return "; ".join(dict.fromkeys(told))


def gone_words(gone: Iterable[tuple[str, str]]) -> str:
    """Nothing where nothing is gone."""
    things = gone_things(gone)
    return (
        _("It names what is not there any more: %(things)s. Choose another, or take it out.") % {"things": things}
        if things
        else ""
    )
