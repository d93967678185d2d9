"""Address lists (RFC 5322 section 3.4) as they are really written."""

from __future__ import annotations

import re

from careline.domain.channels.email.mime.words import decode_words
from careline.domain.channels.inbound import Party

MOST_ADDRESSES = 1_000
LONGEST_ADDRESS = 320
LONGEST_NAME = 200

_ONE = re.compile(r'(?:"([^"\\,]*)" ?|([^"<>,;:()@\\]*))<([A-Za-z0-9.!#$%&\'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>')
_BARE = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)|<([^<>]*)(?:>|$)|([(])|([,;])|(:)|([^"<>(),;:]+)|(.)', re.DOTALL)
_INNER_COMMENT = re.compile(r"\([^()]*\)")
_COMMENT = re.compile(r"[()\\]")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@(?:\[[^\]\s]+\]|[^\s<>,;:\"()\[\]]+)")


def read_addresses(value: str) -> list[Party]:
    """Everybody named in a header value that is not yet decoded; those without an address are left out."""
    if found := _ONE.fullmatch(value):
        return [_party(found.group(3), found.group(1) or found.group(2) or "")]
    if bare := _BARE.fullmatch(value):
        return [_party(bare.group(1), "")]
    return _List().read(value)


def normalised(address: str) -> str:
    """Local part kept, domain lower and in IDNA, no blanks, brackets or trailing dot; empty where there is no `@`."""
    local, at, domain = address.strip().strip("<>\"' \t").rpartition("@")
    if not at or not local or not domain:
        return ""
    domain = domain.strip().rstrip(".").lower()
    if not domain.isascii():
        domain = _idna(domain)
    return "".join(f"{local.strip()}@{domain}".split())[:LONGEST_ADDRESS]


def named_without_address(value: str) -> str:
    """What a From without any address says, for a person to read."""
    return decode_words(value).strip('<>" ')[:LONGEST_NAME]


class _List:
    """One pass over the tokens of a list."""

    def __init__(self) -> None:
        self.found: list[Party] = []
        self.words: list[str] = []
        self.angle = ""
        self.comment = ""
        self.has_address = False
        self.named = 0

    def read(self, value: str) -> list[Party]:
        at = 0
        while at < len(value) and len(self.found) < MOST_ADDRESSES:
            token = _TOKEN.match(value, at)
            if not token:
                break
            at = token.end()
            quoted, angle, paren, separator, colon, plain, other = token.groups()
            if quoted is not None:
                self.words.append(re.sub(r"\\(.)", r"\1", quoted))
            elif angle is not None:
                self._meet_angle(angle)
            elif paren:
                comment, at = _comment(value, at)
                self.comment = self.comment or comment
            elif separator:
                self._end_one(is_list_end=separator == ";")
            elif colon:
                self._meet_colon()
            elif plain or (other and other not in ")>"):
                self.words.append(plain or other)
                self.has_address = self.has_address or "@" in plain if plain else self.has_address
        self._end_one(is_list_end=True)
        return self.found

    def _meet_angle(self, angle: str) -> None:
        if self.angle and "@" in angle:
            # Two addresses without a comma between them: what stands behind the first belongs to the second.
            behind, self.words = self.words[self.named :], self.words[: self.named]
            self._end_one(is_list_end=True)
            self.words = behind
        if "@" in angle:
            self.angle, self.named = angle, len(self.words)
        if "@" not in angle and angle.strip():
            self.words.append(angle)

    def _meet_colon(self) -> None:
        """Behind the name of a group its members follow; `mailto:` is no group; an address before it stays one."""
        if not self.has_address:
            self.words = []

    def _end_one(self, *, is_list_end: bool) -> None:
        name = " ".join("".join(self.words).split())
        if self.angle:
            self._add(self.angle.rpartition(":")[2] if self.angle.startswith("@") else self.angle, name or self.comment)
        elif "@" in name:
            self._add_bare(name)
        elif 0 < len(name) <= LONGEST_NAME and not is_list_end:
            # An unquoted comma inside a name: "Doe, Jane <jane@…>".
            self.words = [name, ", "]
            return
        self.words, self.angle, self.comment, self.has_address = [], "", "", False

    def _add_bare(self, text: str) -> None:
        addresses = [address for word in text.split() if "@" in word for address in _ADDRESS.findall(word[:1_000])]
        for address in addresses:
            rest = text.replace(address, " ") if len(addresses) == 1 else ""
            self._add(address, self.comment or " ".join(rest.split()))

    def _add(self, address: str, name: str) -> None:
        party = _party(address.removeprefix("mailto:"), name)
        if party.value and len(self.found) < MOST_ADDRESSES:
            self.found.append(party)


def _party(address: str, name: str) -> Party:
    if "(" in address:
        address = _INNER_COMMENT.sub("", address)
    shown = decode_words(name).strip("'\" ")[:LONGEST_NAME] if name else ""
    value = normalised(decode_words(address) if "=?" in address else address)
    return Party(value, "" if shown.lower() == value.lower() else shown)


def _comment(value: str, at: int) -> tuple[str, int]:
    """(inner text, where it ends); comments nest, and a backslash quotes."""
    depth, start = 1, at
    for found in _COMMENT.finditer(value, at):
        if found.start() < at:
            continue
        if found.group() == "\\":
            at = found.end() + 1
            continue
        depth += 1 if found.group() == "(" else -1
        if depth == 0:
            return value[start : found.start()].strip(), found.end()
    return value[start : start + LONGEST_NAME].strip(), len(value)


def _idna(domain: str) -> str:
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, ValueError):
        try:
            return domain.encode("idna").decode("ascii")
        except UnicodeError:
            return domain
