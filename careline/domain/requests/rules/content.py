"""What a type of request asks, which steps it takes, which papers it needs and what is done once it is approved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

import msgspec

from careline.domain.forms.rules.content import BadContent, Field, Words, words_in
from careline.domain.forms.rules.content import Content as Form
from careline.domain.forms.rules.content import judged as judged_form
from careline.domain.requests.errors import BadType
from careline.kit.money import BadMoney, currency_of

CHECK, PAPERS, DECISION, TASK, LETTER = "check", "papers", "decision", "task", "letter"
STEP_KINDS = (CHECK, PAPERS, DECISION, TASK, LETTER)
APPROVED, DENIED, OFFERED, ASKED = "approved", "denied", "offered", "asked"
LETTERS = (APPROVED, DENIED, OFFERED, ASKED)
"""Which texts a type has: the two outcomes, a counter-offer, and asking for papers."""
COMPARISONS = ("at_least", "at_most", "is", "is_not")
TARGETS = ("name", "email", "phone", "postal", "bank", "cancel_subscription")
"""What approving can change; besides `field:CODE`, a field of the customer's card."""
FIELD = "field:"
MOST_STEPS, MOST_PAPERS, LONGEST_WORDS, MOST_HOURS = 20, 20, 5000, 24 * 365
CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True, slots=True)
class PaperAsked:
    key: str
    name: Words
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a decision looks at: a field's value against another; shown as held or not, it decides nothing by itself."""

    field: str
    compare: str
    value: str
    words: Words = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """`hours`: how long somebody has for it. `team`, `skill`: who does it, by id. `criteria` of a decision."""

    key: str
    kind: str
    name: Words
    team: int | None = None
    skill: int | None = None
    hours: int | None = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is denied: a code, and the sentence for the customer."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Effect:
    """What stands in the field becomes what `target` says, once it is approved."""

    field: str
    target: str


@dataclass(frozen=True, slots=True)
class Content:
    """`amount`: the key of the number that is the money it is about, in `currency`. `for_customers`: they may ask for it themselves.

    `letters`: by `LETTERS`, what the customer is told; {name} {amount} {reason} {papers} in them are filled in.
    """

    name: Words
    fields: tuple[Field, ...] = ()
    steps: tuple[StepPlan, ...] = ()
    intro: Words = made(default_factory=dict)
    papers: tuple[PaperAsked, ...] = ()
    reasons: tuple[Reason, ...] = ()
    effects: tuple[Effect, ...] = ()
    letters: dict[str, Words] = made(default_factory=dict)
    amount: str = ""
    currency: str = ""
    for_customers: bool = False


def content_from(kept: Any) -> Content:
    """From JSON as it is kept or sent. Raises BadType, naming the place."""
    try:
        return msgspec.convert(kept, Content)
    except msgspec.ValidationError as wrong:
        raise BadType(f"That is not the shape of a type: {wrong}.") from wrong


def as_json(content: Content) -> Any:
    return msgspec.to_builtins(content)


def judged(content: Content, *, customer_fields: Mapping[str, Any]) -> Content:
    """The content as it may be kept. Raises BadType. `customer_fields`: those of the card, by code."""
    if not words_in(content.name, ""):
        raise BadType("A type needs a name.")
    texts = [content.name, content.intro, *content.letters.values(), *(one.words for one in content.reasons)]
    if any(len(text) > LONGEST_WORDS for words in texts for text in words.values()):
        raise BadType(f"A text has at most {LONGEST_WORDS} characters.")
    _judge_fields(content)
    fields = {one.key: one for one in content.fields}
    _judge_amount(content, fields)
    _judge_steps(content, fields)
    _codes("paper", [one.key for one in content.papers], [one.name for one in content.papers], most=MOST_PAPERS)
    _codes("reason", [one.code for one in content.reasons], [one.words for one in content.reasons], most=50)
    if unknown := set(content.letters) - set(LETTERS):
        raise BadType(f"There is no text called {min(unknown)[:40]}; there are {', '.join(LETTERS)}.")
    for one in content.effects:
        _judge_effect(one, fields, customer_fields)
    return content


def _judge_fields(content: Content) -> None:
    """A type's fields are a form's; who answers is known, so it needs no address of theirs."""
    if any(one.kind == "file" for one in content.fields):
        raise BadType("Files are asked for as papers, not as fields.")
    if not content.fields:
        return
    answering = Field("answer_to", "mail", {"en": "Mail"}, is_required=True)
    try:
        judged_form(Form({"en": "Form"}, (answering, *content.fields)), topics={}, case_fields={})
    except BadContent as bad:
        raise BadType(str(bad)) from bad


def _judge_amount(content: Content, fields: Mapping[str, Field]) -> None:
    if not content.amount:
        return
    if content.amount not in fields or fields[content.amount].kind != "number":
        raise BadType("The amount has to be one of the type's numbers.")
    try:
        currency_of(content.currency)
    except BadMoney as bad:
        raise BadType(str(bad)) from bad


def _judge_steps(content: Content, fields: Mapping[str, Field]) -> None:
    _codes("step", [one.key for one in content.steps], [one.name for one in content.steps], most=MOST_STEPS)
    kinds = [one.kind for one in content.steps]
    if unknown := set(kinds) - set(STEP_KINDS):
        raise BadType(f"There is no kind of step called {min(unknown)[:40]}; there are {', '.join(STEP_KINDS)}.")
    if kinds.count(DECISION) != 1:
        raise BadType("A type has exactly one step that decides.")
    if (PAPERS in kinds) != bool(content.papers) or kinds.count(PAPERS) > 1:
        raise BadType("Papers need one step that waits for them, and that step needs papers.")
    for step in content.steps:
        if step.hours is not None and not 1 <= step.hours <= MOST_HOURS:
            raise BadType(f"A step takes 1 to {MOST_HOURS} hours, or has no deadline.")
        if step.criteria and step.kind != DECISION:
            raise BadType("Only the step that decides has criteria.")
        for one in step.criteria:
            if one.field not in fields or one.compare not in COMPARISONS:
                raise BadType("A criterion compares one of the type's fields.")


def _judge_effect(effect: Effect, fields: Mapping[str, Field], customer_fields: Mapping[str, Any]) -> None:
    if effect.field not in fields:
        raise BadType("What is carried out comes from one of the type's fields.")
    if effect.target.startswith(FIELD):
        if effect.target.removeprefix(FIELD) not in customer_fields:
            raise BadType(f"Customers have no field {effect.target.removeprefix(FIELD)[:50]}.")
    elif effect.target not in TARGETS:
        raise BadType(f"Approving changes {', '.join(TARGETS)} or a field of the customer.")


def _codes(noun: str, codes: list[str], names: list[Words], *, most: int) -> None:
    if len(codes) > most:
        raise BadType(f"A type has at most {most} of each: there are too many (a {noun}).")
    if len(set(codes)) < len(codes) or not all(CODE.fullmatch(code) for code in codes):
        raise BadType(f"Each {noun} needs a key of its own: small letters, digits and _.")
    if not all(words_in(words, "") for words in names):
        raise BadType(f"Each {noun} needs words.")
