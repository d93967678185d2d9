"""What a message becomes as a letter, and by which way out it leaves; EmailAdapter.send puts them together."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from careline.domain.channels.adapter import ChannelRow, Outcome, Outgoing, Sent
from careline.domain.channels.email import sending, tokens
from careline.domain.channels.email.account import token_of
from careline.domain.channels.email.compose.letter import Letter, LetterFile
from careline.domain.channels.email.route import RouteSettings, route_from
from careline.domain.channels.inbound import Party
from careline.kit.keys import ring

KEPT_HERE = "Kept in the outbox: this demo sends nothing."
NO_WAY_OUT = "No way out is set: give the mailbox an outgoing server, or set CARELINE_SMTP_URL."


def letter_of(outgoing: Outgoing, *, channel: ChannelRow) -> Letter:
    """The letter as it leaves: threaded, with the address that brings the answer back to its case."""
    keys = ring()
    subject = outgoing.subject
    if channel.settings.get("subject_token"):
        subject = f"{subject} {tokens.subject_token(outgoing.case_number, ring=keys)}"
    reply_to: tuple[Party, ...] = ()
    if channel.settings.get("plus_addressing"):
        reply_to = (Party(tokens.reply_address(channel.address, outgoing.case_number, ring=keys), channel.name),)
    name = (
        f"{outgoing.sender_name} ({channel.name})"
        if outgoing.sender_name and outgoing.sender_name != channel.name
        else channel.name
    )
    files = [LetterFile(f.name, f.media_type, f.content, f.content_id if f.inline else "") for f in outgoing.files]
    return Letter(
        from_=Party(channel.address, name),
        message_id=outgoing.external_id,
        date=outgoing.sent_at,
        to=tuple(outgoing.to),
        cc=tuple(outgoing.cc),
        bcc=tuple(outgoing.bcc),
        reply_to=reply_to,
        subject=subject,
        text=outgoing.text,
        html=outgoing.html,
        inline=tuple(file for file in files if file.content_id),
        attachments=tuple(file for file in files if not file.content_id),
        in_reply_to=outgoing.in_reply_to,
        references=tuple(outgoing.references),
        auto_submitted="auto-replied" if outgoing.is_automatic else "",
        headers=_one_click(outgoing.unsubscribe_url),
    )


def _one_click(url: str) -> tuple[tuple[str, str], ...]:
    """RFC 8058: the reader's mail program may unsubscribe by itself, where the address is https."""
    if not url:
        return ()
    listed = ("List-Unsubscribe", f"<{url}>")
    return (
        (listed, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")) if url.startswith("https://") else (listed,)
    )


def way_out(channel: ChannelRow) -> str:
    """The URL that mail of this mailbox leaves by; empty where none is set."""
    return str(channel.settings.get("smtp_url") or settings.SMTP_URL)


def route_of(channel: ChannelRow) -> RouteSettings:
    """The way out with the mailbox's own secrets in it. Raises BadRoute."""
    route = route_from(way_out(channel))
    if channel.settings.get("smtp_url"):
        if channel.settings.get("oauth_token_url"):
            route = replace(route, token=token_of(channel))
        elif channel.secrets.get("smtp_password"):
            route = replace(route, password=channel.secrets["smtp_password"])
    return route


def as_sent(result: sending.SendResult) -> Sent:
    """One outcome for the message, and what was said of recipients that fared otherwise."""
    later, refused = result.of(sending.Outcome.LATER), result.of(sending.Outcome.REFUSED)
    uncertain, sent = result.of(sending.Outcome.UNCERTAIN), result.of(sending.Outcome.SENT)
    said = {address: result.fates[address].words for address in refused}
    words = "; ".join(dict.fromkeys(fate.words for fate in result.fates.values()))
    if uncertain:
        return Sent(Outcome.UNCERTAIN, words, said)
    if later:
        return Sent(Outcome.RETRY, words, said, tuple(later))
    if sent:
        return Sent(Outcome.SENT, "; ".join(dict.fromkeys(result.fates[a].words for a in sent)), said)
    return Sent(Outcome.FAILED, words, said)
