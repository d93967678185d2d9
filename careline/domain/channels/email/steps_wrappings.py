"""Steps of intake that take apart what other programs wrapped: uuencode, winmail.dat, invitations, encryption."""

from __future__ import annotations

from careline.domain.channels.email.mail import Mail, Part
from careline.domain.channels.email.mime.calendar import read_calendar
from careline.domain.channels.email.mime.charsets import decode_text
from careline.domain.channels.email.mime.naming import name_for
from careline.domain.channels.email.mime.rtf import read_rtf
from careline.domain.channels.email.mime.tnef import Tnef, is_tnef, read_tnef
from careline.domain.channels.email.mime.uuencode import uuencoded_blocks
from careline.domain.channels.email.steps_body import say

ENCRYPTED_NOTE = "[This mail is encrypted; what came is attached unopened.]"
SIGNED_NOTE = "[This mail is signed as a whole (S/MIME); its words are inside the attached file.]"

_ENCRYPTED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def unpack_uuencoded(mail: Mail) -> None:
    """Files that stand uuencoded inside a text become attachments; the text keeps a line that names each."""
    found: list[Part] = []
    for part in mail.parts:
        if part.media_type != "text/plain" or b"begin" not in part.content or part.disposition == "attachment":
            continue
        pieces, at = [], 0
        for block in uuencoded_blocks(part.content):
            name = name_for(Part("application/octet-stream", b"", name=block.name), 0)
            found.append(Part("application/octet-stream", block.content, name=name, disposition="attachment"))
            pieces += [part.content[at : block.start], f"[{name}]\n".encode()]
            at = block.end
        if at:
            part.content = b"".join([*pieces, part.content[at:]])
    mail.parts.extend(found)


def unpack_tnef(mail: Mail) -> None:
    """What is in a winmail.dat stands where the mail's own parts stand; a broken one is kept beside what was found."""
    unpacked: list[Part] = []
    for part in mail.parts:
        if not is_tnef(part.content):
            unpacked.append(part)
            continue
        tnef = read_tnef(part.content)
        found = _parts_of(tnef, part, has_words=any(each.media_type.startswith("text/") for each in mail.parts))
        unpacked.extend(found)
        if not found or not tnef.is_whole:
            part.disposition = "attachment"
            unpacked.append(part)
            say(mail, ["A winmail.dat is broken and is kept as it came."])
    mail.parts = unpacked


def note_encryption(mail: Mail) -> None:
    """An encrypted mail says so in words, since nothing else in it can be read."""
    if mail.text.strip():
        return
    for part in mail.attachments:
        if part.media_type in _ENCRYPTED:
            is_signed = part.params.get("smime-type", "").lower() == "signed-data"
            mail.text = mail.visible_text = SIGNED_NOTE if is_signed else ENCRYPTED_NOTE
            return


def read_invitations(mail: Mail) -> None:
    """The words of an invitation stand above the text; the calendar file stays an attachment."""
    found = [
        words
        for part in mail.attachments[:20]
        if part.media_type in ("text/calendar", "application/ics")
        and (words := read_calendar(decode_text(part.content, part.charset)[0]))
    ]
    if found:
        mail.text = "\n\n".join([*dict.fromkeys(found), mail.text]).strip("\n")


def _parts_of(tnef: Tnef, part: Part, *, has_words: bool) -> list[Part]:
    """Words only where the mail has none of its own, which say the same."""
    found: list[Part] = []
    if not has_words:
        found = _words_of(tnef, Part("text/plain", b"", path=part.path, within=part.within))
    for number, file in enumerate(tnef.files, start=1):
        media_type = file.media_type.lower() if "/" in file.media_type else "application/octet-stream"
        name = name_for(Part(media_type, b"", name=file.name), number)
        content_id = file.content_id.strip("<>")
        found.append(Part(media_type, file.content, name=name, content_id=content_id, disposition="attachment"))
    return found


def _words_of(tnef: Tnef, template: Part) -> list[Part]:
    html = tnef.html
    text = tnef.text
    if tnef.rtf and not html:
        words, is_html = read_rtf(tnef.rtf)
        html, text = (words.encode(), text) if is_html else (b"", text or words)
    charset = "utf-8" if html and not tnef.html else tnef.codepage
    within = (*template.within, "multipart/alternative")
    path = f"{template.path}.1"
    found = [Part("text/plain", text.encode(), charset="utf-8", path=path, within=within)] if text.strip() else []
    return found + ([Part("text/html", html, charset=charset, path=path, within=within)] if html.strip() else [])
