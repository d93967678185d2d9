"""In which form addresses are kept, and when two are likely one person's."""

import pytest

from careline.domain.customers.rules.addresses import Unreachable, likeness_of, other_address, phone_number
from careline.kit.telephone import region_of


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("+49 30 123456", "+4930123456"),
        ("0049 (0)30 / 123-456", "+4930123456"),
        ("(+44) 20 7946 0018", "+442079460018"),
        ("030 123456", "030123456"),
        ("tel:+4930123456", "+4930123456"),
        ("+1 555 0100 ext. 12", "+15550100x12"),
        ("٠٣٠١٢٣٤٥٦", "030123456"),
        ("110", "110"),
        ("＋49 30 1", "+49301"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_written(words: str, kept: str) -> None:
    assert phone_number(words) == kept
    assert phone_number(kept) == kept


@pytest.mark.parametrize(
    ("words", "region", "kept"),
    [
        ("030 / 12 34 56", "DE", "+4930123456"),
        ("+49 030 123456", "", "+4930123456"),
        ("0049 30 123456", "FR", "+4930123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("(020) 7946 0018 ext 5", "GB", "+442079460018x5"),
        ("110", "DE", "110"),
        ("12345", "", "12345"),
        ("030 123456", "ZZ", "030123456"),
    ],
)
def test_a_number_without_a_country_is_called_where_the_company_lies(words: str, region: str, kept: str) -> None:
    assert phone_number(words, region=region) == kept
    assert phone_number(kept, region=region) == kept


def test_the_country_is_that_of_the_time_zone() -> None:
    zones = ("Europe/Berlin", "Asia/Kolkata", "UTC", "Etc/UTC", "Nowhere/Land", "")
    assert [region_of(zone) for zone in zones] == ["DE", "IN", "", "", "", ""]


@pytest.mark.parametrize("words", ["", "call me", "12", "+1234567890123456", "030 12a456"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(Unreachable):
        phone_number(words)


def test_other_addresses_keep_their_words() -> None:
    assert other_address("  @carol \n jensen ") == "@carol jensen"
    for words in (" ", "a" * 501):
        with pytest.raises(Unreachable):
            other_address(words)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("carol@example.com", "carol+shop@example.com", True),
        ("carol@example.com", "Carol@mail.example.org", True),
        ("carol@example.co.uk", "carol@example.com", True),
        ("carol@gmail.com", "carol@googlemail.com", True),
        ("carol@example.com", "dora@example.com", False),
        ("carol@example.com", "carol@northwind.example", False),
        ("info@example.com", "info@example.org", False),
    ],
)
def test_mailboxes_of_one_person_look_alike(one: str, other: str, alike: bool) -> None:
    first, second = likeness_of("email", one), likeness_of("email", other)
    assert (first == second and first != "") is alike


def test_numbers_look_alike_whatever_their_kind() -> None:
    assert likeness_of("phone", "+4930123456789") == likeness_of("whatsapp", "030123456789") == "tel:123456789"
    assert likeness_of("phone", "110") == likeness_of("letter", "Quayside 4") == ""
