"""The widget alone, on pages and networks that do it no good; the server it talks with is told what to do (chat_fake.py)."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chat_fake import FakeChat, chat_server, shop, until
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
# Tests look inside; for everybody else it stays closed, which one of them checks.
OPEN = """const real = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return real.call(this, { ...how, mode: "open" }); };"""
HOSTILE = """if (window === top) {
  const broken = () => { throw new Error("of the page"); };
  for (const name of ["fetch", "setTimeout", "clearTimeout", "XMLHttpRequest", "Map", "AbortController", "TextDecoder", "URL", "FormData"])
    window[name] = broken;
  window.JSON = { parse: broken, stringify: broken };
  document.createElement = document.createElementNS = broken;
  Object.defineProperty(window, "localStorage", { get: broken });
  Array.prototype.toJSON = String.prototype.toJSON = () => "bad";
  Object.prototype.evil = "x";
  const frozen = [Object, Array, Function, String, Number, RegExp, Date, Error, Promise, Element, Node, HTMLElement, Document, EventTarget, Event];
  for (const one of frozen) Object.freeze(one.prototype);
  document.addEventListener("keydown", (event) => { document.title += "!"; event.preventDefault(); });
}"""
STRICT = (
    "default-src 'none'; script-src CHAT; connect-src CHAT; require-trusted-types-for 'script'; trusted-types 'none'"
)
LOUD = """<style>* { color: red !important; display: none !important; font-size: 3px !important; --brand-fill: red !important;
transform: scale(.1) !important } html, body { display: block !important; transform: none !important }</style>"""
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[FakeChat, str]]:
    with chat_server() as running:
        yield running


@pytest.fixture
def chat(server: tuple[FakeChat, str]) -> FakeChat:
    chat = server[0]
    fresh = FakeChat()
    fresh.told, fresh.events = chat.told, chat.events
    chat.__dict__.update(fresh.__dict__)
    return chat


@pytest.fixture
def visit(server: tuple[FakeChat, str], chromium: Browser) -> Iterator[Visit]:
    """Somebody on a shop's page of another origin."""
    open_ones: list[BrowserContext] = []
    shops = []

    def at(script: str = OPEN, *, screen: dict[str, object] | None = None, **page: object) -> Page:
        place = shop(server[1], **page)  # type: ignore[arg-type]
        shops.append(place)
        context = chromium.new_context(**(screen or {}))  # type: ignore[arg-type]
        context.set_default_timeout(5_000)
        context.add_init_script(script)
        open_ones.append(context)
        guest = context.new_page()
        guest.goto(place.__enter__())
        return guest

    yield at
    for context in open_ones:
        context.close()
    for place in shops:
        place.__exit__(None, None, None)


def begin(guest: Page, text: str = "Where is my parcel?") -> None:
    guest.locator(".launch").click()
    guest.get_by_label("Your name").fill("Carol")
    guest.get_by_label("Your message").fill(text)
    guest.get_by_role("button", name="Start the chat").click()


def write(guest: Page, text: str) -> None:
    guest.get_by_label("Write a message").fill(text)
    guest.keyboard.press("Enter")


def test_works_once_on_a_page_that_breaks_what_it_finds(chat: FakeChat, visit: Visit) -> None:
    guest = visit(OPEN + HOSTILE, policy=STRICT, scripts=2)
    begin(guest)
    expect(guest.locator(".message.mine:not(.pending)")).to_have_count(1)
    chat.says(
        "",
        html='<p>It is <b>on its way</b><img src=x onerror="alert(1)"><script>alert(2)</script><a href="javascript:alert(3)">here</a></p>',
    )
    chat.state = "open"
    answer = guest.locator(".message.theirs .words")
    expect(answer).to_have_text("It is on its wayhere")
    assert [answer.locator(tag).count() for tag in ("b", "img", "script", "a")] == [1, 0, 0, 0]
    guest.get_by_label("Write a message").press_sequentially("ok")
    guest.keyboard.press("Enter")
    until(lambda: chat.said() == ["Where is my parcel?", "ok"])
    assert (guest.locator("careline-chat").count(), guest.title()) == (1, "Shop")


