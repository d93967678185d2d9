"""What an IMAP mailbox is told, remembers and reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from careline.domain.channels.email.oauth import TokenSource

After = Literal["leave", "seen", "move", "delete"]


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`address` is whom fetched mail is for, `channel` which channel fetched it; both go into the envelope.

    `after`: what becomes of a mail in the mailbox once it is safe here. `backlog`: which mails to take at the very
    first connection; seen ones were dealt with elsewhere. `tls` required means STARTTLS. `idle_seconds` stays under
    the 29 minutes of RFC 2177, and short enough for routers that forget silent connections.
    """

    host: str
    user: str
    address: str
    channel: str
    port: int = 0
    password: str = field(default="", repr=False)
    token: TokenSource | None = field(default=None, repr=False)
    mechanism: Literal["XOAUTH2", "OAUTHBEARER"] = "XOAUTH2"
    tls: Literal["implicit", "required", "none"] = "implicit"
    verify: bool = True
    ca_file: str = ""
    folder: str = "INBOX"
    after: After = "seen"
    move_to: str = "Careline"
    backlog: Literal["all", "unseen", "none"] = "unseen"
    timeout: float = 60.0
    idle_seconds: float = 540.0
    poll_seconds: float = 60.0
    retry_seconds: tuple[float, float] = (1.0, 300.0)


@dataclass(frozen=True, slots=True)
class Position:
    """Everything up to `uid` was taken; `at` is when, to find the place again where the server renumbers its mails.

    Up to `backlog_until` only unseen mails are wanted: those that lay there before we came.
    """

    uid_validity: int
    uid: int
    at: datetime
    backlog_until: int = 0


class Cursor(Protocol):
    """Keeps the position durably. None: this mailbox was never read."""

    def load(self) -> Position | None: ...

    def save(self, position: Position) -> None: ...


class State(StrEnum):
    CONNECTING = "connecting"
    TAKING = "taking"
    WATCHING = "watching"
    DOWN = "down"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Health:
    """`last_error`: in the server's words, until a connection works again; `failures` counts those in a row."""

    state: State = State.CONNECTING
    connected_at: datetime | None = None
    last_mail_at: datetime | None = None
    last_error: str = ""
    failures: int = 0
