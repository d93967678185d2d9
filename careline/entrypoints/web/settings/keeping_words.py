"""What erasures and rules removed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def counted_words(counts: Mapping[str, int]) -> list[dict[str, str]]:
    """[{name, number}], those of which there are some, in the order in which people ask for them."""
    names = {
        "cases": _("Cases that go"), "emptied cases": _("Cases that are emptied"), "cases of others": _("Cases of others"),
        "messages": _("Messages"), "attachments": _("Attachments"), "raw messages": _("Raw mails"), "files": _("Files"),
        "addresses": _("Addresses"), "notes": _("Notes"), "consents": _("Consents"), "merges": _("Merges"),
        "import rows": _("Rows of imports"),
    }  # fmt: skip
    return [{"name": words, "number": f"{counts[name]:,}"} for name, words in names.items() if counts.get(name)]
