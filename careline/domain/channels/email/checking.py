"""A mailbox's two ways tried without moving a mail, as doctor does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.fetching import imap_settings
from careline.domain.channels.email.imap.connection import words_of
from careline.domain.channels.email.imap.mailbox import ImapMailbox
from careline.domain.channels.email.imap.shape import Cursor, Position
from careline.domain.channels.email.outgoing import route_of
from careline.domain.channels.email.route import BadRoute
from careline.domain.channels.email.smtp import SmtpRoute
from careline.domain.channels.email.smtp_connection import RouteBroken

SECONDS = 10.0


def trouble_going_out(channel: ChannelRow) -> str:
    """Connects and logs in; what the server says against it, empty where all is well."""
    try:
        trial = SmtpRoute(replace(route_of(channel), timeout=SECONDS))
        trial.check()
        trial.close()
    except (BadRoute, RouteBroken) as error:
        return str(error)
    return ""


def trouble_fetching(channel: ChannelRow, *, at: datetime) -> str:
    """Connects, logs in and opens the folder; what the server says against it, empty where all is well."""
    try:
        wanted = replace(imap_settings(channel), timeout=SECONDS)
        ImapMailbox(wanted, cursor=_Nowhere(), now=lambda: at).check()
    except Exception as error:  # whatever a server or the network does is the answer to the question
        return words_of(error)
    return ""


class _Nowhere(Cursor):
    """A trial reads nothing, so it has no place to keep."""

    def load(self) -> Position | None:
        return None

    def save(self, position: Position) -> None:
        return
