"""What leaves is small, and its length tells nothing."""

import gzip
import re

from django.test import Client

from tests.world import World

ASKS = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def test_a_page_is_compressed_where_the_browser_takes_it(world: World, ada: Client) -> None:
    plain, packed = ada.get("/inbox"), ada.get("/inbox", **ASKS)
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert "Where is my bike?" in gzip.decompress(packed.content).decode()
    assert len(packed.content) * 2 < len(plain.content)
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_the_same_page_is_not_always_as_long(world: World, ada: Client) -> None:
    page = ada.get("/views/all", **ASKS)
    lengths = {len(ada.get("/views/all", **ASKS).content) for _ in range(6)}
    assert len(lengths) > 1
    assert int(page.headers["Content-Length"]) == len(page.content)


def test_a_script_of_ours_is_compressed_and_known_again(db: None) -> None:
    client = Client()
    first = client.get("/static/web/js/list.js", **ASKS)
    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")
    plain = b"".join(client.get("/static/web/js/list.js"))  # type: ignore[call-overload]
    assert gzip.decompress(first.content) == plain
    again = client.get("/static/web/js/list.js", HTTP_IF_MODIFIED_SINCE=first.headers["Last-Modified"], **ASKS)
    assert again.status_code == 304


def test_a_page_asks_for_one_stylesheet_and_one_script_named_by_their_content(world: World, ada: Client) -> None:
    page = ada.get("/inbox").content.decode()
    asked = re.findall(r'"(/static/web/[0-9a-f]{16}\.(?:css|js))"', page)
    assert len(asked) == 2
    for address in asked:
        answer = ada.get(address, **ASKS)
        assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in answer.headers["Cache-Control"]
    assert ada.get(asked[0].replace(asked[0][12:28], "0" * 16)).status_code == 404
