"""The same mail again, and mails that only look the same."""

from datetime import timedelta

from careline.flows.take_in import take_in
from tests.stories.desk import BILLING, CAROL, DAN, LATER, SUPPORT, Desk, all_at_once, mail

NAMED = "<same@mail.example>"


def test_the_same_mail_eight_times_at_once_makes_one_case(busy_desk: Desk) -> None:
    house = busy_desk.house
    arrivals = [busy_desk.arrival(mail(named=NAMED)) for _ in range(8)]
    acts = [lambda arrival=arrival: take_in([arrival], house=house, at=LATER) for arrival in arrivals]
    results = all_at_once(*acts)
    assert sorted(received.outcome for (received,) in results) == ["duplicate"] * 7 + ["opened"]
    assert len({received.number for (received,) in results}) == 1
    assert (busy_desk.open_cases(), busy_desk.cases_by_mail().popitem()[1]) == (1, {NAMED})


def test_eight_first_mails_of_one_person_at_once_make_one_customer(busy_desk: Desk) -> None:
    house = busy_desk.house
    arrivals = [busy_desk.arrival(mail(DAN, named=f"<{n}@mail.example>", text=f"Mail {n}.")) for n in range(8)]
    results = all_at_once(*(lambda arrival=arrival: take_in([arrival], house=house, at=LATER) for arrival in arrivals))
    assert [received.outcome for (received,) in results] == ["opened"] * 8
    assert len({busy_desk.case(received.number).customer_id for (received,) in results}) == 1


def test_the_same_name_from_another_sender_is_not_swallowed(desk: Desk) -> None:
    first = desk.comes(mail(CAROL, named=NAMED))
    other = desk.comes(mail(DAN, named=NAMED))
    assert (other.outcome, other.number == first.number) == ("opened", False)
    assert [said.is_doubtful for said in desk.said_in(other.number)] == [True]
    assert [said.is_doubtful for said in desk.said_in(first.number)] == [False]


def test_the_same_name_with_other_words_is_a_message_of_its_own(desk: Desk) -> None:
    first = desk.comes(mail(named=NAMED))
    other = desk.comes(mail(named=NAMED, text="Something else altogether."))
    assert (other.outcome, other.number) == ("joined", first.number)
    assert [said.is_doubtful for said in desk.said_in(first.number)] == [False, True]


def test_the_same_mail_to_two_mailboxes_is_one_case_that_shows_both(desk: Desk) -> None:
    billing = desk.add_mailbox(BILLING)
    raw = mail(named=NAMED, to=[SUPPORT, BILLING])
    first = desk.comes(raw, to=[SUPPORT])
    again = desk.comes(b"Received: by another way\r\n" + raw, to=[BILLING])
    assert (again.outcome, again.number) == ("duplicate", first.number)
    assert desk.case(first.number).channel_ids == [desk.world.mailbox.id, billing]
    assert desk.case(first.number).message_count == 1


def test_without_a_name_a_double_counts_for_seven_days(desk: Desk) -> None:
    raw = mail()
    first = desk.comes(raw)
    soon = desk.comes(raw, at=LATER + timedelta(days=6, hours=23))
    late = desk.comes(raw, at=LATER + timedelta(days=7, hours=1))
    assert (first.outcome, soon.outcome, late.outcome) == ("opened", "duplicate", "opened")
    assert soon.number == first.number != late.number


def test_the_same_arrival_read_twice_doubles_nothing(desk: Desk) -> None:
    arrival = desk.arrival(mail(named=NAMED))
    first = take_in([arrival], house=desk.house, at=LATER)
    again = take_in([arrival], house=desk.house, at=LATER)
    assert ([each.outcome for each in first], again) == (["opened"], [None])
