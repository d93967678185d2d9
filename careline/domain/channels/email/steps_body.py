"""Steps of intake that read the body: leaves, wrappings of other programs, words, attachments."""

from __future__ import annotations

import re
from urllib.parse import unquote

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.mime.body import LONGEST_TEXT, read_words
from careline.domain.channels.email.mime.headers import HeaderBlock
from careline.domain.channels.email.mime.leaves import read_parts
from careline.domain.channels.email.mime.naming import name_for
from careline.domain.channels.email.mime.tree import read_tree
from careline.kit.html import sanitise, text_of

_CID = re.compile(r"cid:([^\"'\s>)<]{1,500})", re.IGNORECASE)


def read_leaves(mail: Mail) -> None:
    # Lines may end in CR alone, as on old Macs; then a CR stands nowhere else, and every offset stays the same.
    raw = mail.raw if b"\n" in mail.raw else mail.raw.replace(b"\r", b"\n")
    tree = read_tree(raw, HeaderBlock(mail.fields, mail.body_start))
    mail.parts, defects = read_parts(raw, tree)
    say(mail, [*tree.defects, *defects])


def read_body(mail: Mail) -> None:
    body = read_words(mail.parts, text_of=text_of)
    mail.text, mail.html, mail.attachments = body.text, body.html, body.attachments
    mail.visible_text = mail.text
    if len(mail.text) > LONGEST_TEXT:
        mail.text = mail.text[:LONGEST_TEXT]
        body.defects.append("The text is too long to be shown whole.")
    say(mail, body.defects)


def mark_inline(mail: Mail) -> None:
    """An image that the HTML shows where it stands is inline; everything else is a file to open."""
    shown = {unquote(cid).lower() for cid in _CID.findall(mail.html)} if mail.attachments and mail.html else set()
    for part in mail.attachments:
        is_shown = bool(part.content_id) and part.content_id.lower() in shown
        part.disposition = "inline" if is_shown else "attachment"


def name_attachments(mail: Mail) -> None:
    for number, part in enumerate(mail.attachments, start=1):
        part.name = name_for(part, number)


def note_what_is_empty(mail: Mail) -> None:
    if not mail.text.strip():
        mail.text = ""
        mail.defects.append("The mail has no text." if mail.attachments else "The mail is empty.")


def sanitise_html(mail: Mail) -> None:
    if mail.html:
        mail.html = sanitise(mail.html)


def say(mail: Mail, defects: list[str]) -> None:
    """Each sentence once: a thousand parts broken in one way are one defect."""
    known = set(mail.defects)
    mail.defects.extend(each for each in dict.fromkeys(defects) if each not in known)
