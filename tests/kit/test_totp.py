"""Codes by the clock, against the values that RFC 6238 itself gives."""

from datetime import UTC, datetime, timedelta

import pytest

from careline.kit.totp import app_address, code_at, matching_step, spelled, step_at

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"), (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert code_at(RFC_SECRET, step_at(moment), digits=8) == code


def test_a_code_is_good_half_a_minute_off_and_once() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    code, step = code_at(RFC_SECRET, step_at(noon)), step_at(noon)
    assert matching_step(RFC_SECRET, code, at=noon, after=0) == step
    assert matching_step(RFC_SECRET, code, at=noon + timedelta(seconds=40), after=0) == step
    assert matching_step(RFC_SECRET, code, at=noon + timedelta(seconds=90), after=0) is None
    assert matching_step(RFC_SECRET, code, at=noon, after=step) is None


@pytest.mark.parametrize("nonsense", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000000\0"])
def test_nonsense_is_no_code(nonsense: str) -> None:
    assert matching_step(RFC_SECRET, nonsense, at=datetime(2026, 11, 22, tzinfo=UTC), after=0) is None


def test_an_app_is_told_account_and_key() -> None:
    address = app_address(RFC_SECRET, account="ada@northwind.example", issuer="Careline")
    assert address.startswith("otpauth://totp/Careline%3Aada%40northwind.example?secret=")
    assert spelled(RFC_SECRET) in address
