"""Twenty cases are cleared: by keyboard alone, and by thumb on a phone; and two people in one case do not trip over each other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
Cases = dict[str, dict[str, Any]]
POINTED = """(() => { for (const kind of ["pointerdown", "mousedown", "touchstart"]) addEventListener(kind, (event) => {
    if (event.isTrusted) sessionStorage.pointed = [sessionStorage.pointed ?? "", event.pointerType ?? kind].join(" "); }, true); })()"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
BY_KEYS = {
    "few": {"take": 1, "reply": 1, "note": 1, "tag": 1, "snooze": 1, "merge": 2, "status": 2, "palette": 1},
    "twenty": {"take": 2, "reply": 3, "note": 2, "tag": 2, "snooze": 2, "merge": 4, "status": 2, "assign": 2, "palette": 1},
}  # fmt: skip


@pytest.mark.parametrize("size", ["few", pytest.param("twenty", marks=pytest.mark.full)])
def test_an_agent_clears_the_inbox_by_keyboard_alone(house: House, sit_down: SitDown, size: str) -> None:
    ada = Desk(sit_down("ada"), f"Keys {size}")
    subjects = [f"{ada.topic} {n} {act}" for act, count in BY_KEYS[size].items() for n in range(count)]
    first = _letters(house, ada, [*subjects, f"{ada.topic} untouched"])
    ada.search(ada.topic)
    for subject in subjects:
        act = subject.split()[-1]
        if act not in ("merge", "status", "assign"):
            ACTS[act](ada, subject)
    for n in range(0, BY_KEYS[size]["merge"], 2):
        ada.merge(f"{ada.topic} {n} merge", f"{ada.topic} {n + 1} merge")
    ada.several("status", "s", "resolved")
    if "assign" in BY_KEYS[size]:
        ada.several("assign", "Shift+A", "ben")
    ada.undo_what_was_done_last(subjects[0])
    assert ada.pointed() == ""

    now = _as_they_stand(ada, first)
    assert {subject: case["version"] for subject, case in now.items() if "untouched" in subject} == {
        f"{ada.topic} untouched": first[f"{ada.topic} untouched"]["version"]
    }
    assert _told(now, first) == {subject: EXPECTED[subject.split()[-1]] for subject in subjects} | {
        f"{ada.topic} untouched": WAITS
    }
    for n in range(0, BY_KEYS[size]["merge"], 2):
        assert now[f"{ada.topic} {n} merge"]["number"] == first[f"{ada.topic} {n + 1} merge"]["number"]
    expect(ada.page.locator(".row:not(.gone)", has_text=f"{ada.topic} untouched")).to_have_count(1)


def test_a_second_agent_sees_and_is_seen_and_a_stale_answer_asks_first(house: House, sit_down: SitDown) -> None:
    ada, ben = (Desk(sit_down(who), "Two by keys") for who in ("ada", "ben"))
    subject = f"{ada.topic} 0"
    first = _letters(house, ada, [subject])
    for desk in (ada, ben):
        desk.search(subject)
        desk.open(subject)
    expect(ada.page.locator("[data-presence]")).to_contain_text("Ben Okafor")
    expect(ben.page.locator("[data-presence]")).to_contain_text("Ada Lindgren")
    ada.type_in("reply", "It left today.")
    expect(ben.page.locator("[data-presence]")).to_contain_text("Ada Lindgren is writing an answer")
    ben.write("note", "I have told her on the telephone.")
    expect(ada.page.locator(".message.note")).to_have_count(1)
    ada.press("Control+Enter")
    expect(ada.page.locator(".guard-news")).to_contain_text("I have told her on the telephone.")
    expect(ada.page.locator("[data-composer] textarea")).to_have_value("It left today.")
    assert _as_they_stand(ada, first)[subject]["messages"] == ["incoming", "note"]
    ada.tab_to("Send anyway")
    ada.press("Enter")
    expect(ada.page.locator(".message.reply")).to_contain_text("It left today.")
    assert _as_they_stand(ada, first)[subject]["messages"] == ["incoming", "note", "reply"]
    assert (ada.pointed(), ben.pointed()) == ("", "")


