"""The keyboard map: every action that has a key or stands in the command palette, in one table.

Keys are written as they are typed: `j`, `Shift+j`, `#`, `g i` for two after one another, `Mod+k` for Ctrl or ⌘. The browser
reads the same table (keymap.js, acts.js), and so do the sheet behind `?`, the palette and the page where keys are changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`where` it acts: anywhere, where there is a list, on cases (chosen, in focus or open), on the open case, while writing.

    `also` are keys that stay whatever somebody chooses; `url` is where it leads, seen from the case where it begins with `./`;
    `besides` other words by which somebody may look for it.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    group: str
    where: str
    symbol: str
    also: tuple[str, ...] = ()
    url: str = ""
    besides: str = ""

    @property
    def is_fixed(self) -> bool:
        """Keys with Ctrl or ⌘ and what belongs to the composer are nobody's to change."""
        return self.where == "writing" or (not self.keys and bool(self.also))


LIST, ACT, WRITE, GO, ALWAYS = N_("In the list"), N_("On a case"), N_("Writing"), N_("Going places"), N_("Everywhere")
KEYMAP: tuple[Shortcut, ...] = (
    Shortcut("next", ("j",), N_("Next case"), LIST, "list", "down", ("ArrowDown",)),
    Shortcut("previous", ("k",), N_("Previous case"), LIST, "list", "up", ("ArrowUp",)),
    Shortcut("open", ("o",), N_("Open the case"), LIST, "list", "open", ("Enter",)),
    Shortcut("choose", ("x",), N_("Choose the case"), LIST, "list", "check"),
    Shortcut("choose_next", ("Shift+j",), N_("Choose on to the next"), LIST, "list", "down"),
    Shortcut("choose_previous", ("Shift+k",), N_("Choose on to the previous"), LIST, "list", "up"),
    Shortcut("choose_all", ("*",), N_("Choose all in the view"), LIST, "list", "check"),
    Shortcut("back", (), N_("Choose none, go back"), LIST, "anywhere", "back", ("Escape",)),
    Shortcut("search_view", ("/",), N_("Search in the view"), LIST, "anywhere", "search"),
    Shortcut("toggle_views", ("[",), N_("Show or hide the views"), LIST, "list", "list", besides=N_("panel, sidebar")),
    Shortcut(
        "toggle_facts", ("]",), N_("Show or hide the customer"), LIST, "list", "customer", besides=N_("panel, rail")
    ),
    Shortcut("take", ("i",), N_("Take it"), ACT, "cases", "take", besides=N_("assign to me, mine")),
    Shortcut("assign", ("Shift+a",), N_("Assign to…"), ACT, "cases", "take", besides=N_("hand over, owner, agent")),
    Shortcut("team", ("Shift+t",), N_("Move to a team…"), ACT, "cases", "team"),
    Shortcut("tags", ("t",), N_("Tags…"), ACT, "cases", "tag", besides=N_("label")),
    Shortcut("status", ("s",), N_("Status…"), ACT, "cases", "check"),
    Shortcut("priority", ("p",), N_("Priority…"), ACT, "cases", "priority"),
    Shortcut(
        "resolve",
        ("e",),
        N_("Resolve, or open again"),
        ACT,
        "cases",
        "resolve",
        besides=N_("close, done, solve, reopen"),
    ),
    Shortcut("resolve_next", ("Shift+e",), N_("Resolve and go to the next"), ACT, "cases", "resolve"),
    Shortcut(
        "snooze",
        ("h", "z"),
        N_("Bring it back later…"),
        ACT,
        "cases",
        "clock",
        besides=N_("snooze, later, remind, postpone"),
    ),
    Shortcut("unread", ("u",), N_("Mark unread"), ACT, "cases", "email"),
    Shortcut("merge", ("m",), N_("Merge into…"), ACT, "cases", "merge", besides=N_("join, combine, duplicate")),
    Shortcut("junk", ("#",), N_("Spam…"), ACT, "cases", "bounce", besides=N_("trash, block, junk")),
    Shortcut(
        "escalate",
        ("!",),
        N_("Escalate…"),
        ACT,
        "open",
        "raise",
        url="./escalation",
        besides=N_("help, urgent, hand over"),
    ),
    Shortcut(
        "complain",
        ("Shift+d",),
        N_("Record a complaint"),
        ACT,
        "cases",
        "warning",
        besides=N_("dissatisfied, grievance"),
    ),
    Shortcut(
        "follow_up",
        ("l",),
        N_("Follow up, or say how it ends…"),
        ACT,
        "open",
        "clock",
        url="./follow-up",
        besides=N_("call back, outcome, close"),
    ),
    Shortcut(
        "feedback",
        ("v",),
        N_("Suggestion or praise…"),
        ACT,
        "open",
        "star",
        url="./feedback/new",
        besides=N_("idea, wish, compliment, voice"),
    ),
    Shortcut(
        "refund",
        ("Shift+r",),
        N_("Refund…"),
        ACT,
        "open",
        "money",
        url="./acts/refund",
        besides=N_("money back, order"),
    ),
    Shortcut("copy_number", (".",), N_("Copy the number"), ACT, "cases", "link"),
    Shortcut("copy_title", (". .",), N_("Copy number and subject"), ACT, "cases", "link"),
    Shortcut("copy_link", (". . .",), N_("Copy number, subject and link"), ACT, "cases", "link"),
    Shortcut(
        "side",
        (),
        N_("Ask a third party…"),
        ACT,
        "open",
        "forward",
        url="./side-conversations/new",
        besides=N_("side conversation, supplier, vendor"),
    ),
    Shortcut("split", (), N_("Split…"), ACT, "open", "split", url="./splits/new"),
    Shortcut("link", (), N_("Link with another case…"), ACT, "open", "link", url="./links/new"),
    Shortcut(
        "restriction", (), N_("Who sees it…"), ACT, "open", "lock", url="./restriction", besides=N_("private, lock")
    ),
    Shortcut("transcript", (), N_("Transcript"), ACT, "open", "letter", url="./transcript", besides=N_("print, PDF")),
    Shortcut(
        "history", (), N_("History of the case"), ACT, "open", "history", url="./events", besides=N_("events, log")
    ),
    Shortcut("reply", ("r",), N_("Reply"), WRITE, "open", "reply"),
    Shortcut("reply_all", ("a",), N_("Reply to all"), WRITE, "open", "reply"),
    Shortcut("forward", ("f",), N_("Forward"), WRITE, "open", "forward", besides=N_("pass on")),
    Shortcut("note", ("n",), N_("Internal note"), WRITE, "open", "lock", besides=N_("comment, colleagues")),
    Shortcut("run_macro", ("+",), N_("Macros"), WRITE, "open", "macro"),
    Shortcut(
        "new_case",
        ("c",),
        N_("New case"),
        WRITE,
        "anywhere",
        "edit",
        url="/conversations/new",
        besides=N_("write, compose, create"),
    ),
    Shortcut("send", (), N_("Send"), WRITE, "writing", "outbox", ("Mod+Enter",)),
    Shortcut("send_resolve", (), N_("Send and resolve"), WRITE, "writing", "resolve", ("Mod+Shift+Enter",)),
    Shortcut("insert_reply", (), N_("Insert a canned reply"), WRITE, "writing", "note", (": :",)),
    Shortcut("mention", (), N_("Name a colleague in a note"), WRITE, "writing", "customer", ("@",)),
    Shortcut("go_inbox", ("g i",), N_("Go to the inbox"), GO, "anywhere", "inbox", url="/inbox"),
    Shortcut("go_mine", ("g m",), N_("Go to my cases"), GO, "anywhere", "customer", url="/views/mine"),
    Shortcut("go_unassigned", ("g u",), N_("Go to unassigned cases"), GO, "anywhere", "inbox", url="/views/unassigned"),
    Shortcut("go_customers", ("g c",), N_("Go to customers"), GO, "anywhere", "customers", url="/customers"),
    Shortcut("go_queues", ("g t",), N_("Go to the teams' queues"), GO, "anywhere", "halves", url="/queues"),
    Shortcut("go_orders", ("g o",), N_("Go to orders"), GO, "anywhere", "box", url="/orders"),
    Shortcut("go_articles", ("g k",), N_("Go to articles and policies"), GO, "anywhere", "book", url="/handbook"),
    Shortcut("go_follow_ups", ("g f",), N_("Go to follow-ups"), GO, "anywhere", "clock", url="/follow-ups"),
    Shortcut("go_approvals", ("g a",), N_("Go to approvals"), GO, "anywhere", "shield", url="/approvals"),
    Shortcut("go_reports", ("g r",), N_("Go to reports"), GO, "anywhere", "report", url="/reports"),
    Shortcut("go_outbox", ("g x",), N_("Go to the outbox"), GO, "anywhere", "outbox", url="/outbox"),
    Shortcut("go_search", ("g s",), N_("Search everything"), GO, "anywhere", "search", url="/search"),
    Shortcut(
        "practice",
        (),
        N_("Practise the keys"),
        ALWAYS,
        "anywhere",
        "keyboard",
        url="/practice",
        besides=N_("learn, training, beginner"),
    ),
    Shortcut("palette", (), N_("Command palette"), ALWAYS, "anywhere", "menu", ("Mod+k",)),
    Shortcut(
        "undo", (), N_("Undo what was done last"), ALWAYS, "anywhere", "reopen", ("Mod+z",), besides=N_("take back")
    ),
    Shortcut("sheet", ("?",), N_("All shortcuts"), ALWAYS, "anywhere", "question", besides=N_("keyboard, help")),
)
BY_NAME = {one.name: one for one in KEYMAP}
_FAMILY = ("copy_number", "copy_title", "copy_link")
"""One more of the same key says more: these wait for the next stroke instead of being in each other's way."""


