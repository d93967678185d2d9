import pytest

from careline.domain.channels.email.mime.addresses import normalised, read_addresses
from careline.domain.channels.inbound import Party

CAROL = Party("carol@example.com", "Carol")
BEN = Party("ben@northwind.example", "Ben")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Carol <carol@example.com>", [CAROL]),
        ('"Carol" <carol@example.com>', [CAROL]),
        ("carol@example.com (Carol)", [CAROL]),
        ("carol@example.com", [Party("carol@example.com")]),
        ("<carol@example.com>", [Party("carol@example.com")]),
        ("mailto:carol@example.com", [Party("carol@example.com")]),
        ("carol@example.com <carol@example.com>", [Party("carol@example.com")]),
        ("Carol <carol@example.com", [CAROL]),
        ("Carol carol@example.com", [CAROL]),
        ("Carol <carol@example.com>, Ben <ben@northwind.example>", [CAROL, BEN]),
        ("Carol <carol@example.com>; Ben <ben@northwind.example>", [CAROL, BEN]),
        ("Carol <carol@example.com> Ben <ben@northwind.example>", [CAROL, BEN]),
        ('"Doe, Carol" <carol@example.com>', [Party("carol@example.com", "Doe, Carol")]),
        ("Doe, Carol <carol@example.com>", [Party("carol@example.com", "Doe, Carol")]),
        (r'"Carol \"C\" Doe" <carol@example.com>', [Party("carol@example.com", 'Carol "C" Doe')]),
        ("=?utf-8?q?M=C3=BCller=2C_Carol?= <carol@example.com>", [Party("carol@example.com", "Müller, Carol")]),
        ("Friends: Carol <carol@example.com>, Ben <ben@northwind.example>;", [CAROL, BEN]),
        ("undisclosed-recipients:;", []),
        ("Carol <@relay.example,@two.example:carol@example.com>", [CAROL]),
        ("Carol (at home (or not)) <carol@example.com>", [CAROL]),
        ("carol(private)@example.com", [Party("carol@example.com", "private")]),
        ("Carol <carol@EXAMPLE.com.>", [CAROL]),
        ("Carol <carol@münchen.example>", [Party("carol@xn--mnchen-3ya.example", "Carol")]),
        ("Carol <Carol@example.com>", [Party("Carol@example.com", "Carol")]),
        ("", []),
        ("nobody at all", []),
        ("<>", []),
        (",,;:<>()", []),
    ],
)
def test_reads_lists_as_they_are_really_written(written, read):
    assert read_addresses(written) == read


def test_takes_the_last_at_sign_as_the_one_that_counts():
    assert normalised("carol@home@Example.COM") == "carol@home@example.com"


def test_stops_at_a_thousand_addresses():
    assert len(read_addresses("Carol <carol@example.com>, " * 2000)) == 1000
