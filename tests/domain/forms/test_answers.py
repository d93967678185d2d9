"""Which questions a form asks, and what may stand in an answer."""

from typing import Any

import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from careline.domain.forms.rules.answers import FileHeld, read_answers
from careline.domain.forms.rules.content import (
    BadContent,
    Condition,
    Content,
    Field,
    Option,
    as_json,
    content_from,
    judged,
    origin_of,
    words_in,
)

MAIL = Field("mail", "mail", {"en": "Your mail"}, is_required=True)
PART = Field(
    "part", "choice", {"en": "Part"}, options=(Option("frame", {"en": "Frame"}), Option("bell", {"en": "Bell"}))
)
NUMBER = Field("number", "text", {"en": "Frame number"}, is_required=True, when=Condition("part", ("frame",)))
DEEP = Field("deep", "text", {"en": "And why?"}, is_required=True, when=Condition("sure", ("no",)))
SURE = Field("sure", "yes_no", {"en": "Sure?"}, when=Condition("part", ("frame",)))


def kept(*fields: Field, **more: Any) -> Content:
    return judged(Content({"en": "Contact"}, fields, **more), topics={}, case_fields={})


def refusal(*fields: Field, **more: Any) -> str:
    with pytest.raises(BadContent) as refused:
        kept(*fields, **more)
    return str(refused.value)


def test_a_question_is_asked_only_when_its_answer_above_was_given() -> None:
    fields = (MAIL, PART, NUMBER, SURE, DEEP)

    def asked(**words: str) -> list[str]:
        return [one.key for one in read_answers(fields, {key: [word] for key, word in words.items()}).asked]

    assert asked() == ["mail", "part"]
    assert asked(part="bell", sure="no") == ["mail", "part"]
    assert asked(part="frame") == ["mail", "part", "number", "sure"]
    assert asked(part="frame", sure="no") == ["mail", "part", "number", "sure", "deep"]
    assert asked(part="frame", sure="yes") == ["mail", "part", "number", "sure"]


def test_what_a_hidden_question_was_given_does_not_count() -> None:
    answers = read_answers(
        (MAIL, PART, NUMBER), {"mail": ["carol@example.com"], "part": ["bell"], "number": ["WTU123"]}
    )
    assert (answers.values, answers.wrong) == ({"mail": "carol@example.com", "part": "bell"}, {})


@pytest.mark.parametrize(
    ("kind", "words", "value", "wrong"),
    [
        ("mail", "Carol@Example.COM", "Carol@example.com", ""), ("mail", "carol", None, "mail"), ("mail", "a@b\nBcc: c@example.com", None, "mail"),
        ("mail", "carol@münchen.example", "carol@xn--mnchen-3ya.example", ""), ("mail", "<carol@example.com>", None, "mail"),
        ("number", "1.234,5", 1234.5, ""), ("number", "many", None, "number"), ("number", "-1", None, "small"), ("number", "9999", None, "large"),
        ("date", "22.11.2026", "2026-11-22", ""), ("date", "31.02.2026", None, "date"), ("phone", "030 / 12 34 56", "030123456", ""),
        ("phone", "٠٣٠ ١٢٣٤٥٦", "030123456", ""), ("phone", "call me", None, "phone"),
        ("order", "#1001", "1001", ""), ("order", "soon", None, "order"),
        ("url", "javascript:alert(1)", None, "url"), ("text", "two\nlines", "two lines", ""), ("long_text", "two\r\nlines", "two\nlines", ""),
        ("long_text", "x" * 10_001, None, "long"), ("text", "x" * 301, None, "long"), ("text", "دراجتي مكسورة", "دراجتي مكسورة", ""),
        ("text", "<b>a</b>\0", "<b>a</b>", ""), ("yes_no", "yes", True, ""), ("yes_no", "perhaps", None, "choice"), ("consent", "", None, "consent"),
        ("name", "", None, "missing"), ("text", "\ud800", "?", ""),
    ],
)  # fmt: skip
def test_an_answer_is_kept_as_its_kind_or_said_to_be_wrong(kind: str, words: str, value: object, wrong: str) -> None:
    limits = {"least": 0, "most": 5000} if kind == "number" else {}
    answers = read_answers((Field("it", kind, {"en": "It"}, is_required=True, **limits),), {"it": [words]})  # type: ignore[arg-type]
    assert (answers.values.get("it"), answers.wrong.get("it", "")) == (value, wrong)


