"""May the From of a mail be believed? What the mailbox's own server found about it, or what we find at our door.

Who is heard (RFC 8601 5): only Authentication-Results whose authserv-id is the mailbox's named server. All of those
above the first Received are the server's; where it writes them below, only the topmost is, since the sender may have
written the rest. Headers of other servers, and ARC, are not looked at.

From is verified by DMARC pass, or by a DKIM or SPF pass of an aligned domain. Aligned means equal, or one above the
other. Sister domains share an owner only by the public suffix list, which the server's DMARC result has read for us.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import getaddresses

import dkim

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.inbound import Authenticity

TxtLookup = Callable[[str], bytes | None]
"""The TXT record of a name, None where there is none. May raise where DNS does not answer."""

MOST_SIGNATURES = 5
"""Looked at per mail at the door: each costs a DNS query and a public key operation."""

LONGEST_RESULT = 10_000
_WORDS = {"pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy"}
_RESULT = re.compile(r"^\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z0-9_-]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b([a-z]+\.[a-z0-9_-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]+))", re.IGNORECASE)
_WITHOUT_ID = re.compile(r"(?:^|\.)protection\.outlook\.com$|^(?:outlook|office365)(?:\.com)?$")
"""Exchange Online writes no authserv-id, and renames those that came with the mail."""


def check(mail: Mail, *, trusted_server: str = "", dkim_at_door: TxtLookup | None = None) -> None:
    """Sets `mail.authenticity`. Without a named server and a lookup nothing is known, and nobody is verified."""
    author = _author_domain(mail)
    found = list(_server_results(mail, trusted_server.strip().lower().rstrip("."))) if trusted_server.strip() else []
    if found:
        mail.authenticity = _as_server_says(found, author=author, envelope_from=mail.envelope_from)
    elif dkim_at_door is not None:
        mail.authenticity = _as_signed(mail.raw, author=author, lookup=dkim_at_door)
    else:
        mail.authenticity = Authenticity()


def txt_over_dns(name: str) -> bytes | None:
    """The lookup for real mail; waits at most three seconds."""
    found: bytes | None = dkim.get_txt(name.encode(), timeout=3)
    return found


@dataclass(slots=True)
class _Result:
    method: str
    word: str
    properties: dict[str, str] = field(default_factory=dict)

    def domain(self, *names: str) -> str:
        written = next((self.properties[name] for name in names if self.properties.get(name)), "")
        return _domain_of(written)


def _author_domain(mail: Mail) -> str:
    """Empty where From is missing, doubled, or names several people: then there is nobody to verify."""
    written = mail.header_values("From")
    if len(written) != 1 or len({address.lower() for _, address in getaddresses(written) if "@" in address}) > 1:
        return ""
    return _domain_of(mail.sender.value) if "@" in mail.sender.value else ""


def _server_results(mail: Mail, server: str) -> Iterator[_Result]:
    above: list[list[str]] = []
    below: list[list[str]] = []
    place = above
    for name, value in mail.headers:
        if name.lower() == "received":
            place = below
        elif name.lower() == "authentication-results" and (parts := _parts_of(value, server)):
            place.append(parts)
    for parts in above or below[:1]:
        for part in parts:
            found = _RESULT.match(part)
            if found:
                properties = {key.lower(): quoted or plain for key, quoted, plain in _PROPERTY.findall(part)}
                yield _Result(found[1].lower(), found[2].lower(), properties)


def _parts_of(value: str, server: str) -> list[str]:
    """The results in one header, or none where another server wrote it."""
    first, *results = _split(value[:LONGEST_RESULT])
    if "=" in first:
        return [first, *results] if _WITHOUT_ID.search(server) else []
    said = first.strip().strip('"').split()
    return results if said and said[0].strip('"').lower().rstrip(".") == server else []


def _split(value: str) -> list[str]:
    """At semicolons, with comments taken out (they nest) and quoted strings left whole (RFC 5322 3.2)."""
    parts, current, depth, quoted, skip = [], "", 0, False, False
    for sign in value:
        if skip:
            skip = False
        elif sign == "\\" and (quoted or depth):
            skip = True
        elif sign == '"' and not depth:
            quoted = not quoted
        elif not quoted and sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
            current += "" if depth or sign == "(" else " "
            continue
        elif sign == ";" and not quoted and not depth:
            parts.append(current)
            current = ""
            continue
        current += "" if depth else sign
    return [*parts, current]


def _as_server_says(found: list[_Result], *, author: str, envelope_from: str) -> Authenticity:
    spf, signed, dmarc = ([one for one in found if one.method == method] for method in ("spf", "dkim", "dmarc"))
    return Authenticity(
        spf=_word_of(spf),
        dkim=_word_of(signed),
        dmarc=_word_of(dmarc),
        verified=_is_verified(spf, signed, dmarc, author=author, envelope_from=envelope_from),
        source="server",
    )


def _is_verified(
    spf: list[_Result], signed: list[_Result], dmarc: list[_Result], *, author: str, envelope_from: str
) -> bool:
    if not author or (dmarc and dmarc[0].word in {"fail", "permerror"}):
        return False
    if dmarc and dmarc[0].word == "pass":
        return (dmarc[0].domain("header.from") or author) == author
    by_signature = [one.domain("header.d", "header.i") for one in signed if one.word == "pass"]
    by_server = [one.domain("smtp.mailfrom") or _domain_of(envelope_from) for one in spf if one.word == "pass"]
    return any(_is_aligned(domain, author) for domain in by_signature + by_server)


def _word_of(results: list[_Result]) -> str:
    """Pass where one of several passed, else what was said first."""
    words = [one.word for one in results]
    word = "pass" if "pass" in words else next(iter(words), "none")
    return word if word in _WORDS else "none"


def _as_signed(raw: bytes, *, author: str, lookup: TxtLookup) -> Authenticity:
    words: list[str] = []
    for domain, word in _signatures(raw, lookup):
        if word == "pass" and author and _is_aligned(domain, author):
            return Authenticity(dkim="pass", verified=True, source="door")
        words.append(word)
    word = "pass" if "pass" in words else next(iter(words), "none")
    return Authenticity(dkim=word, source="door")


def _signatures(raw: bytes, lookup: TxtLookup) -> Iterator[tuple[str, str]]:
    """Signing domain and result of each DKIM-Signature, topmost first."""
    try:
        checked = dkim.DKIM(raw)
        written = [value for name, value in checked.headers if name.lower() == b"dkim-signature"]
    except dkim.DKIMException:
        return
    for place, value in enumerate(written[:MOST_SIGNATURES]):
        try:
            tags = dkim.util.parse_tag_value(value)
            domain = tags[b"d"].decode("ascii").strip().lower()
        except (dkim.DKIMException, dkim.util.InvalidTagValueList, KeyError, UnicodeDecodeError):
            yield "", "permerror"
            continue
        yield domain, "policy" if _is_weak(tags) else _verified(raw, place, lookup)


def _is_weak(tags: dict[bytes, bytes]) -> bool:
    """A body of which only the beginning is signed can be added to; SHA-1 is out (RFC 8301)."""
    return b"l" in tags or tags.get(b"a", b"").strip().lower() == b"rsa-sha1"


def _verified(raw: bytes, place: int, lookup: TxtLookup) -> str:
    unanswered: list[str] = []
    missing: list[str] = []

    def asked(name: bytes | str, timeout: int = 5) -> bytes | None:
        text = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        try:
            found = lookup(text.rstrip("."))
        except Exception:
            unanswered.append(text)
            return None
        if found is None:
            missing.append(text)
        return found

    try:
        holds = dkim.DKIM(raw).verify(idx=place, dnsfunc=asked)
    except Exception as cause:
        # The library raises its own and plain errors alike for what a sender may write.
        holds, broken = False, "body hash" not in str(cause)
    else:
        broken = bool(missing)
    return "pass" if holds else "temperror" if unanswered else "permerror" if broken else "fail"


def _is_aligned(domain: str, author: str) -> bool:
    """Equal, or one is above the other and no bare or national suffix such as co.uk."""
    upper, lower = sorted((domain, author), key=len)
    if not upper or upper == lower:
        return bool(upper)
    return lower.endswith("." + upper) and not _is_suffix(upper)


def _is_suffix(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) != 2:
        return len(labels) < 2
    name, country = labels
    return len(country) == 2 and (len(name) <= 3 or name in {"gouv", "asso", "info"})


def _domain_of(written: str) -> str:
    domain = written.rpartition("@")[2].strip().strip("<>").rstrip(".").lower()
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
