import pytest

from careline.domain.channels.email.mime.identifiers import LONGEST, read_message_id, read_message_ids, read_references


@pytest.mark.parametrize(
    "written", ["<a@example.com>", "a@example.com", " < a@example.com > ", "<a@example.com> <b@example.com>"]
)
def test_writes_an_id_with_its_brackets_whatever_was_sent(written):
    assert read_message_id(written) == "<a@example.com>"


def test_has_no_id_where_there_is_none():
    assert (read_message_id(""), read_message_id("<>")) == ("", "")


def test_an_absurdly_long_id_is_cut_but_never_the_same_as_another():
    one, two = read_message_id(f"<{'a' * 5000}1@example.com>"), read_message_id(f"<{'a' * 5000}2@example.com>")
    assert (len(one), len(two)) == (LONGEST, LONGEST)
    assert one != two


def test_references_keep_their_order_each_once_without_the_mail_itself():
    assert read_references("<1@x>\t<2@x>,<1@x> <own@x>", own="<own@x>") == ["<1@x>", "<2@x>"]


def test_of_too_many_references_the_newest_hundred_are_kept():
    written = " ".join(f"<{number}@x>" for number in range(500))
    assert read_references(written, own="") == [f"<{number}@x>" for number in range(400, 500)]


def test_an_in_reply_to_in_words_names_the_mail_it_means():
    assert read_message_ids('Your message of "Sunday" a@example.com') == ["<a@example.com>"]
