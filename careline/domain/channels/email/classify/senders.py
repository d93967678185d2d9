"""Who sent it, as far as the address and the envelope tell: a person, a robot, or the mail system itself."""

from __future__ import annotations

import re

from careline.domain.channels.email.mail import Mail

_MAIL_SYSTEM = re.compile(
    r"(?:e?mailer?[-_.]?daemon|mdaemon|postmaster|post\.master|mail[-_. ]?deliver(?:y|er)?|mail[-_. ]?system"
    r"|delivery[-_. ]?(?:sub)?system|system[-_. ]administrator|bounces?|ndr|imss|double-bounce)(?:[+=.\-_].*)?",
    re.IGNORECASE,
)
_MAIL_SYSTEM_NAME = re.compile(
    r"mailer[-_ ]daemon|mail delivery? (?:sub)?system|delivery subsystem|postmaster"
    r"|mail system|NDR administrator|InterScan",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:(?:do[-_.]?)?not?[-_.]?reply|no[-_.]?(?:responder|contestar|response|answer)|nepasrepondre|ne[-_.]pas[-_.]repondre"
    r"|nicht[-_.]?antworten|keine[-_.]?antwort|non[-_.]?rispondere|niet[-_.]?beantwoorden|nao[-_.]?responda"
    r"|auto[-_.]?(?:mail|mailer|reply|responder|confirm|mated)|robot|daemon|root|cron|nobody|www-data|apache|listserv|mailman"
    r"|majordomo|notifications?|notify|notifier|alerts?|bounces?|return|undeliverable|news(?:letters?)?|mailings?)",
    re.IGNORECASE,
)
_CUT = re.compile(r"[+=]|--|-(?=\d)|(?<=bounce)[-._]|(?<=bounces)[-._]|(?<=reply)[-._]")


def is_mail_system(mail: Mail) -> bool:
    """mailer-daemon@, postmaster@ and their like, also where the address itself is missing."""
    local, name = _local_part(mail), mail.sender.name
    if not mail.sender.value or "@" not in mail.sender.value:
        name = f"{name} {mail.header('From')}"
    return bool(_MAIL_SYSTEM.fullmatch(local) or _MAIL_SYSTEM_NAME.search(name))


def is_robot(mail: Mail) -> bool:
    """An address behind which nobody reads: noreply@, notifications@, bounce+123@ …"""
    local = _local_part(mail)
    first = _CUT.split(local, maxsplit=1)[0].strip("-_.")
    return bool(_ROBOT.fullmatch(first) or _ROBOT.fullmatch(local) or _is_named_no_reply(local)) or is_mail_system(mail)


def is_null_sender(mail: Mail) -> bool:
    """The envelope said <>: by RFC 5321 4.5.5 nobody may answer. An empty `envelope_from` only means: not known."""
    if mail.envelope_from.strip():
        return mail.envelope_from.strip() == "<>"
    return any(value.strip() in {"<>", "<MAILER-DAEMON>"} for value in mail.header_values("Return-Path"))


def _is_named_no_reply(local: str) -> bool:
    """`orders-noreply`, `shop.no-reply`"""
    return bool(re.search(r"(?:^|[-_.+])(?:do[-_.]?not[-_.]?reply|no[-_.]?reply)(?:$|[-_.+\d])", local, re.IGNORECASE))


def _local_part(mail: Mail) -> str:
    return mail.sender.value.rpartition("@")[0] or mail.sender.value
