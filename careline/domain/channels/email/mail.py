"""The typed value that mail intake passes from step to step: a mail, as far as it has been understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from careline.domain.channels.email.own import Own
from careline.domain.channels.inbound import Authenticity, Bounce, InboundKind, Party


@dataclass(slots=True)
class Part:
    """One leaf of the MIME tree. `content` has its transfer encoding undone.

    `path` counts from the root ("2.1"); `within` are the media types of the containers around it, outermost first.
    """

    media_type: str
    content: bytes
    charset: str = ""
    name: str = ""
    content_id: str = ""
    disposition: str = ""
    path: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    params: dict[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()


@dataclass(slots=True)
class Mail:
    """A mail between the steps of intake.

    `headers` holds every top header in order, names as written, values decoded (RFC 2047) and unfolded.
    `parts` holds the leaves in reading order; they stay there, and those that are attachments stand in
    `attachments` as well.
    `fields` are the same headers as sent: unfolded, encoded words not decoded. The body begins at `body_start`.
    `own` is what is known of ourselves ; `trusted_server` whose results are believed.
    `defects` collects what was broken and how it was mended, one short sentence each.
    """

    raw: bytes
    envelope_from: str = ""
    envelope_to: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    sender: Party = field(default_factory=lambda: Party(""))
    reply_to: list[Party] = field(default_factory=list)
    to: list[Party] = field(default_factory=list)
    cc: list[Party] = field(default_factory=list)
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    text: str = ""
    html: str = ""
    visible_text: str = ""
    quoted: str = ""
    signature: str = ""
    attachments: list[Part] = field(default_factory=list)
    kind: InboundKind = InboundKind.MESSAGE
    auto_reply: str = ""
    mailing_list: str = ""
    bounce: Bounce | None = None
    forwarded: Mail | None = None
    authenticity: Authenticity = field(default_factory=Authenticity)
    defects: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    body_start: int = 0
    own: Own | None = None
    trusted_server: str = ""
    _named: tuple[object, int, dict[str, list[str]]] = field(
        default=(None, 0, {}), init=False, repr=False, compare=False
    )

    def header(self, name: str) -> str:
        """The first header of that name, decoded; empty where there is none."""
        return next(iter(self._values_by_name().get(name.lower(), ())), "")

    def header_values(self, name: str) -> list[str]:
        return list(self._values_by_name().get(name.lower(), ()))

    def _values_by_name(self) -> dict[str, list[str]]:
        """The steps of intake ask some forty times, so the headers are put in order once."""
        headers, count, found = self._named
        if headers is not self.headers or count != len(self.headers):
            found = {}
            for name, value in self.headers:
                found.setdefault(name.lower(), []).append(value)
            self._named = (self.headers, len(self.headers), found)
        return found
