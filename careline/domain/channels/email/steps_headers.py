"""Steps of intake that read the headers: who, to whom, when, about what, in answer to which mail."""

from __future__ import annotations

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.mime.addresses import (
    MOST_ADDRESSES,
    named_without_address,
    normalised,
    read_addresses,
)
from careline.domain.channels.email.mime.dates import read_date as date_of
from careline.domain.channels.email.mime.headers import read_top_headers
from careline.domain.channels.email.mime.identifiers import read_message_id, read_references
from careline.domain.channels.email.mime.words import decode_words
from careline.domain.channels.inbound import Party

LONGEST_SUBJECT = 998


def read_headers(mail: Mail) -> None:
    block = read_top_headers(mail.raw)
    mail.fields = block.fields
    mail.body_start = block.body_start
    mail.headers = [(name, decode_words(value)) for name, value in block.fields]
    mail.defects.extend(block.defects)


def read_sender(mail: Mail) -> None:
    """From; where it names nobody: Sender, Reply-To, the envelope, Return-Path, so that somebody can be answered."""
    written = _as_sent(mail, "from")
    if len(written) > 1:
        mail.defects.append("More than one From.")
    found = [party for value in written for party in read_addresses(value)]
    if found:
        mail.sender = found[0]
        return
    name = named_without_address(written[0]) if written else ""
    for header in ("sender", "reply-to"):
        for party in (party for value in _as_sent(mail, header) for party in read_addresses(value)):
            mail.sender = Party(party.value, name or party.name)
            mail.defects.append(f"From names no address; taken from {header.title()}.")
            return
    envelope = normalised(mail.envelope_from) or normalised(mail.header("Return-Path"))
    mail.sender = Party(envelope, name)
    mail.defects.append("From names no address" + ("; taken from the envelope." if envelope else "."))


def read_recipients(mail: Mail) -> None:
    mail.to = _parties(mail, "to")
    mail.cc = _parties(mail, "cc")
    mail.reply_to = _parties(mail, "reply-to")


def read_subject(mail: Mail) -> None:
    values = mail.header_values("Subject")
    mail.subject = next((value for value in values if value), "")
    if len(values) > 1:
        mail.defects.append("More than one Subject.")
    if len(mail.subject) > LONGEST_SUBJECT:
        mail.subject = mail.subject[:LONGEST_SUBJECT]
        mail.defects.append("The subject is too long; all of it is in the raw mail.")


def read_date(mail: Mail) -> None:
    mail.date, defect = date_of(mail.header("Date"))
    if defect:
        mail.defects.append(defect)


def read_thread(mail: Mail) -> None:
    values = [value for value in mail.header_values("Message-ID") if value]
    mail.message_id = read_message_id(values[0]) if values else ""
    if len(values) > 1:
        mail.defects.append("More than one Message-ID; the first counts.")
    if not mail.message_id:
        mail.defects.append("The mail has no Message-ID.")
    mail.in_reply_to = read_message_id(mail.header("In-Reply-To"))
    mail.references = read_references(" ".join(mail.header_values("References")), own=mail.message_id)


def _parties(mail: Mail, header: str) -> list[Party]:
    found = [party for value in _as_sent(mail, header) for party in read_addresses(value)]
    if len(found) >= MOST_ADDRESSES:
        mail.defects.append(f"More than {MOST_ADDRESSES} addresses in {header.title()}; the rest is in the raw mail.")
    return list({party.value: party for party in reversed(found)}.values())[::-1][:MOST_ADDRESSES]


def _as_sent(mail: Mail, header: str) -> list[str]:
    return [value for name, value in mail.fields if name.lower() == header and value]
