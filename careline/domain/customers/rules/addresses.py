"""Addresses: in which form a kind keeps them, and when two are likely one person's."""

from __future__ import annotations

import re
import unicodedata

from careline.kit.telephone import in_e164

PHONE_KINDS = ("phone", "mobile", "sms", "whatsapp", "fax")
LONGEST = 500
_LOOKS_LIKE_PHONE = re.compile(r"[(\s]*\+?[\d\s().\-/\u2010-\u2015]+(?:(?:;ext=|ext\.?|x)\s*\d{1,8})?", re.I)
_EXTENSION = re.compile(r"(?:;ext=|ext\.?|x)\s*(\d{1,8})\s*\Z", re.I)
_LONGEST_PHONE = 60
_DIGITS_OF_E164 = 15
_FEWEST_DIGITS = 3
_LIKE_DIGITS = 9
_SECOND_LEVELS = frozenset(("ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"))
_SHARED = frozenset(
    (
        "abuse", "accounting", "accounts", "admin", "billing", "bookings", "buchhaltung", "contact", "contacto", "einkauf", "hello",
        "help", "hr", "info", "invoice", "invoices", "it", "jobs", "kontakt", "mail", "marketing", "news", "newsletter", "no-reply",
        "noreply", "office", "orders", "postmaster", "press", "root", "sales", "service", "shop", "support", "team", "verkauf", "webmaster",
    )
)  # fmt: skip


class Unreachable(ValueError):
    """Not an address of its kind; the text is one sentence."""


def phone_number(words: str, *, region: str = "") -> str:
    """A telephone number as it is kept: + and up to 15 digits (E.164), also where it is written as within `region`; else its digits alone.

    `00` at the start means +, `(0)` after a country's code is left out, an extension stays behind `x`. Raises Unreachable.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    plain = plain[4:] if plain.lower().startswith("tel:") else plain
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    if len(plain) > _LONGEST_PHONE or not _LOOKS_LIKE_PHONE.fullmatch(plain):
        raise Unreachable("This is no telephone number, as in +49 30 123456.")
    extension = _EXTENSION.search(plain)
    plain = plain[: extension.start()] if extension else plain
    digits = re.sub(r"\D", "", plain.replace("(0)", "") if plain.startswith(("+", "00")) else plain)
    is_international = plain.lstrip("( ").startswith(("+", "00"))
    if is_international and not plain.lstrip("( ").startswith("+"):
        digits = digits[2:]
    if not _FEWEST_DIGITS <= len(digits) <= _DIGITS_OF_E164:
        raise Unreachable("A telephone number has 3 to 15 digits.")
    number = in_e164(("+" if is_international else "") + digits, region=region)
    return number + (f"x{extension[1]}" if extension else "")


def phone_forms(words: str, *, region: str) -> list[str]:
    """Under which a number may be kept that was written so: as it is kept now, and as it was before its country was known.
    Raises Unreachable."""
    return list(dict.fromkeys((phone_number(words, region=region), phone_number(words))))


def other_address(words: str) -> str:
    """An address of any other kind: a name on a network, a place of residence. Raises Unreachable."""
    plain = " ".join(words.split())
    if not plain:
        raise Unreachable("The address is empty.")
    if len(plain) > LONGEST or not plain.isprintable():
        raise Unreachable(f"An address has at most {LONGEST} characters, and no control characters.")
    return plain


def likeness_of(kind: str, value: str) -> str:
    """What addresses of one person share, empty where that says nothing.

    For mail: the local part before a + with the domain's own label (carol+shop@mail.example.com, carol@example.org →
    carol@example), never for shared ones such as info@. For telephone numbers of any kind: their last nine digits.
    """
    if kind in PHONE_KINDS:
        digits = re.sub(r"\D", "", value.partition("x")[0])
        return f"tel:{digits[-_LIKE_DIGITS:]}" if len(digits) >= _LIKE_DIGITS else ""
    if kind != "email":
        return ""
    local, _, domain = value.lower().rpartition("@")
    local = local.partition("+")[0]
    if not local or local in _SHARED or len(local) < 3:
        return ""
    return f"{local}@{_own_label(domain)}"


def domain_of(kind: str, value: str) -> str:
    """The domain of a mail address, empty for other kinds."""
    return value.rpartition("@")[2].lower() if kind == "email" else ""


def _own_label(domain: str) -> str:
    labels = domain.split(".")[:-1] or [domain]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels = labels[:-1]
    return "gmail" if labels[-1] == "googlemail" else labels[-1]
