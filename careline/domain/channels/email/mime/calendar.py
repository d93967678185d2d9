"""An invitation (RFC 5545) in a few words: what, when, where, who asks."""

from __future__ import annotations

import re
from datetime import datetime

LONGEST_VALUE = 300
MOST_EVENTS = 5

_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")
_TITLES = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "REPLY": "Answer to an invitation",
    "COUNTER": "Counter-proposal",
}
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


def read_calendar(text: str) -> str:
    """A short block of lines; empty where there is no event in it."""
    method, events = _events(_FOLD.sub("", text[:200_000]))
    return "\n\n".join(_words(event, method) for event in events if event)


def _events(text: str) -> tuple[str, list[dict[str, tuple[str, str]]]]:
    """(METHOD, one {NAME: (parameters, value)} for each VEVENT; of doubles the first counts)."""
    method = ""
    events: list[dict[str, tuple[str, str]]] = []
    depth: list[str] = []
    for line in text.splitlines():
        head, colon, value = _split(line)
        name, _, parameters = head.partition(";")
        name = name.upper()
        if name == "BEGIN":
            depth.append(value.strip().upper())
            if depth[-1] == "VEVENT" and len(events) < MOST_EVENTS:
                events.append({})
        elif name == "END":
            depth = depth[:-1]
        elif colon and depth and depth[-1] == "VEVENT" and events:
            events[-1].setdefault(name, (parameters, _plain(value)))
        elif name == "METHOD":
            method = value.strip().upper()
    return method, events


def _split(line: str) -> tuple[str, str, str]:
    """Head and value at the first colon outside quotes."""
    at = 0
    while (colon := line.find(":", at)) >= 0 and line.count('"', 0, colon) % 2:
        at = colon + 1
        if at > 2_000:
            break
    return (line[:colon], ":", line[colon + 1 :]) if colon >= 0 else (line, "", "")


def _plain(value: str) -> str:
    value = _ESCAPED.sub(lambda found: " " if found.group(1) in "nN" else found.group(1), value)
    return " ".join(value.split())[:LONGEST_VALUE]


def _words(event: dict[str, tuple[str, str]], method: str) -> str:
    title = _TITLES.get(method, "Appointment")
    lines = [f"{title}: {event.get('SUMMARY', ('', ''))[1]}".rstrip(": ")]
    if "DTSTART" in event:
        lines.append(f"When: {_when(event)}")
    if event.get("LOCATION", ("", ""))[1]:
        lines.append(f"Where: {event['LOCATION'][1]}")
    if "ORGANIZER" in event:
        lines.append(f"Organiser: {_person(event['ORGANIZER'])}")
    if method == "REPLY" and "ATTENDEE" in event:
        lines.append(f"{_person(event['ATTENDEE'])}: {_answer(event['ATTENDEE'][0])}")
    return "\n".join(lines)


def _when(event: dict[str, tuple[str, str]]) -> str:
    parameters, start = event["DTSTART"]
    shown = _moment(start)
    end = _moment(event["DTEND"][1]) if "DTEND" in event else ""
    if end and end != shown:
        shown += " – " + (end.removeprefix(shown[:10]).strip() or end)
    zone = re.search(r"TZID=\"?([^\";:]{1,80})", parameters, re.IGNORECASE)
    return shown + (" UTC" if start.endswith("Z") else f" ({zone.group(1)})" if zone else "")


def _moment(value: str) -> str:
    found = _MOMENT.match(value)
    if not found:
        return value[:40]
    year, month, day, hour, minute, _second, _utc = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))  # noqa: DTZ001
    except ValueError:
        return value[:40]
    return moment.strftime("%Y-%m-%d %H:%M") if hour else moment.strftime("%Y-%m-%d")


def _person(field: tuple[str, str]) -> str:
    parameters, value = field
    address = re.sub(r"^mailto:", "", value, flags=re.IGNORECASE)
    named = re.search(r"CN=(?:\"([^\"]{1,200})\"|([^;:]{1,200}))", parameters, re.IGNORECASE)
    name = (named.group(1) or named.group(2)).strip() if named else ""
    return f"{name} <{address}>" if name and name != address else address


def _answer(parameters: str) -> str:
    found = re.search(r"PARTSTAT=([A-Z-]{1,30})", parameters, re.IGNORECASE)
    return _ANSWERS.get(found.group(1).upper(), found.group(1).lower()) if found else "answered"
