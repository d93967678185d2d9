"""What a stranger's address may reach: the public internet, never a machine of ours."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from careline.kit.outgoing_http import Refused, check_url, fetch, is_public

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
    "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
    "::7f00:1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "fec0::1", "192.88.99.1", "192.0.0.8", "3fff::1",
]  # fmt: skip


class Peer(BaseHTTPRequestHandler):
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def do_GET(self):
        status, headers, body = self.answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def peer():
    with ThreadingHTTPServer(("127.0.0.1", 0), Peer) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetched(url, **more):
    return fetch(url, most_bytes=100, media_types={"image/png"}, **more)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_our_own_network_is_not_public(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address) is True


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1"])
def test_a_machine_of_ours_is_refused_however_it_is_written(host):
    with pytest.raises(Refused, match=r"private network|could not be fetched"):
        fetched(f"http://{host}/a.png")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/a", "http://", "javascript:alert(1)", "http://[", "//x"]
)
def test_only_web_addresses_are_fetched(url):
    with pytest.raises(Refused):
        fetched(url)


@pytest.mark.parametrize(
    "url", ["http://a..b/a.png", f"http://{'a' * 70}.example/a.png", "http://\ud800.example/a.png"]
)
def test_a_name_that_no_machine_can_have_is_no_address(url):
    with pytest.raises(Refused, match="It is no address"):
        fetched(url)


def test_letters_beyond_ascii_are_asked_for_as_the_rules_of_addresses_say(peer):
    assert check_url("https://m\u00fcller.example:443/gr\u00fc\u00dfe a?q=\u00e4&b=%20#x", any_port=False) == (
        "https://xn--mller-kva.example:443/gr%C3%BC%C3%9Fe%20a?q=%C3%A4&b=%20"
    )
    Peer.answers = {"/%C3%A4.png": (200, {"Content-Type": "image/png"}, b"picture")}
    assert fetched(f"{peer}/\u00e4.png", private=True).content == b"picture"
    with pytest.raises(Refused, match="private network"):
        fetched("http://\uff11\uff12\uff17.0.0.1/a.png")


def test_a_redirect_to_no_address_is_refused(peer):
    Peer.answers = {"/a.png": (302, {"Location": "http://["}, b"")}
    with pytest.raises(Refused, match="It is no address"):
        fetched(f"{peer}/a.png", private=True)


def test_unusual_ports_and_users_in_the_address_are_refused():
    with pytest.raises(Refused, match="usual ports"):
        fetched("http://example.com:25/a.png")
    with pytest.raises(Refused, match="user in it"):
        fetched("http://me:secret@example.com/a.png")


def test_fetches_an_image(peer):
    Peer.answers = {"/a.png": (200, {"Content-Type": "image/PNG; x=1"}, b"picture")}
    got = fetched(f"{peer}/a.png", private=True)
    assert (got.media_type, got.content) == ("image/png", b"picture")


def test_a_redirect_is_followed_and_one_without_end_is_not(peer):
    Peer.answers = {
        "/old.png": (302, {"Location": "/a.png"}, b""),
        "/a.png": (200, {"Content-Type": "image/png"}, b"picture"),
        "/round.png": (302, {"Location": "/round.png"}, b""),
        "/out": (302, {"Location": "file:///etc/passwd"}, b""),
    }
    assert fetched(f"{peer}/old.png", private=True).content == b"picture"
    with pytest.raises(Refused, match="without end"):
        fetched(f"{peer}/round.png", private=True)
    with pytest.raises(Refused, match="Only http"):
        fetched(f"{peer}/out", private=True)


def test_what_is_too_large_or_no_image_is_refused(peer):
    Peer.answers = {
        "/large.png": (200, {"Content-Type": "image/png"}, b"x" * 101),
        "/page": (200, {"Content-Type": "text/html"}, b"<script>"),
        "/gone.png": (404, {"Content-Type": "image/png"}, b""),
    }
    for path, sentence in (("/large.png", "too large"), ("/page", "not of a kind"), ("/gone.png", "answered 404")):
        with pytest.raises(Refused, match=sentence):
            fetched(peer + path, private=True)


def test_who_answers_drop_by_drop_is_not_waited_for():
    """Each single read is quick enough; all of it together is not."""
    gone = threading.Event()

    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            while not gone.wait(0.05):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Dripping) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        began = time.monotonic()
        try:
            with pytest.raises(Refused, match="could not be fetched"):
                fetch(
                    f"http://127.0.0.1:{server.server_port}/a.png",
                    most_bytes=100_000,
                    media_types={"image/png"},
                    seconds=0.5,
                    private=True,
                )
        finally:
            gone.set()
            server.shutdown()
    assert time.monotonic() - began < 5
