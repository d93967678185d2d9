"""In which language a reply speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def language_for(texts: Mapping[str, Any], *, wanted: str, company: Sequence[str] = ()) -> str:
    """The case's language, else a relative of it (de for de-AT and the other way), else the company's own, else any; "" of none."""
    known = {language.lower(): language for language in texts}
    wanted = wanted.lower().replace("_", "-")
    relatives = [language for language in known if wanted and language.split("-")[0] == wanted.split("-")[0]]
    for choice in (wanted, wanted.split("-")[0], *relatives, *(language.lower() for language in company), "en"):
        if choice in known:
            return known[choice]
    return next(iter(texts), "")
