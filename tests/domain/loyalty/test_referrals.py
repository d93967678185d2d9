"""Which referrals are none."""

from __future__ import annotations

from dataclasses import replace

from careline.domain.loyalty.rules.referrals import SENTENCES, Claim, code_from, refusal_of

FAIR = Claim(is_on=True)


def test_a_stranger_who_never_ordered_is_a_referral() -> None:
    assert refusal_of(FAIR) == ""
    assert refusal_of(replace(FAIR, rewarded=11)) == ""


def test_each_abuse_is_refused_with_its_own_code() -> None:
    for code, change in {
        "no_programme": {"is_on": False}, "own_code": {"is_own": True}, "same_person": {"is_same_person": True},
        "same_household": {"is_same_household": True}, "already_referred": {"is_referred": True}, "already_customer": {"orders": 1},
        "too_many": {"rewarded": 12},
    }.items():  # fmt: skip
        assert refusal_of(replace(FAIR, **change)) == code
        assert SENTENCES[code].endswith(".")


def test_a_code_is_read_as_people_type_it() -> None:
    assert code_from(" ab2c-de f9 ") == "AB2CDEF9"
    assert len(code_from("X" * 500)) == 20
