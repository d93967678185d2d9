"""`careline mail parse`: how a mail is understood, one JSON line each. Needs no server, no database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from careline.domain.channels.email.mail import Mail, Part
from careline.domain.channels.email.parse import parse
from careline.domain.channels.email.reading import fingerprint
from careline.domain.channels.inbound import Bounce, Party

FINE = 0
WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="mail_command", required=True, metavar="parse")
    reading = commands.add_parser("parse", help="show how a mail is understood, one JSON line each")
    reading.add_argument("--trusted-server", metavar="NAME", default="", help="whose Authentication-Results to believe")
    reading.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="raw RFC 5322 mail; one from stdin if none"
    )


def run(args: argparse.Namespace) -> int:
    outcome = FINE
    for path in args.files or [None]:
        try:
            raw = path.read_bytes() if path else sys.stdin.buffer.read()
        except (OSError, ValueError) as error:
            sys.stderr.write(f"careline mail parse: cannot read {path}: {getattr(error, 'strerror', None) or error}.\n")
            outcome = WRONG_USE
            continue
        shown = {"file": str(path)} if path else {}
        sys.stdout.write(json.dumps(shown | shown_mail(parse(raw, trusted_server=args.trusted_server))) + "\n")
    sys.stdout.flush()
    return outcome


def shown_mail(mail: Mail) -> dict[str, Any]:
    """The fields of docs/reference/mail-parsing.md."""
    return {
        "kind": str(mail.kind),
        "from": _party(mail.sender),
        "to": [_party(party) for party in mail.to],
        "cc": [_party(party) for party in mail.cc],
        "reply_to": [_party(party) for party in mail.reply_to],
        "subject": mail.subject,
        "date": mail.date.isoformat().replace("+00:00", "Z") if mail.date else None,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "text": mail.text,
        "html": mail.html,
        "visible_text": mail.visible_text,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "attachments": list(_attachments(mail.attachments)),
        "auto_reply": mail.auto_reply,
        "mailing_list": mail.mailing_list,
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "forwarded": _forwarded(mail.forwarded) if mail.forwarded else None,
        "authenticity": {
            "spf": mail.authenticity.spf,
            "dkim": mail.authenticity.dkim,
            "dmarc": mail.authenticity.dmarc,
            "verified": mail.authenticity.verified,
        },
        "fingerprint": fingerprint(mail),
        "defects": mail.defects,
    }


def _party(party: Party) -> dict[str, str]:
    return {"address": party.value, "name": party.name}


def _attachments(parts: list[Part]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield {
            "name": part.name,
            "type": part.media_type,
            "size": len(part.content),
            "inline": part.disposition == "inline",
            "content_id": part.content_id,
            "sha256": sha256(part.content).hexdigest(),
        }


def _bounce(bounce: Bounce) -> dict[str, Any]:
    return {
        "recipients": [
            {
                "address": each.address,
                "class": str(each.bounce_class),
                "status": each.status,
                "reason": each.reason,
            }
            for each in bounce.recipients
        ],
        "original_message_id": bounce.original_message_id,
        "reporting_server": bounce.reporting_server,
    }


def _forwarded(mail: Mail) -> dict[str, Any]:
    return {
        "from": _party(mail.sender),
        "date": mail.date.isoformat().replace("+00:00", "Z") if mail.date else None,
        "subject": mail.subject,
        "text": mail.text,
    }
