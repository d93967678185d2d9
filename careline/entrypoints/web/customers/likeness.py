"""Why two customers are taken for one person, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _


def likeness_words(why: list[str]) -> str:
    """Why two are taken for one person."""
    words = {"mail": _("the same mailbox name"), "phone": _("the same number"), "name": _("the same name and company")}
    return ", ".join(words.get(one, one) for one in why)
