import pytest

from careline.domain.channels.email.route import BadRoute, RouteSettings, route_from


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("smtp://mail.example.com", RouteSettings("mail.example.com", 587, "required")),
        ("smtp://mail.example.com:25?tls=optional", RouteSettings("mail.example.com", 25, "optional")),
        ("smtp://localhost:2525", RouteSettings("localhost", 2525, "optional")),
        ("smtp://[::1]:2525?tls=none", RouteSettings("::1", 2525, "none")),
        (
            "smtps://u%40x.example:p%2F%3A%40@mail.example.com/",
            RouteSettings("mail.example.com", 465, "implicit", True, "u@x.example", "p/:@"),
        ),
        (
            " smtp://mail.example.com?verify=no&timeout=5&answer_timeout=90&helo=desk.example&ca=/etc/ca.pem\n",
            RouteSettings(
                "mail.example.com",
                587,
                "required",
                False,
                timeout=5,
                answer_timeout=90,
                helo="desk.example",
                ca_file="/etc/ca.pem",
            ),
        ),
    ],
)
def test_reads_a_way_out(url, settings):
    assert route_from(url) == settings


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "must begin with smtp://"),
        ("mail.example.com:587", "must begin with smtp://"),
        ("http://mail.example.com", "must begin with smtp://"),
        ("smtp://", "names no server"),
        ("smtp://mail.example.com:mail", "port"),
        ("smtp://mail.example.com:99999", "port"),
        ("smtp://user:pa/ss@mail.example.com", "port"),
        ("smtp://mail.example.com/inbox", "%2F"),
        ("smtp://mail.example.com?tls=maybe", "required, optional or none"),
        ("smtps://mail.example.com?tls=none", "smtps:// always speaks TLS"),
        ("smtp://mail.example.com?verify=perhaps", "yes or no"),
        ("smtp://mail.example.com?timeout=soon", "between 1 and 3600"),
        ("smtp://mail.example.com?speed=9", "does not know 'speed'"),
        ("smtp://[::1", "address"),
    ],
)
def test_says_in_one_sentence_what_is_wrong(url, words):
    with pytest.raises(BadRoute) as refusal:
        route_from(url)
    assert words in str(refusal.value)
