"""What a site's settings mean, and which of them would not work."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from careline.domain.channels.adapter import ChannelRow

KINDS = ("text", "email", "long", "choice", "check")
MOST_FIELDS, MOST_INVITATIONS, MOST_ORIGINS = 20, 20, 50
LONGEST_ANSWER = 4000
LARGEST_FILE_MB = 25
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.I)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MAIL = re.compile(r"[^@\s<>\"(),:;\\]{1,64}@[^@\s<>\"(),:;\\]{1,250}\.[^@\s.<>\"(),:;\\]{2,}")


class BadSite(ValueError):
    """A setting would not work; `field` names it, the text is one sentence."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Site:
    """A chat site, read from its channel."""

    id: int
    token: str
    name: str
    brand_id: int
    team_id: int | None
    settings: Mapping[str, Any]

    @property
    def origins(self) -> list[str]:
        return list(self.settings.get("origins") or ())

    @property
    def languages(self) -> list[str]:
        return list(self.settings.get("languages") or ())

    @property
    def calendar(self) -> int | None:
        return self.settings.get("calendar")

    @property
    def gone_minutes(self) -> int:
        return int(self.settings.get("gone_minutes", 5))

    @property
    def max_file_bytes(self) -> int:
        return int(self.settings.get("max_file_mb", 10)) * 1024 * 1024

    def fields(self, *, is_open: bool) -> list[dict[str, Any]]:
        return list(self.settings.get("pre_chat" if is_open else "offline_form") or ())


def site_of(channel: ChannelRow) -> Site:
    return Site(channel.id, channel.address, channel.name, channel.brand_id, channel.team_id, channel.settings)


def is_allowed(origin: str, origins: Sequence[str], *, own: str) -> bool:
    """Whether pages of this origin may speak with us. Ours always may; no origin at all comes from no page of a browser."""
    return not origin or origin == own or origin in origins


def origin_of(words: str) -> str:
    """`https://www.example.com/shop/` → `https://www.example.com`. Raises BadSite."""
    try:
        parts = urlsplit(words.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise BadSite("A site looks like https://www.example.com.", field="origins")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    return f"{parts.scheme}://{host}{port}"


def fit_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are kept. Raises BadSite."""
    fit = dict(given)
    if "origins" in fit:
        fit["origins"] = list(dict.fromkeys(origin_of(words) for words in fit["origins"][:MOST_ORIGINS]))
    if "colour" in fit and not _COLOUR.fullmatch(str(fit["colour"])):
        raise BadSite("A colour looks like #0b6e4f.", field="colour")
    for name, least, most in (("gone_minutes", 1, 1440), ("max_file_mb", 1, LARGEST_FILE_MB)):
        if name in fit and not (isinstance(fit[name], int) and least <= fit[name] <= most):
            raise BadSite(f"Give a whole number from {least} to {most}.", field=name)
    for name in ("pre_chat", "offline_form"):
        if name in fit:
            _check_fields(fit[name], name)
    if "invitations" in fit:
        _check_invitations(fit["invitations"])
    return fit


def in_language(words: Any, language: str, languages: Sequence[str]) -> str:
    """{language: text} as this visitor reads it: theirs, else the site's first, else any."""
    if not isinstance(words, Mapping):
        return str(words or "")
    for code in (language, language[:2], *languages):
        if words.get(code):
            return str(words[code])
    return next((str(text) for text in words.values() if text), "")


def language_for(asked: str, languages: Sequence[str]) -> str:
    """The best of the site's languages for an Accept-Language; the first where none fits, empty where there are none."""
    for part in asked.lower().split(","):
        code = part.split(";")[0].strip()[:2]
        if code in languages:
            return code
    return languages[0] if languages else asked.strip().lower()[:2]


def fit_answers(fields: Sequence[Mapping[str, Any]], given: Mapping[str, Any], *, is_known: bool) -> dict[str, str]:
    """What a visitor filled in, by key. Whoever is known need not say name and mail again. Raises BadSite for the first that is not right."""
    answers: dict[str, str] = {}
    for field in fields:
        key, said = field["key"], given.get(field["key"])
        words = (
            ("yes" if said is True else "" if said is False or said is None else str(said)).replace("\0", "").strip()
        )
        if is_known and key in ("name", "email") and not words:
            continue
        if not words and field.get("is_required"):
            raise BadSite("This has to be filled in.", field=key)
        if len(words) > LONGEST_ANSWER:
            raise BadSite(f"At most {LONGEST_ANSWER} characters.", field=key)
        if words and field["kind"] == "email" and not is_mail(words):
            raise BadSite("This is not a mail address.", field=key)
        if words and field["kind"] == "choice" and words not in {o["value"] for o in field.get("options") or ()}:
            raise BadSite("Choose one of those that are there.", field=key)
        if words:
            answers[key] = words
    return answers


def is_mail(words: str) -> bool:
    return bool(_MAIL.fullmatch(words)) and len(words) <= 254


def _check_fields(fields: Any, name: str) -> None:
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        raise BadSite(f"A form has at most {MOST_FIELDS} fields.", field=name)
    seen = set()
    for field in fields:
        if not isinstance(field, Mapping) or not _KEY.fullmatch(str(field.get("key", ""))) or field["key"] in seen:
            raise BadSite("Each field needs a key of its own: small letters, digits and _.", field=name)
        seen.add(field["key"])
        if field.get("kind") not in KINDS:
            raise BadSite(f"A field is one of {', '.join(KINDS)}.", field=name)
        if not in_language(field.get("label"), "", ()):
            raise BadSite("Each field needs a label.", field=name)
        if field["kind"] == "choice" and not all(
            isinstance(o, Mapping) and o.get("value") for o in field.get("options") or [None]
        ):
            raise BadSite("A choice needs options, each with a value.", field=name)


def _check_invitations(invitations: Any) -> None:
    if not isinstance(invitations, list) or len(invitations) > MOST_INVITATIONS:
        raise BadSite(f"A site has at most {MOST_INVITATIONS} invitations.", field="invitations")
    for one in invitations:
        fits = (
            isinstance(one, Mapping) and isinstance(one.get("after_seconds"), int) and 0 <= one["after_seconds"] <= 3600
        )
        if not fits or not in_language(one.get("text"), "", ()):
            raise BadSite("An invitation needs its words, and 0 to 3600 seconds.", field="invitations")
