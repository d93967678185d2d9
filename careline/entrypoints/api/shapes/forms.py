"""Forms that customers write in by, and what is sent with one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import Key, Named

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Slug = Annotated[
    str,
    Meta(
        max_length=50, description="End of its address, as in `warranty-claim`; empty: none but the one nobody guesses."
    ),
]
Origins = Annotated[
    list[Annotated[str, Meta(max_length=300)]],
    Meta(max_length=50, description="Sites that may show it in a frame, as in `https://www.example.com`."),
]
Written = Annotated[
    dict[str, Any],
    Meta(
        description="`{\"title\": {\"en\": …}, \"fields\": [{\"key\", \"kind\", \"label\": {\"en\": …}, \"is_required\", \"options\", \"keeps\", "
        "\"when\": {\"field\", \"codes\"}}], \"topics\": […]}`; see docs/how-to/forms.md.", examples=[{"title": {"en": "Contact"}, "fields": []}],
    ),
]  # fmt: skip
Address = Annotated[str, Meta(max_length=100)]


class Form(Struct):
    """`address` is public: its page is /forms/ADDRESS, in a frame /forms/ADDRESS/embed."""

    id: str
    name: str
    address: str
    slug: str
    brand: Named
    mailbox: str | None
    answers_from: str
    content: dict[str, Any]
    origins: list[str]
    is_open: bool
    version: int
    changed_at: datetime


class NewForm(Struct):
    name: Name
    content: Written
    mailbox: Key
    slug: Slug = ""
    origins: Origins = field(default_factory=list)
    is_open: bool = True


class FormPatch(Struct):
    name: Name | UnsetType = UNSET
    content: Written | UnsetType = UNSET
    mailbox: Key | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    origins: Origins | UnsetType = UNSET
    is_open: bool | UnsetType = UNSET


class FormLanguage(Struct):
    lang: Annotated[str, Meta(max_length=20)] = "en"


class FormChoice(Struct):
    code: str
    name: str


class FormQuestion(Struct):
    key: str
    kind: str
    label: str
    help: str
    is_required: bool
    options: list[FormChoice]
    when: dict[str, list[str]] | None
    """{key of the question it hangs on: the codes it is asked for}"""


class FormBeginning(Struct):
    """What a program of yours shows. `token` goes back with the answers; so does a `worked`: a number whose SHA-256 of
    `SUBMISSION:NUMBER` begins with `work_bits` zero bits; or the `answer` to the `question`."""

    title: str
    fields: list[FormQuestion]
    token: str
    submission: str
    work_bits: int
    question: str


class FormFile(Struct):
    field: Annotated[str, Meta(max_length=50)]
    name: Annotated[str, Meta(max_length=300)]
    content: Annotated[str, Meta(max_length=14_000_000, description="base64")]


class NewFormSubmission(Struct):
    answers: Annotated[dict[str, Any], Meta(description="By key: text, a number, yes or no, a list of codes.")]
    token: Annotated[str, Meta(max_length=200)] = ""
    worked: Annotated[str, Meta(max_length=20)] = ""
    answer: Annotated[str, Meta(max_length=20)] = ""
    language: Annotated[str, Meta(max_length=20)] = "en"
    files: Annotated[list[FormFile], Meta(max_length=10)] = field(default_factory=list)


class FormSubmission(Struct):
    """`number` is the case's, null where it still waits to be placed; `expected` says when an answer may come."""

    number: int | None
    address: str
    expected: str
