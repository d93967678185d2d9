"""What tells people from programs without asking a third party: when the page was made, a little work, a plain question.

Nothing is lost by any of it: who is in doubt gets one more step with all they wrote, and what stays in doubt is kept among spam.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from careline.kit.keys import KeyRing

TOO_FAST, TOO_OLD = timedelta(seconds=3), timedelta(hours=24)
WORK_BITS = 12
"""4,096 digests on average: a third of a second of a telephone, and no bother for somebody who types."""
TRIES = 3
SOME, MANY = 10, 60
"""As many in an hour from one place (or to one mail address) are asked the question, and turned away until later."""
MOST_LINKS = 6
_TOKEN = re.compile(r"([0-9a-f]{32})\.(\d{1,18})\.(\d{1,11})\.(\d)\.([a-z2-7]{20})")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One form on somebody's screen. `submission` stays the same over all its steps, so that it is one case however often it comes."""

    submission: str
    form: int
    issued_at: datetime
    tries: int = 0

    def signed(self, ring: KeyRing) -> str:
        words = f"{self.submission}.{self.form}.{int(self.issued_at.timestamp())}.{self.tries}"
        return f"{words}.{ring.sign('form', words.encode(), length=20)}"


def new_token(form: int, *, at: datetime) -> Token:
    return Token(secrets.token_hex(16), form, at)


def token_of(words: str, *, form: int, ring: KeyRing) -> Token | None:
    """None for what we did not sign, or signed for another form."""
    found = _TOKEN.fullmatch(words)
    if not found or int(found[2]) != form or not ring.is_signed("form", words.rpartition(".")[0].encode(), found[5]):
        return None
    return Token(found[1], form, datetime.fromtimestamp(int(found[3]), UTC), int(found[4]))


def again(token: Token | None, *, form: int, at: datetime) -> Token:
    """For one more step: the same submission, made now."""
    return new_token(form, at=at) if token is None else replace(token, issued_at=at, tries=min(9, token.tries + 1))


def has_worked(submission: str, number: str) -> bool:
    """Whether somebody found a number whose digest begins with enough zero bits."""
    if not number.isascii() or not number.isdecimal() or len(number) > 12:
        return False
    digest = hashlib.sha256(f"{submission}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - WORK_BITS) == 0


def question_of(submission: str) -> tuple[int, int]:
    """Two numbers to add, the same ones at each step."""
    digest = hashlib.sha256(f"question {submission}".encode()).digest()
    return 2 + digest[0] % 8, 1 + digest[1] % 9


def is_right(submission: str, answer: str) -> bool:
    """In whatever digits people write: 7, ٧."""
    plain = answer.strip()
    return len(plain) <= 4 and plain.isdecimal() and int(plain) == sum(question_of(submission))


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of somebody who sends. `recent`: how many came in the last hour from there, or with this mail address."""

    has_worked: bool = False
    is_right: bool = False
    fell_into_trap: bool = False
    links: int = 0
    recent: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`step`: take, ask (the question, with all that was written) or wait. `suspected` is the code of why it goes among spam."""

    step: str
    suspected: str = ""


def verdict(token: Token | None, signs: Signs, *, at: datetime) -> Verdict:
    """The one decision, in order of how sure the signs are."""
    if signs.recent >= MANY:
        return Verdict("wait")
    if signs.fell_into_trap:
        return Verdict("take", "trap")
    suspected = "links" if signs.links > MOST_LINKS else ""
    if token is None:
        return Verdict("ask")
    age = at - token.issued_at
    is_odd = token.tries == 0 and not TOO_FAST <= age <= TOO_OLD
    is_proven = signs.is_right or (signs.has_worked and signs.recent < SOME)
    if is_proven and not is_odd:
        return Verdict("take", suspected)
    if token.tries >= TRIES:
        return Verdict("take", "unproven")
    return Verdict("ask")


def links_in(text: str) -> int:
    return len(_LINK.findall(text))
