"""Signs that a mail belongs to one of our cases, which nobody else can make.

Three of them: the Message-ID of what we sent, the plus address in its Reply-To, and the mark in its subject. All are
lower-case base32 (five bits a character), read case-insensitively: Message-IDs and addresses sign 80 bits, subjects 40.
"""

from __future__ import annotations

import re
import secrets

from careline.kit.keys import KeyRing

SIGNED_LENGTH = 16
SUBJECT_LENGTH = 8
LOCAL_PART_LIMIT = 64
"""RFC 5321 4.5.3.1.1"""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MESSAGE_ID = re.compile(r"<?c\.([0-9a-z]{1,12})\.([a-z2-7]{10})\.([a-z2-7]{16})@[^@>\s]+>?", re.ASCII)
_LOCAL_PART = re.compile(r"[+-]c([0-9]{1,18})\.([a-z2-7]{16})$", re.ASCII)
_SUBJECT = re.compile(r"\[#([0-9]{1,18})-([a-z2-7]{8})\]", re.ASCII)


def message_id_for(key: int, *, domain: str, ring: KeyRing) -> str:
    """`<c.{key in base 36}.{random}.{signature}@{domain}>`; every call makes another one."""
    named = f"{_in_base36(key)}.{_random()}"
    return f"<c.{named}.{ring.sign('message-id', named.encode(), length=SIGNED_LENGTH)}@{domain}>"


def message_key_of(message_id: str, *, ring: KeyRing) -> int | None:
    """The key that `message_id_for` was given; None where the Message-ID is not ours. Its domain is not looked at."""
    found = _MESSAGE_ID.fullmatch(message_id.strip().lower())
    if not found:
        return None
    key36, random, signature = found.groups()
    return int(key36, 36) if ring.is_signed("message-id", f"{key36}.{random}".encode(), signature) else None


def reply_address(mailbox: str, case: int, *, ring: KeyRing) -> str:
    """`support+c12.{signature}@…`, or the mailbox as it is where that would be longer than a local part may be."""
    local, _, domain = mailbox.rpartition("@")
    signed = f"{local}+c{case}.{ring.sign('reply-address', str(case).encode(), length=SIGNED_LENGTH)}"
    return f"{signed}@{domain}" if len(signed.encode()) <= LOCAL_PART_LIMIT else mailbox


def case_of_address(address: str, *, ring: KeyRing) -> int | None:
    local, _, _ = address.strip().strip("<>").lower().rpartition("@")
    return _signed_case(_LOCAL_PART.findall(local), purpose="reply-address", ring=ring)


def subject_token(case: int, *, ring: KeyRing) -> str:
    """`[#123-k7x2mq4p]`"""
    return f"[#{case}-{ring.sign('subject', str(case).encode(), length=SUBJECT_LENGTH)}]"


def case_of_subject(subject: str, *, ring: KeyRing) -> int | None:
    """The first mark that is truly ours; forged and foreign ones are passed over."""
    return _signed_case(_SUBJECT.findall(subject.lower()), purpose="subject", ring=ring)


def _signed_case(found: list[tuple[str, str]], *, purpose: str, ring: KeyRing) -> int | None:
    for case, signature in found:
        if ring.is_signed(purpose, case.encode(), signature):
            return int(case)
    return None


def _random() -> str:
    """Ten characters of the same alphabet, 50 bits."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(10))


def _in_base36(number: int) -> str:
    if number < 0:
        raise ValueError("a key is never negative")
    written = ""
    while True:
        number, rest = divmod(number, 36)
        written = _DIGITS[rest] + written
        if not number:
            return written
