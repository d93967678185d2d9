"""From a form that somebody fills in to a case, and the answer that goes back by mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from careline.domain.channels.queries import channels
from careline.domain.conversations.commands.fields import NewField, add_field, add_topic
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.conversations.queries.messages import attachments_of, messages_of
from careline.domain.customers.queries import customer_by_id
from careline.domain.forms import commands
from careline.domain.forms.queries import FormRow, files_held, form_by_id, recently_sent, what_became
from careline.domain.forms.rules.content import A_NEW_ONE, Condition, Content, Field, Option
from careline.domain.forms.rules.robots import has_worked, question_of
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.rules import Forbidden
from careline.flows.acknowledge import acknowledge
from careline.flows.fill_in_form import FileGiven, Given, Step, begin, fill_in
from careline.flows.form_sent import form_sent
from careline.flows.keep_form import FormPlan, add_form, change_form, remove_form
from careline.flows.reply import Draft, reply
from careline.kit import db
from careline.kit.keys import ring
from tests.world import NOON, SUPPORT, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=2)
PNG = b"\x89PNG\r\n\x1a\n" + b"." * 50
FIELDS = (
    Field("name", "name", {"en": "Name", "de": "Name"}),
    Field("mail", "mail", {"en": "Mail"}, is_required=True),
    Field("part", "choice", {"en": "Part", "de": "Teil"}, options=(
        Option("frame", {"en": "Frame", "de": "Rahmen"}), Option("bell", {"en": "Bell", "de": "Klingel"}))),
    Field("frame_number", "text", {"en": "Frame number"}, is_required=True, keeps=A_NEW_ONE, when=Condition("part", ("frame",))),
    Field("bought", "date", {"en": "Bought on"}, keeps=A_NEW_ONE),
    Field("message", "long_text", {"en": "Message"}, is_required=True),
    Field("photo", "file", {"en": "Photo"}),
)  # fmt: skip
WORDS = {"name": "Carol", "mail": "carol@example.com", "message": "My frame is cracked near the saddle, what can I do?"}


@pytest.fixture
def world() -> World:
    return make_world()


def form_of(world: World, fields: Sequence[Field] = FIELDS, **more: object) -> FormRow:
    content = Content({"en": "Warranty claim"}, tuple(fields), **more)  # type: ignore[arg-type]
    key = add_form(
        world.person(world.ada),
        FormPlan("Warranty", content, world.mailbox.id, slug="warranty"),
        by=agent(world.ada.pk),
        at=NOON,
    )
    found = form_by_id(key)
    assert found is not None
    return found


def send(form: FormRow, step: Step, words: dict[str, str], *, at: datetime = LATER, worked: bool = True, files: Sequence[FileGiven] = (),
         source: str = "203.0.113.7", shown: Sequence[str] = (), **more: object) -> Step:  # fmt: skip
    given = Given(
        token=step.token.signed(ring()), words={key: [text] for key, text in words.items()}, files=files, source=source,
        worked=work(step) if worked else "", shown=frozenset(shown or (one.key for one in step.fields)), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return fill_in(form, given, at=at)


def work(step: Step) -> str:
    return next(str(number) for number in range(200_000) if has_worked(step.token.submission, str(number)))


def answer(step: Step) -> str:
    return str(sum(question_of(step.token.submission)))


def number_of(step: Step) -> int:
    became = what_became(step.token.submission)
    assert became is not None
    return int(became.number)


def cases() -> int:
    return int(db.value("SELECT count(*) FROM conversations_conversation"))


def test_what_was_filled_in_is_a_case_with_typed_fields_and_is_answered_by_mail(world: World) -> None:
    topic = add_topic({"en": "Bikes"}, by=SYSTEM, at=NOON)
    form = form_of(world, topics=(topic,))
    first = begin(form, at=NOON)
    told = send(
        form,
        first,
        WORDS | {"part": "frame", "frame_number": "WTU 123", "bought": "22.11.2025"},
        files=[FileGiven("photo", "crack.png", PNG)],
    )
    case = conversation_by_number(number_of(told))
    row = next(row for row in channels() if row.kind == "form")
    assert (told.kind, case.subject, case.topic_id, case.channel_id, case.is_spam) == (
        "sent",
        "Warranty claim",
        topic,
        row.id,
        False,
    )
    assert case.fields == {"frame_number": "WTU 123", "bought_on": "2025-11-22"}
    [message] = messages_of(case.id)
    assert (message.sender, message.author_kind) == (
        {"kind": "email", "value": "carol@example.com", "name": "Carol"},
        "customer",
    )
    assert message.text == f"{WORDS['message']}\n\nPart: Frame\nFrame number: WTU 123\nBought on: 2025-11-22"
    assert [(file.name, file.media_type) for file in attachments_of(message.id)] == [("crack.png", "image/png")]
    assert files_held(told.token.submission) == []
    sent = form_sent(form, told.token.submission, language="en", at=LATER)
    assert sent is not None
    assert (sent.number, sent.address) == (case.number, "carol@example.com")
    acknowledged = acknowledge(case.id, message.id, at=LATER)
    replied = reply(
        world.person(world.ada), case.number, Draft("We send you another one."), by=agent(world.ada.pk), at=LATER
    )
    senders = [row.sender["value"] for row in messages_of(case.id) if row.id in (acknowledged, replied.message)]
    assert (senders, [one.value for one in replied.recipients.to]) == ([SUPPORT, SUPPORT], ["carol@example.com"])


def test_twice_sent_is_one_case_and_other_words_are_asked_about(world: World) -> None:
    form = form_of(world)
    first = begin(form, at=NOON)
    told = send(form, first, WORDS)
    before = cases()
    again = send(form, first, WORDS, at=LATER + timedelta(days=3))
    assert (again.kind, number_of(again), cases()) == ("sent", number_of(told), before)
    other = send(form, first, WORDS | {"message": "And the bell is broken, too."})
    assert (other.kind, other.note, cases()) == ("fill", "already", before)
    assert other.token.submission != first.token.submission
    more = send(form, other, WORDS | {"message": "And the bell is broken, too."}, at=LATER + timedelta(minutes=1))
    assert number_of(more) != number_of(told)
    assert cases() == before + 1


def test_without_scripts_an_answer_brings_up_one_more_step_that_loses_nothing(world: World) -> None:
    form = form_of(world)
    first = begin(form, at=NOON)
    seen = [one.key for one in first.answers.asked]
    assert seen == ["name", "mail", "part", "bought", "message", "photo"]
    step = send(
        form,
        first,
        WORDS | {"part": "frame"},
        shown=seen,
        files=[FileGiven("photo", "crack.png", PNG)],
        worked=False,
        answer=answer(first),
    )
    assert (step.kind, step.note, step.wrong) == ("fill", "more", {})
    assert [file.name for file in step.files] == ["crack.png"]
    told = send(form, step, WORDS | {"part": "frame", "frame_number": "W1"}, worked=False, answer=answer(first))
    [message] = messages_of(conversation_by_number(number_of(told)).id)
    assert [file.name for file in attachments_of(message.id)] == ["crack.png"]


def test_what_is_wrong_is_said_and_nothing_is_taken_in(world: World) -> None:
    form, before = form_of(world), cases()
    first = begin(form, at=NOON)
    files = [FileGiven("photo", "crack.png", b"MZ\x90\0 I am a program"), FileGiven("nothing", "x.png", PNG)]
    step = send(form, first, {"mail": SUPPORT, "part": "saddle", "bought": "soon"}, files=files)
    assert step.wrong == {"mail": "own", "part": "choice", "bought": "date", "message": "missing", "photo": "file_type"}
    assert (step.kind, step.note, step.files, cases()) == ("fill", "wrong", [], before)
    large = send(
        form,
        first,
        WORDS,
        files=[FileGiven("photo", "a.png", PNG + b"." * (10 << 20)), FileGiven("photo", "b.png", b"")],
    )
    assert large.wrong == {"photo": "file_empty"}


def test_who_answers_no_question_is_asked_and_at_last_kept_among_spam(world: World) -> None:
    form, before = form_of(world), cases()
    step = begin(form, at=NOON)
    notes = []
    for _ in range(3):
        step = send(form, step, WORDS, worked=False, answer="999")
        notes.append((step.kind, step.note))
    assert (notes, cases()) == ([("fill", "doubt")] * 3, before)
    told = send(form, step, WORDS, worked=False, answer="999")
    case = conversation_by_number(number_of(told))
    [message] = messages_of(case.id)
    assert (told.kind, case.is_spam, cases()) == ("sent", True, before + 1)
    assert message.data["defects"] == ["Whoever sent it did not answer the question that tells people from programs."]
    assert acknowledge(case.id, message.id, at=LATER) is None


def test_a_trap_that_was_filled_in_is_kept_among_spam_and_told_like_any_other(world: World) -> None:
    form = form_of(world)
    told = send(form, begin(form, at=NOON), WORDS, trap="https://spam.example")
    assert (told.kind, conversation_by_number(number_of(told)).is_spam) == ("sent", True)


def test_too_fast_and_too_old_are_one_more_step(world: World) -> None:
    form = form_of(world)
    for at in (NOON + timedelta(seconds=1), NOON + timedelta(days=2)):
        step = send(form, begin(form, at=NOON), WORDS, at=at)
        assert (step.kind, step.note) == ("fill", "question")
        assert send(form, step, WORDS, at=at + timedelta(seconds=1), worked=False, answer=answer(step)).kind == "sent"


def test_many_from_one_place_are_asked_and_then_turned_away_until_later(world: World) -> None:
    form = form_of(world)
    source = "198.51.100.9"
    for turn in range(10):
        assert send(form, begin(form, at=NOON), WORDS | {"mail": f"p{turn}@example.com"}, source=source).kind == "sent"
    step = send(form, begin(form, at=NOON), WORDS | {"mail": "p11@example.com"}, source=source)
    assert (step.kind, step.note) == ("fill", "question")
    assert send(form, begin(form, at=NOON), WORDS, source="192.0.2.1").kind == "sent"
    counted = db.value("SELECT source FROM forms_sending GROUP BY source ORDER BY count(*) DESC LIMIT 1")
    commands.note_sending([counted] * 50, at=LATER)
    before = cases()
    assert (send(form, step, WORDS, source=source, answer=answer(step)).kind, cases()) == ("wait", before)
    assert send(form, step, WORDS, source=source, at=LATER + timedelta(hours=2), answer=answer(step)).kind == "sent"


def test_a_form_changes_nothing_of_a_customer_who_has_not_proven_who_they_are(world: World) -> None:
    form = form_of(world)
    before = customer_by_id(world.carol)
    told = send(form, begin(form, at=NOON), WORDS | {"name": "Mallory <b>"})
    case = conversation_by_number(number_of(told))
    assert (case.customer_id, customer_by_id(world.carol)) == (world.carol, before)
    assert db.value("SELECT verified_at FROM customers_address WHERE value = 'carol@example.com'") is None


def test_html_and_arabic_stay_words(world: World) -> None:
    form = form_of(world)
    words = {
        "name": "<script>alert(1)</script>",
        "mail": "leila@example.com",
        "message": "دراجتي <img src=x onerror=alert(1)> مكسورة",
        "part": "bell",
    }
    told = send(form, begin(form, at=NOON), words)
    [message] = messages_of(conversation_by_number(number_of(told)).id)
    assert (message.sender["name"], message.text) == (words["name"], f"{words['message']}\n\nPart: Bell")


def test_the_fields_of_the_chosen_topic_are_asked_as_well(world: World) -> None:
    bikes, bills = (add_topic({"en": name}, by=SYSTEM, at=NOON) for name in ("Bikes", "Bills"))
    add_field(NewField({"en": "Invoice"}, "text", topics=[bills]), by=SYSTEM, at=NOON)
    add_field(NewField({"en": "Urgent"}, "yes_no"), by=SYSTEM, at=NOON)
    form = form_of(world, (FIELDS[1], FIELDS[5]), topics=(bikes, bills), with_case_fields=True)
    first = begin(form, at=NOON)
    assert [one.key for one in first.fields] == ["topic", "mail", "case_invoice", "case_urgent", "message"]
    assert [one.key for one in first.answers.asked] == ["topic", "mail", "case_urgent", "message"]
    told = send(form, first, WORDS | {"topic": str(bills), "case_invoice": "R-7", "case_urgent": "yes"})
    case = conversation_by_number(number_of(told))
    assert (case.topic_id, case.fields, case.subject) == (
        bills,
        {"invoice": "R-7", "urgent": True},
        "Warranty claim: Bills",
    )


def test_a_form_needs_the_right_a_mailbox_and_an_address_of_its_own(world: World) -> None:
    form, ada, by = form_of(world), world.person(world.ada), agent(world.ada.pk)
    plan = FormPlan("Other", form.content, world.mailbox.id)
    with pytest.raises(Forbidden):
        add_form(world.person(world.ben), plan, by=by, at=NOON)
    for wrong, sentence in (
        (FormPlan("Other", form.content, None), "Choose the mailbox that answers: without one nobody could be answered."),
        (FormPlan("Other", form.content, world.mailbox.id, slug="warranty"), "Another form has the address /forms/warranty."),
        (FormPlan("Other", form.content, world.mailbox.id, slug="A b"),
         "The end of its address is made of small letters, digits and -, as in warranty-claim."),
        (FormPlan(" ", form.content, world.mailbox.id), "A form needs a name of up to 100 characters."),
        (FormPlan("Other", form.content, world.mailbox.id, origins=("*",)), "* is no site: write it as in https://www.example.com."),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            add_form(ada, wrong, by=by, at=NOON)
        assert str(refused.value) == sentence
    change_form(
        ada,
        form.id,
        FormPlan("Claims", form.content, world.mailbox.id, origins=("https://Shop.example/",)),
        by=by,
        at=LATER,
    )
    changed = form_by_id(form.id)
    assert changed is not None
    assert (changed.name, changed.version, changed.origins, changed.channel) == (
        "Claims",
        2,
        ("https://shop.example",),
        form.channel,
    )
    remove_form(ada, form.id, by=by, at=LATER)
    with pytest.raises(NotFound):
        remove_form(ada, form.id, by=by, at=LATER)


def test_a_case_of_a_form_is_seen_by_those_who_see_its_teams_cases(world: World) -> None:
    form = form_of(world)
    number = number_of(send(form, begin(form, at=NOON), WORDS))
    assert conversation_for(world.person(world.ben), number).number == number
    with pytest.raises(NotFound):
        conversation_for(world.person(world.cleo), number)


def test_what_was_not_sent_is_forgotten_after_a_day(world: World) -> None:
    form = form_of(world)
    step = send(form, begin(form, at=NOON), {"mail": "x"}, files=[FileGiven("photo", "a.png", PNG)])
    assert len(step.files) == 1
    commands.forget(at=LATER + timedelta(hours=23))
    assert len(files_held(step.token.submission)) == 1
    commands.forget(at=LATER + timedelta(hours=25))
    assert (files_held(step.token.submission), recently_sent(["x"], since=NOON)) == ([], 0)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_ten_thousand_from_one_place_become_sixty_cases_and_lose_nobody_else(world: World) -> None:
    form, before, many = form_of(world), cases(), 10_000
    kinds: dict[str, int] = {}
    for turn in range(many):
        step = begin(form, at=NOON)
        told = send(form, step, WORDS | {"mail": f"p{turn}@example.com"}, worked=False, answer=answer(step))
        kinds[told.kind] = kinds.get(told.kind, 0) + 1
    assert (kinds, cases()) == ({"sent": 60, "wait": many - 60}, before + 60)
    assert send(form, begin(form, at=NOON), WORDS, source="192.0.2.1").kind == "sent"