def test_what_is_written_while_the_network_is_lost_arrives_once_and_in_order(chat: FakeChat, visit: Visit) -> None:
    guest = visit()
    begin(guest, "1")
    until(lambda: chat.said() == ["1"])
    chat.loses = 2  # taken, but the answer never comes; a browser tries once more by itself
    write(guest, "2")
    until(lambda: chat.said() == ["1", "2"] and not chat.loses)
    chat.breaks = True
    for text in "345":
        write(guest, text)
    expect(guest.locator(".notice.lost")).to_be_visible()
    guest.reload()  # the page itself is there, of another server
    chat.breaks = False
    guest.reload()
    until(lambda: chat.said() == list("12345"))
    expect(guest.locator(".message.mine .bubble")).to_have_text(list("12345"))
    expect(guest.locator(".message.pending")).to_have_count(0)


def test_who_signs_out_of_the_site_leaves_nothing_of_the_talk_behind(chat: FakeChat, visit: Visit) -> None:
    guest = visit()
    begin(guest)
    until(lambda: chat.said() == ["Where is my parcel?"])
    ours = "Object.keys(localStorage).filter((name) => name.startsWith('careline.')).length"
    assert guest.evaluate(ours) > 0
    guest.evaluate("document.querySelector('careline-chat').forget()")
    assert (guest.locator("careline-chat").count(), guest.evaluate(ours)) == (0, 0)
    with guest.expect_request(lambda asked: asked.url.endswith("/visits")) as visit_of_the_next:
        guest.reload()
        guest.locator(".launch").click()
    assert "visitor" not in (visit_of_the_next.value.post_data_json or {})