def test_the_inbox_is_cleared_by_thumb_on_a_phone(house: House, sit_down: SitDown) -> None:
    phone = Desk(sit_down("ada", **PHONE), "Thumb")
    subjects = [f"Thumb 0 {act}" for act in ("reply", "note", "tag", "snooze", "undo", "resolve", "several")]
    first = _letters(house, phone, [*subjects, "Thumb 1 several", "Thumb untouched"])
    page = phone.page
    page.locator("[data-search]").tap()
    page.keyboard.type("Thumb")
    expect(phone.rows("Thumb")).to_have_count(len(first))
    expect(page.locator("#row-list .row")).to_have_count(len(first))

    phone.tap_into("Thumb 0 reply")
    phone.write_by_thumb("Reply", "It leaves today.")
    expect(page.locator(".message.reply")).to_contain_text("It leaves today.")
    phone.tap_back()
    phone.tap_into("Thumb 0 note")
    phone.write_by_thumb("Note", "She called.")
    expect(page.locator(".message.note")).to_contain_text("She called.")
    phone.tap_back()
    phone.tap_into("Thumb 0 tag")
    page.locator("[data-new-tag] summary").tap()
    page.locator("[data-new-tag] input").tap()
    page.keyboard.type("by hand")
    page.locator("[data-new-tag] button").tap()
    expect(page.locator("#case-header .chip button")).to_have_count(1)
    phone.tap_back()
    phone.tap_into("Thumb 0 snooze")
    page.locator("#case-header summary[aria-label=More]").tap()
    page.get_by_role("button", name="Tomorrow morning").tap()
    phone.tap_back()
    phone.tap_into("Thumb 0 undo")
    page.locator("#case-header > .line > [data-key=e]").tap()
    expect(page.locator("#case-header .chip.resolved")).to_be_visible()
    number = page.locator("[data-case]").get_attribute("data-case")
    page.locator(f".toast [data-toast-undo][hx-delete^='/conversations/{number}/']").tap()
    expect(page.locator("#case-header .chip.open")).to_be_visible()
    phone.tap_back()
    phone.tap_into("Thumb 0 resolve")
    page.locator("#case-header > .line > [data-key=e]").tap()
    expect(page.locator("#case-header .chip.resolved")).to_be_visible()
    phone.tap_back()
    page.locator("[data-choose]").tap()
    for n in range(2):
        phone.rows(f"Thumb {n} several").tap()
    expect(page.locator("[data-selected-count]")).to_have_text("2")
    page.locator(".bulk-acts > button[value=resolve]").tap()
    expect(page.locator(".toast.bulk")).to_contain_text("2 cases changed.")
    now = _as_they_stand(phone, first)
    assert _told(now, first) == {subject: EXPECTED[subject.split()[-1]] for subject in (*subjects, "Thumb 1 several")} | {
        "Thumb untouched": WAITS
    }  # fmt: skip
    assert now["Thumb untouched"]["version"] == first["Thumb untouched"]["version"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert set(phone.pointed().split()) <= {"touch", "touchstart", "mousedown"}


WAITS: dict[str, Any] = {
    "state": "open", "assignee": None, "tags": [], "snoozed": False, "messages": ["incoming"], "moved": False,
}  # fmt: skip
DONE = WAITS | {"state": "resolved"}
EXPECTED: dict[str, dict[str, Any]] = {
    "take": WAITS | {"assignee": "Ada Lindgren"},
    "reply": WAITS | {"state": "waiting", "messages": ["incoming", "reply"]},
    "note": WAITS | {"messages": ["incoming", "note"]},
    "tag": WAITS | {"tags": ["by hand"]},
    "snooze": WAITS | {"snoozed": True},
    "merge": WAITS | {"messages": ["incoming", "incoming"]},
    "status": DONE,
    "assign": WAITS | {"assignee": "Ben Okafor"},
    "palette": DONE | {"assignee": "Ada Lindgren"},
    "undo": WAITS,
    "resolve": DONE,
    "several": DONE,
}


class Desk:
    """Somebody in front of a page, with keys; what points is only counted. `topic` begins the subjects of the cases at hand."""

    def __init__(self, page: Page, topic: str) -> None:
        page.context.add_init_script(POINTED)
        page.reload()
        self.page, self.topic = page, topic

    def pointed(self) -> str:
        return str(self.page.evaluate("(sessionStorage.pointed ?? '').trim()"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def rows(self, subject: str) -> Locator:
        return self.page.locator(".row:not(.gone)", has_text=subject)

    def search(self, words: str) -> None:
        self.press("/")
        self.page.keyboard.type(words)
        self.press("Enter")
        expect(self.page.locator("#row-list .row").filter(has_not_text=words)).to_have_count(0)
        expect(self.page.locator("#row-list .row").first.locator(":scope > a")).to_be_focused()

    def go_to(self, subject: str) -> None:
        """From row to row, by j and k."""
        if self.page.locator("[data-composer] :focus").count():
            self.press("Escape")
        row = self.rows(subject).locator(":scope > a")
        expect(row).to_have_count(1)
        if not self.page.evaluate("Boolean(document.activeElement.closest('.row'))"):
            self.press("j")
        steps = row.evaluate(
            "(link) => { const all = [...document.querySelectorAll('.row > a')]; return all.indexOf(link) - all.indexOf(document.activeElement); }"
        )
        self.press(*["j" if steps > 0 else "k"] * abs(steps))
        expect(row).to_be_focused()

    def open(self, subject: str) -> None:
        self.go_to(subject)
        self.press("o")
        expect(self.page.locator("#case-header h1")).to_contain_text(subject)

    def choose(self, key: str, words: str) -> None:
        """From the short list that a key opens."""
        self.press(key)
        expect(self.page.locator("#chooser [data-title]")).to_be_visible()
        self.page.keyboard.type(words)
        expect(self.page.locator("#chooser [aria-selected=true]")).to_contain_text(re.compile(words, re.I))
        self.press("Enter")

    def type_in(self, kind: str, words: str) -> None:
        self.press(kind[0])
        expect(self.page.locator(f"[data-composer][data-kind={kind}]")).to_have_count(1)
        expect(self.page.locator("[data-composer] [data-writing] :focus")).to_have_count(1)
        self.page.keyboard.type(words)

    def write(self, kind: str, words: str) -> None:
        self.type_in(kind, words)
        self.press("Control+Enter")
        expect(self.page.locator(f".message.{kind}")).to_contain_text(words)

    def take(self, subject: str) -> None:
        self.go_to(subject)
        self.press("i")
        expect(self.rows(subject).locator(".avatar.nobody")).to_have_count(0)

    def reply(self, subject: str) -> None:
        self.open(subject)
        self.write("reply", "It leaves today.")

    def note(self, subject: str) -> None:
        self.open(subject)
        self.write("note", "She called.")

    def tag(self, subject: str) -> None:
        self.go_to(subject)
        self.choose("t", "by hand")
        expect(self.page.locator("#chooser [role=option]", has_text="by hand").locator(".finder-set")).to_have_count(1)
        self.press("Escape")

    def snooze(self, subject: str) -> None:
        self.go_to(subject)
        with self.page.expect_response(re.compile("/snooze$")):
            self.choose("h", "tomorrow")

    def palette(self, subject: str) -> None:
        """Goes there, takes it and resolves it: all of it by words."""
        number = self.rows(subject).get_attribute("data-number")
        for words, shown in (
            (subject, f"#{number}"),
            ("take it", "Take it"),
            ("resolve, or", "Resolve, or open again"),
        ):
            self.press("Control+k")
            self.page.keyboard.type(words)
            expect(self.page.locator("#palette [aria-selected=true]")).to_contain_text(shown)
            self.press("Enter")
            expect(self.page.locator("#case-header h1")).to_contain_text(subject)
        expect(self.page.locator("#case-header .chip.resolved")).to_be_visible()

    def merge(self, subject: str, into: str) -> None:
        number = str(self.rows(into).get_attribute("data-number"))
        self.go_to(subject)
        self.press("m")
        expect(self.page.locator("#chooser [data-title]")).to_contain_text("Merge")
        self.page.keyboard.type(number)
        expect(self.page.locator("#chooser [aria-selected=true]")).to_contain_text(f"#{number}")
        self.press("Enter")
        expect(self.page.locator("#case-header h1")).to_contain_text(into)

    def several(self, act: str, key: str, words: str) -> None:
        self.go_to(f"{self.topic} 1 {act}")
        self.press("x", "Shift+J")
        expect(self.page.locator("[data-selected-count]")).to_have_text("2")
        self.choose(key, words)
        expect(self.page.locator(".toast.bulk").last).to_contain_text("2 cases changed.")

    def undo_what_was_done_last(self, subject: str) -> None:
        self.go_to(subject)
        with self.page.expect_response(lambda answer: answer.request.method == "DELETE"):
            self.press("e", "Control+z")
        expect(self.page.locator(".row:not(.resolved)", has_text=subject)).to_have_count(1)

    def tab_to(self, words: str) -> None:
        for _ in range(40):
            if self.page.evaluate("document.activeElement.textContent.trim()") == words:
                return
            self.press("Shift+Tab")
        raise AssertionError(f"{words} is not reached by Tab.")

    def tap_into(self, subject: str) -> None:
        self.rows(subject).tap()
        expect(self.page.locator("#case-header h1")).to_contain_text(subject)

    def tap_back(self) -> None:
        self.page.locator("[data-back]").tap()
        expect(self.page.locator("#list")).to_be_visible()

    def write_by_thumb(self, kind: str, words: str) -> None:
        self.page.locator(".composer-tabs label", has_text=kind).tap()
        expect(self.page.locator(f"[data-composer][data-kind={kind.lower()}]")).to_have_count(1)
        self.page.locator("#composer [data-writing]").tap()
        self.page.keyboard.type(words)
        self.page.locator("[data-send]").last.tap()


ACTS: dict[str, Callable[[Desk, str], None]] = {
    "take": Desk.take, "reply": Desk.reply, "note": Desk.note, "tag": Desk.tag, "snooze": Desk.snooze, "palette": Desk.palette,
}  # fmt: skip


def _letters(house: House, desk: Desk, subjects: list[str]) -> Cases:
    """Each a case of its own; as they stand when all are there."""
    for subject in subjects:
        house.mail(letter(subject, f"Please tell me: {subject}."))
    rows = {subject: desk.page.locator(".row", has_text=subject).first for subject in subjects}
    for row in rows.values():
        row.wait_for()
    numbers = {subject: str(row.get_attribute("data-number")) for subject, row in rows.items()}
    return {subject: _case(desk.page, number) for subject, number in numbers.items()}


def _as_they_stand(desk: Desk, first: Cases) -> Cases:
    return {subject: _case(desk.page, str(case["number"])) for subject, case in first.items()}


def _case(page: Page, number: str) -> dict[str, Any]:
    found = dict(page.request.get(f"/api/v1/conversations/{number}").json())
    messages = page.request.get(f"/api/v1/conversations/{found['number']}/messages").json()
    return found | {"messages": [one["kind"] for one in messages["items"]]}


def _told(now: Cases, first: Cases) -> Cases:
    return {
        subject: {
            "state": case["status"]["category"], "assignee": case["assignee"] and case["assignee"]["name"], "tags": case["tags"],
            "snoozed": bool(case["snoozed_until"]), "messages": case["messages"],
            "moved": case["number"] != first[subject]["number"] and "merge" not in subject,
        }
        for subject, case in now.items()
    }  # fmt: skip
