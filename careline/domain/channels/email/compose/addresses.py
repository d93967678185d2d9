"""Addresses and Message-IDs as header fields want them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import idna

from careline.domain.channels.email.compose.letter import CannotCompose
from careline.domain.channels.email.compose.words import one_line, phrase_of
from careline.domain.channels.inbound import Party

MOST_REFERENCES = 25
REFERENCES_LENGTH = 2_000

_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_DOTS_ASTRAY = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+\Z")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])*"\Z')
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*|\[[!-Z^-~]+\])\Z"
)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>\Z")


def mailbox_list(parties: Iterable[Party]) -> str:
    return ",\r\n ".join(_mailbox(party) for party in parties)


def written_address(address: str) -> str:
    """The domain in IDNA; a local part whose dots stand astray (Japanese carriers give such) is quoted."""
    local, at, domain = address.strip().rpartition("@")
    if not (at and local and domain) or one_line(address) != address:
        raise CannotCompose(f"“{one_line(address)[:80]}” is no mail address: write it as name@domain.")
    if not local.isascii():
        raise CannotCompose(
            f"{one_line(address)[:80]} has letters before the @ that mail servers do not take: ask for another address."
        )
    if _DOTS_ASTRAY.match(local) and not _DOT_ATOM.match(local):
        local = f'"{local}"'
    if not (_DOT_ATOM.match(local) or _QUOTED.match(local)):
        raise CannotCompose(f"“{address[:80]}” is no mail address: write it as name@domain.")
    return f"{local}@{_written_domain(domain, address)}"


def message_id(written: str) -> str:
    """With its angle brackets; empty where no other mail program could read it back."""
    bare = written.strip()
    named = bare if bare.startswith("<") else f"<{bare}>"
    return named if _MESSAGE_ID.match(named) else ""


def references(written: Iterable[str], *, parent: str) -> list[str]:
    """Oldest first, the parent last. Where they are too many the first stays, since some programs thread by it (RFC 5322 3.6.4)."""
    known = [named for one in written if (named := message_id(one)) and named != parent]
    names = list(dict.fromkeys(known)) + ([parent] if parent else [])
    if not names:
        return []
    latest: list[str] = []
    for named in reversed(names[1:]):
        if len(latest) + 2 > MOST_REFERENCES or sum(map(len, [*latest, named, names[0]])) > REFERENCES_LENGTH:
            break
        latest.insert(0, named)
    return [names[0], *latest]


def _mailbox(party: Party) -> str:
    address, name = written_address(party.value), phrase_of(party.name)
    if not name:
        return address
    glue = "\r\n " if len(name.rsplit("\n", 1)[-1]) + len(address) > 60 else " "
    return f"{name}{glue}<{address}>"


def _written_domain(domain: str, address: str) -> str:
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except (idna.IDNAError, UnicodeError) as cause:
            raise CannotCompose(
                f"The domain of {one_line(address)[:80]} cannot exist: check the part after the @."
            ) from cause
    if not _DOMAIN.match(domain):
        raise CannotCompose(f"The domain of {one_line(address)[:80]} cannot exist: check the part after the @.")
    return domain