def test_files_come_by_picker_drop_and_paste_and_the_talk_goes_by_mail(chat: FakeChat, visit: Visit) -> None:
    guest = visit()
    begin(guest)
    until(lambda: chat.said() == ["Where is my parcel?"])
    guest.locator(".writing input[type=file]").set_input_files(
        [{"name": "chosen.txt", "mimeType": "text/plain", "buffer": b"1"}]
    )
    guest.locator(".panel").evaluate(
        """place => { const data = new DataTransfer();
        data.items.add(new File(["2"], "dropped.txt", { type: "text/plain" }));
        for (const kind of ["dragover", "drop"])
          place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    )
    guest.get_by_label("Write a message").evaluate(
        """place => { const data = new DataTransfer();
        data.items.add(new File(["3"], "pasted.png", { type: "image/png" }));
        place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    expect(guest.locator(".uploads li.there")).to_have_text(["chosen.txt", "dropped.txt", "pasted.png"])
    write(guest, "Here they are.")
    until(lambda: chat.said() == ["Where is my parcel?", "Here they are."])
    assert [body["files"] for _how, place, body in chat.heard if place == "thread/messages"] == [["f1", "f2", "f3"]]

    chat.state = "ended"
    chat.tells("state")
    guest.locator(".ending").get_by_role("button", name="Send me the conversation by mail").click()
    form = guest.locator(".ending form.transcript")
    form.get_by_label("Mail address").fill("carol")
    form.get_by_role("button", name="Send").click()
    form.get_by_label("Mail address").fill("carol@example.com")
    form.get_by_role("button", name="Send").click()
    expect(guest.locator(".thanks", has_text="It is on its way to carol@example.com.")).to_be_visible()
    assert [body for _how, place, body in chat.heard if place == "thread/transcript"] == [{"mail": "carol@example.com"}]


@pytest.mark.full
def test_a_refused_message_says_why_and_stands_in_nobodys_way(chat: FakeChat, visit: Visit) -> None:
    guest = visit()
    begin(guest)
    chat.refusal = "That was too much at once."
    write(guest, "too much")
    expect(guest.locator(".mark.wrong")).to_contain_text("Not sent: That was too much at once.")
    chat.refusal = None
    write(guest, "less")
    until(lambda: chat.said() == ["Where is my parcel?", "less"])
    guest.get_by_role("button", name="Discard").click()
    expect(guest.locator(".message.mine .bubble")).to_have_text(["Where is my parcel?", "less"])


@pytest.mark.full
def test_styles_of_the_page_end_at_its_edge_and_its_inside_is_closed(chat: FakeChat, visit: Visit) -> None:
    open_one, closed_one = visit(head=LOUD), visit("")
    open_one.locator(".launch").click()
    look = "one => [getComputedStyle(one).color, getComputedStyle(one).fontSize, one.offsetWidth]"
    assert open_one.locator("h2").evaluate(look)[:2] == ["rgb(255, 255, 255)", "16px"]
    assert open_one.locator(".launch").evaluate(look)[2] == 56
    closed_one.locator("careline-chat").wait_for(state="attached")
    assert closed_one.evaluate("document.querySelector('careline-chat').shadowRoot") is None


@pytest.mark.full
def test_who_was_invited_and_did_not_want_to_is_not_asked_again(chat: FakeChat, visit: Visit) -> None:
    chat.site["invitations"] = [{"id": "7", "after_seconds": 0, "path_contains": "/", "text": "Can we help?"}]
    guest = visit()
    expect(guest.locator(".invite")).to_contain_text("Can we help?")
    guest.get_by_role("button", name="Dismiss").click()
    guest.reload()
    guest.locator(".launch").wait_for()
    guest.wait_for_timeout(150)
    expect(guest.locator(".invite")).to_be_hidden()


@pytest.mark.full
def test_thirty_seconds_without_a_network_lose_and_double_nothing(chat: FakeChat, visit: Visit) -> None:
    guest = visit()
    begin(guest, "0")
    until(lambda: chat.said() == ["0"])
    chat.breaks = True
    for n in range(1, 16):
        write(guest, str(n))
        guest.wait_for_timeout(2_000)
    chat.loses = 3
    chat.breaks = False
    chat.says("Are you still there?")
    until(lambda: chat.said() == [str(n) for n in range(16)], 60)
    expect(guest.locator(".message.mine .bubble")).to_have_text([str(n) for n in range(16)], timeout=60_000)
    expect(guest.locator(".message.theirs .bubble")).to_have_text(["Are you still there?"])


@pytest.mark.full
@pytest.mark.parametrize(
    ("width", "theme", "language"), list(itertools.product((1440, 320), ("light", "dark"), ("en", "ar")))
)
def test_nothing_stands_in_the_way_and_nothing_sticks_out(
    chat: FakeChat, visit: Visit, width: int, theme: str, language: str
) -> None:
    screen = {
        "viewport": {"width": width, "height": 640},
        "color_scheme": theme,
        "reduced_motion": "reduce",
        "locale": language,
    }
    chat.site["colour"] = "#f5d90a"  # a brand's yellow, on which white is not read
    guest = visit(OPEN, screen=screen, head=f"<script>document.documentElement.lang = '{language}'</script>")
    guest.locator(".launch").click()
    assert faults(guest, within="careline-chat") == []
    guest.locator(".start input").first.fill("Carol")
    guest.locator(".start textarea").fill("Hello")
    guest.locator(".start .main").click()
    chat.says("Hello, Carol.")
    chat.state = "ended"
    chat.tells("state")
    guest.locator(".stars label").nth(3).click()
    assert faults(guest, within="careline-chat") == []
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    edge = guest.locator(".panel").evaluate(
        "one => [one.getBoundingClientRect().left >= 0, one.getBoundingClientRect().right <= innerWidth]"
    )
    assert edge == [True, True]