def keymap() -> Markup:
    """The table as the browser gets it: JSON in the viewer's language, fit to stand inside a page."""
    table = [
        {
            "name": one.name, "keys": one.keys, "also": one.also, "label": _(one.label), "group": _(one.group), "where": one.where,
            "symbol": one.symbol, "url": one.url, "besides": _(one.besides) if one.besides else "",
        }
        for one in KEYMAP
    ]  # fmt: skip
    return Markup(json.dumps(table).replace("<", "\\u003c"))  # noqa: S704  our own words, and no tag can begin in them


def chosen_keys(preferences: dict[str, Any], *, agent: int) -> str:
    """What the browser has to know of somebody's keys, as JSON. `who` keeps apart what several people leave in one browser."""
    return json.dumps(
        {"who": agent, "on": preferences.get("single_keys", True), "changes": preferences.get("keys", {})}
    )


def keys_of(shortcut: Shortcut, changes: dict[str, list[str]]) -> tuple[str, ...]:
    """The keys that somebody with these changes presses for it."""
    return tuple(changes.get(shortcut.name, shortcut.keys))


def clash(name: str, key: str, changes: dict[str, list[str]]) -> Shortcut | None:
    """Which other action this key is in the way of: it has the same one, or one begins with the other."""
    for other in KEYMAP:
        if other.name == name or ({other.name, name} <= set(_FAMILY) and key not in keys_of(other, changes)):
            continue
        if any(_begins(key, taken) or _begins(taken, key) for taken in keys_of(other, changes)):
            return other
    return None


def _begins(key: str, other: str) -> bool:
    return f"{other} ".startswith(f"{key} ")
