import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import pytest

from careline.domain.channels.email.oauth import OAuthToken, TokenRefused, xoauth2


class TokenServer:
    def __init__(self):
        self.asked, self.answers = [], []
        owner = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                owner.asked.append(dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())))
                status, body = owner.answers.pop(0)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/token"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def tokens():
    running = TokenServer()
    yield running
    running.server.shutdown()
    running.server.server_close()


def source(tokens, **more):
    given = {"client_id": "desk", "client_secret": "c0nf", "refresh_token": "r1", "scope": "mail"} | more
    return OAuthToken(tokens.url, **given)


def test_a_token_is_fetched_once_and_used_until_shortly_before_its_end(tokens):
    tokens.answers = [(200, {"access_token": "a1", "expires_in": 3600})]
    token = source(tokens)
    assert [token.token(), token.token()] == ["a1", "a1"]
    assert tokens.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "r1",
            "client_id": "desk",
            "client_secret": "c0nf",
            "scope": "mail",
        }
    ]


def test_a_token_that_is_about_to_end_or_was_refused_is_fetched_anew(tokens):
    tokens.answers = [
        (200, {"access_token": name, "expires_in": left}) for name, left in (("a1", 60), ("a2", "3600"), ("a3", 1))
    ]
    token = source(tokens)
    found = [token.token(), token.token()]
    token.forget()
    assert [*found, token.token()] == ["a1", "a2", "a3"]


def test_a_new_refresh_token_is_told_and_used(tokens):
    tokens.answers = [(200, {"access_token": "a1", "expires_in": 0, "refresh_token": "r2"})] * 2
    told = []
    token = source(tokens, on_refresh=told.append)
    token.token()
    token.token()
    assert (told, [asked["refresh_token"] for asked in tokens.asked]) == (["r2"], ["r1", "r2"])


def test_without_a_refresh_token_the_client_speaks_for_itself(tokens):
    tokens.answers = [(200, {"access_token": "a1"})]
    assert source(tokens, refresh_token="").token() == "a1"
    assert tokens.asked[0]["grant_type"] == "client_credentials"


@pytest.mark.parametrize(
    ("answer", "words", "permanent"),
    [
        ((400, {"error": "invalid_grant", "error_description": "Token expired"}), "invalid_grant Token expired", True),
        ((500, {"oops": 1}), "answered 500 without a token", False),
        ((200, b"<html>"), "No token from", False),
        ((200, []), "answered 200 without a token", False),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(tokens, answer, words, permanent):
    tokens.answers = [answer]
    with pytest.raises(TokenRefused, match=words) as refusal:
        source(tokens).token()
    assert refusal.value.permanent is permanent


def test_a_server_that_is_not_there_is_told(tokens):
    token = OAuthToken("http://127.0.0.1:1/token", "desk")
    with pytest.raises(TokenRefused) as refusal:
        token.token()
    assert (refusal.value.permanent, "No token from" in str(refusal.value)) == (False, True)


def test_secrets_never_stand_in_a_repr(tokens):
    assert "c0nf" not in repr(source(tokens))
    assert "r1" not in repr(source(tokens))


def test_the_sasl_message_has_the_form_servers_know():
    assert xoauth2("carol@example.com", "t0k") == "user=carol@example.com\x01auth=Bearer t0k\x01\x01"
