"""Telephone numbers as the people of a country write them, in the form in which all countries know them (E.164, ITU-T)."""

from __future__ import annotations

from functools import cache

from babel.core import get_global


def in_e164(digits: str, *, region: str) -> str:
    """+ and the country's code before it, without the zero of long distance; as it was where that makes no number that can be called.

    `digits`: with + where it is international. `region`: two letters, whose numbers those without + are; empty: not known.
    """
    import phonenumbers  # its tables take their time: only whoever keeps or looks for a number waits for them

    try:
        read = phonenumbers.parse(digits, region or None)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_valid_number(read):
        return digits
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))


@cache
def region_of(zone: str) -> str:
    """The country that a time zone lies in, as two letters; empty where it lies in none, as UTC."""
    found = str(get_global("zone_territories").get(zone, ""))
    return found if found.isalpha() and found != "ZZ" else ""
