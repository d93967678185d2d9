"""Kinds and states of what customers suggest and praise."""

from __future__ import annotations

SUGGESTION, COMPLIMENT = "suggestion", "compliment"
KINDS = (SUGGESTION, COMPLIMENT)
STATES = ("new", "considered", "planned", "done", "declined")
OVER = frozenset({"done", "declined"})
LONGEST_TITLE, LONGEST_WORDS = 200, 4000
SOURCES = ("google", "trustpilot", "facebook", "app_store", "amazon", "tripadvisor", "other")


class BadVoice(ValueError):
    """A voice that can't be so; `field` names what."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def judged(*, kind: str, title: str, words: str) -> str:
    """The title as it is kept. Raises BadVoice."""
    title = " ".join(title.split())
    if kind not in KINDS:
        raise BadVoice("kind", f"A voice is one of {', '.join(KINDS)}.")
    if not 0 < len(title) <= LONGEST_TITLE:
        raise BadVoice("title", f"Say in up to {LONGEST_TITLE} characters what it is about.")
    if len(words) > LONGEST_WORDS:
        raise BadVoice("words", f"These words are too long: {LONGEST_WORDS} characters at most.")
    return title


def judged_state(state: str) -> None:
    """Raises BadVoice."""
    if state not in STATES:
        raise BadVoice("state", f"A state is one of {', '.join(STATES)}.")


def judged_review(*, source: str, url: str, stars: int | None, text: str) -> None:
    """Raises BadVoice."""
    if not 0 < len(source.strip()) <= 100:
        raise BadVoice("source", "Say where it was written, in up to 100 characters.")
    if url and not (url.startswith(("https://", "http://")) and len(url) <= 2000 and not any(c.isspace() for c in url)):
        raise BadVoice("url", "Write its address as in https://example.com/review/1.")
    if stars is not None and not 1 <= stars <= 5:
        raise BadVoice("stars", "Stars are 1 to 5.")
    if not 0 < len(text.strip()) <= 20_000:
        raise BadVoice("text", "Copy what it says, in up to 20,000 characters.")
