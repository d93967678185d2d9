"""Raw mails as customers' programs write them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from careline.entrypoints.console.demo.customers import Writer
from careline.entrypoints.console.demo.papers import Paper

OUR_SERVER = "mx.northwind.example"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The message of ours that is answered."""

    external_id: str
    at: datetime
    name: str
    text: str


def letter(
    writer: Writer,
    *,
    to: str,
    subject: str,
    text: str,
    message_id: str,
    at: datetime,
    answers: Earlier | None = None,
    references: Sequence[str] = (),
    cc: Sequence[str] = (),
    papers: Sequence[Paper] = (),
) -> bytes:
    """A mail of theirs, with history, signature and files the way they are used to."""
    mail = EmailMessage(policy=SMTP)
    domain = writer.address.rpartition("@")[2]
    mail["Received"] = f"from mail.{domain} by {OUR_SERVER} with ESMTPS; {format_datetime(at)}"
    if writer.proof != "none":
        result = f"spf={writer.proof} smtp.mailfrom={domain}; dkim={writer.proof} header.d={domain}; dmarc={writer.proof} header.from={domain}"
        mail["Authentication-Results"] = f"{OUR_SERVER}; {result}"
    mail["From"] = formataddr((writer.name, writer.address))
    mail["To"] = to
    if cc:
        mail["Cc"] = ", ".join(cc)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if answers is not None:
        mail["In-Reply-To"] = answers.external_id
        mail["References"] = " ".join(references)
    _fill(mail, writer, text, answers)
    for name, media_type, content in papers:
        maintype, _, subtype = media_type.partition("/")
        mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return mail.as_bytes()


def new_message_id(writer: Writer, chance: random.Random) -> str:
    return f"<{chance.getrandbits(80):x}@{writer.address.rpartition('@')[2]}>"


def _fill(mail: EmailMessage, writer: Writer, text: str, answers: Earlier | None) -> None:
    quoted = _attribution(answers) if answers and writer.quotes else ""
    history = "\n".join(f"> {line}" for line in answers.text.splitlines()) if answers and quoted else ""
    signature = f"\n\n-- \n{writer.signature}" if writer.signature else ""
    plain = f"{text}{signature}" + (f"\n\n{quoted}\n{history}" if quoted else "")
    mail.set_content(plain + "\n")
    if writer.is_html or (quoted and writer.quotes == "html"):
        mail.add_alternative(_html(text, writer, quoted, answers), subtype="html")


def _html(text: str, writer: Writer, quoted: str, answers: Earlier | None) -> str:
    body = "".join(f"<p>{_lines(part)}</p>" for part in text.split("\n\n"))
    if writer.signature:
        body += f'<div class="gmail_signature">--&nbsp;<br>{_lines(writer.signature)}</div>'
    if quoted and answers:
        body += (
            f'<div class="gmail_quote"><div class="gmail_attr">{escape(quoted)}</div>'
            f"<blockquote>{_lines(answers.text)}</blockquote></div>"
        )
    direction = ' dir="rtl"' if writer.language == "ar" else ""
    return f"<html><body{direction}>{body}</body></html>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _attribution(earlier: Earlier) -> str:
    return f"On {earlier.at:%a, %d %b %Y at %H:%M}, {earlier.name} wrote:"