def test_several_choices_keep_their_order_and_unknown_ones_are_refused() -> None:
    field = Field("parts", "choices", {"en": "Parts"}, options=PART.options)
    assert read_answers((field,), {"parts": ["bell", "frame", "bell"]}).values == {"parts": ["frame", "bell"]}
    assert read_answers((field,), {"parts": ["bell", "saddle"]}).wrong == {"parts": "choice"}


def test_a_field_for_files_counts_them() -> None:
    field = Field("photo", "file", {"en": "Photo"}, is_required=True, most=1)
    files = [FileHeld(1, "photo", "d1", "a.png", "image/png", 3), FileHeld(2, "other", "d2", "b.png", "image/png", 3)]
    assert read_answers((field,), {}).wrong == {"photo": "missing"}
    assert read_answers((field,), {}, files).values == {"photo": ["a.png"]}
    assert read_answers((field,), {}, [files[0], FileHeld(3, "photo", "d3", "c.png", "image/png", 3)]).wrong == {
        "photo": "files"
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ((), "A form needs a mail address to answer to: a field that is required and always shown."),
        ((Field("mail", "mail", {"en": "Mail"}),), "A form needs a mail address to answer to: a field that is required and always shown."),
        ((MAIL, MAIL), "“Your mail” needs a key of its own: small letters, digits and _."),
        ((MAIL, NUMBER, PART), "“Frame number” hangs on a question that does not stand above it."),
        ((MAIL, PART, Field("x", "text", {"en": "X"}, when=Condition("part", ("saddle",)))), "“X” hangs on an answer that “Part” does not have."),
        ((MAIL, Field("x", "text", {"en": "X"}, when=Condition("x", ("yes",)))), "“X” hangs on a question that does not stand above it."),
        ((MAIL, Field("x", "choice", {"en": "X"})), "“X” needs something to choose from."),
        ((MAIL, Field("x", "text", {"en": "X"}, options=PART.options)), "“X” takes no choices."),
        ((MAIL, Field("x", "colour", {"en": "X"})), "There is no kind of field called colour."),
        ((MAIL, Field("x", "text", {"en": " "})), "Each field needs a label."),
        ((MAIL, Field("x", "text", {"en": "X"}, keeps="weight")), "“X” can't be kept as the case's field weight."),
        ((MAIL, Field("x", "number", {"en": "X"}, least=3, most=2)), "The smallest value of “X” is larger than the largest."),
    ],
)  # fmt: skip
def test_a_form_that_can_not_work_is_refused_in_one_sentence(fields: tuple[Field, ...], sentence: str) -> None:
    assert refusal(*fields) == sentence


def test_a_form_is_the_same_after_it_was_kept() -> None:
    content = kept(MAIL, PART, NUMBER, intro={"ar": "مرحبا"})
    assert content_from(as_json(content)) == content
    with pytest.raises(BadContent):
        content_from({"title": {"en": "Contact"}, "fields": [{"key": 7}]})


def test_words_fall_back_to_a_language_that_has_them() -> None:
    words = {"de": "Hallo", "fr": " "}
    assert [words_in(words, code, otherwise=("fr", "de")) for code in ("de-AT", "fr", "ar")] == [
        "Hallo",
        "Hallo",
        "Hallo",
    ]
    assert words_in({}, "de") == ""


def test_only_sites_may_show_a_form_in_a_frame() -> None:
    assert [origin_of(words) for words in ("https://Shop.example/", "http://localhost:8080")] == [
        "https://shop.example",
        "http://localhost:8080",
    ]
    for words in (
        "*",
        "shop.example",
        "https://a.example; script-src *",
        "https://a.example/path",
        "https://a b.example",
        "https://*.example",
    ):
        with pytest.raises(BadContent):
            origin_of(words)


@tried_with(
    st.dictionaries(
        st.sampled_from(["mail", "part", "number", "sure", "deep"]), st.lists(st.text(max_size=40), max_size=3)
    )
)
def test_whatever_comes_in_is_read_or_said_to_be_wrong(words: dict[str, list[str]]) -> None:
    answers = read_answers((MAIL, PART, NUMBER, SURE, DEEP), words)
    assert {one.key for one in answers.asked} >= answers.values.keys() | answers.wrong.keys()
    assert "\0" not in str(answers.values.values())
