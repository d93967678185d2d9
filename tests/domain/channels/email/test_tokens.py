from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.domain.channels.email import tokens
from careline.kit.keys import KeyRing

RING = KeyRing.load(Path(), "front-desk-of-northwind-bikes")
STRANGER = KeyRing.load(Path(), "somebody-else-s-secret-words")
NUMBERS = st.integers(min_value=0, max_value=2**59)


@given(NUMBERS)
def test_our_message_id_tells_its_key(key: int):
    made = tokens.message_id_for(key, domain="northwind.example", ring=RING)
    assert made.startswith("<c.") and made.endswith("@northwind.example>")
    assert tokens.message_key_of(made, ring=RING) == key
    assert tokens.message_key_of(made.strip("<>").upper(), ring=RING) == key
    assert tokens.message_key_of(made, ring=STRANGER) is None


def test_two_message_ids_of_one_message_differ():
    made = [tokens.message_id_for(7, domain="northwind.example", ring=RING) for _ in range(2)]
    assert made[0] != made[1]


def test_a_message_id_is_known_by_its_signature_and_not_by_its_looks():
    made = tokens.message_id_for(35, domain="northwind.example", ring=RING)
    assert tokens.message_key_of(made.replace("<c.z.", "<c.y."), ring=RING) is None
    for other in ("", "<>", "<c.1.aaaaaaaaaa.aaaaaaaaaaaaaaaa@northwind.example>", "<20261122@mail.example.com>"):
        assert tokens.message_key_of(other, ring=RING) is None


@given(NUMBERS, st.sampled_from([str.lower, str.upper, str.title]))
def test_the_reply_address_tells_its_case_in_any_letters(case: int, written):
    address = tokens.reply_address("support@northwind.example", case, ring=RING)
    assert tokens.case_of_address(written(address), ring=RING) == case
    assert tokens.case_of_address(f"<{address}>", ring=RING) == case
    assert tokens.case_of_address(address, ring=STRANGER) is None
    assert len(address.rpartition("@")[0]) <= 64


def test_the_reply_address_keeps_the_mailbox_in_front():
    address = tokens.reply_address("support+eu@northwind.example", 12, ring=RING)
    assert address.startswith("support+eu+c12.") and address.endswith("@northwind.example")
    assert tokens.case_of_address(address, ring=RING) == 12


def test_a_mailbox_too_long_for_a_token_stays_as_it_is():
    mailbox = "a" * 60 + "@northwind.example"
    assert tokens.reply_address(mailbox, 12, ring=RING) == mailbox


def test_a_changed_case_number_is_no_token():
    address = tokens.reply_address("support@northwind.example", 12, ring=RING)
    assert tokens.case_of_address(address.replace("+c12.", "+c13."), ring=RING) is None
    assert tokens.case_of_address(address.replace("+c12.", "+c012."), ring=RING) is None
    assert tokens.case_of_address("support@northwind.example", ring=RING) is None


@given(NUMBERS, st.text(max_size=30), st.text(max_size=30))
def test_the_subject_mark_is_found_anywhere_in_a_subject(case: int, before: str, after: str):
    mark = tokens.subject_token(case, ring=RING)
    assert tokens.case_of_subject(before + mark + after, ring=RING) == case
    assert tokens.case_of_subject(mark.upper(), ring=RING) == case
    assert tokens.case_of_subject(mark, ring=STRANGER) is None


def test_a_forged_subject_mark_does_not_hide_a_true_one():
    mark = tokens.subject_token(12, ring=RING)
    assert tokens.case_of_subject(f"Re: [#13-aaaaaaaa] {mark}", ring=RING) == 12
    assert tokens.case_of_subject("Re: [#12] and [#13-aaaaaaaa]", ring=RING) is None


def test_a_subject_mark_is_no_part_of_an_address_token():
    address = tokens.reply_address("support@northwind.example", 12, ring=RING)
    assert tokens.case_of_subject(f"[#12-{address.split('.')[1][:8]}]", ring=RING) is None


def test_a_negative_key_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        tokens.message_id_for(-1, domain="northwind.example", ring=RING)
