"""People work on a service request: steps are done, papers come and are looked at, the customer is written to, it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.commands.requests import reverse_use, reverse_uses_of
from careline.domain.customers.rules.portal import Viewer
from careline.domain.files.commands import write
from careline.domain.forms.rules.real_types import LARGEST, clean_name, real_type
from careline.domain.history.actor import SYSTEM, Actor, customer
from careline.domain.requests.commands import papers, requests
from careline.domain.requests.errors import NotFound, RequestRefused
from careline.domain.requests.queries.requests import paper_by_id, papers_of
from careline.domain.requests.rules.content import APPROVED, ASKED, CHECK, DENIED, LETTER, PAPERS, TASK
from careline.domain.requests.rules.progress import WAITING, require_current
from careline.domain.staff.rules import Person
from careline.flows.hold_service_request import READ, HeldRequest, hold_service_request, letter_for, request_held
from careline.flows.reply import Draft, reply

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A file for a paper, by the paper's key."""

    key: str
    name: str
    content: bytes


def finish_step(agent: Person, key: int, *, words: str = "", seen: int | None = None, by: Actor, at: datetime) -> None:
    """A check or a task was done, or all papers are there. Raises NotFound, Forbidden, RequestRefused."""
    with transaction.atomic():
        held = hold_service_request(agent, key, seen=seen)
        step = require_current(held.step, CHECK, TASK, PAPERS)
        if step.kind == PAPERS:
            if not papers.are_complete(held.content, papers_of([key])):
                raise RequestRefused("papers_missing", "Some papers have not come, or were not looked at yet.")
            if held.row.state == WAITING:
                requests.go_on(held.row, at=at)
        _step_done(held, words, by=by, at=at)


def send_letter(agent: Person, key: int, text: str, *, seen: int | None = None, by: Actor, at: datetime) -> int:
    """The outcome goes to the customer as an answer on the case, and the step is done; the message's id. Raises what an answer raises as well."""
    with transaction.atomic():
        held = hold_service_request(agent, key, seen=seen)
        require_current(held.step, LETTER)
        sent = reply(agent, held.case.number, Draft(text=_text(text)), by=by, at=at)
        _step_done(held, "", by=by, at=at)
    return sent.message


def ask_for_papers(agent: Person, key: int, text: str, *, by: Actor, at: datetime) -> int:
    """What is still asked for is written to the customer on the case; the message's id. Raises what an answer raises as well."""
    with transaction.atomic():
        held = hold_service_request(agent, key)
        if not any(one.state == "asked" for one in papers_of([key])):
            raise RequestRefused("paper_not_asked", "No paper is asked for just now.")
        return reply(agent, held.case.number, Draft(text=_text(text)), by=by, at=at).message


def letter_text(agent: Person, key: int) -> str:
    """What the letter that is due would say: the outcome's, or asking for what is missing; to be changed by whoever sends it."""
    with transaction.atomic():
        held = hold_service_request(agent, key, verb=READ)
        which = (
            ASKED
            if held.step is not None and held.step.kind == PAPERS
            else DENIED
            if held.row.outcome == DENIED
            else APPROVED
        )
        text = letter_for(held, which)
        transaction.set_rollback(True)
    return text


def receive_paper(agent: Person, key: int, given: PaperGiven, *, by: Actor, at: datetime) -> int:
    """A paper came by post, mail or hand; its id. Raises NotFound, Forbidden, RequestRefused."""
    name, kind, digest = _kept(given)
    with transaction.atomic():
        held = hold_service_request(agent, key)
        return papers.receive_paper(
            held.row, given.key, digest=digest, name=name, media_type=kind, size=len(given.content), by=by, at=at
        )


def hand_in_paper(viewer: Viewer, key: int, given: PaperGiven, *, at: datetime) -> int:
    """The customer hands it in on their own pages; its id. Raises NotFound, RequestRefused."""
    name, kind, digest = _kept(given)
    with transaction.atomic():
        held = own_request_held(viewer, key)
        by = customer(viewer.customer, via="portal")
        return papers.receive_paper(
            held.row, given.key, digest=digest, name=name, media_type=kind, size=len(given.content), by=by, at=at
        )


def judge_paper(
    agent: Person, key: int, paper: int, *, is_right: bool, reason: str = "", by: Actor, at: datetime
) -> None:
    """It is what was asked for, or it is not: then another is asked for. Raises NotFound, Forbidden, RequestRefused."""
    with transaction.atomic():
        held = hold_service_request(agent, key)
        found = paper_by_id(paper)
        if found is None or found.request_id != key:
            raise NotFound(f"There is no paper {paper} in this request.")
        if is_right:
            papers.check_paper(held.row, found, by=by, at=at)
            return
        if not reason.strip():
            raise RequestRefused("reason_missing", "Say what is wrong with it: the customer is told.")
        papers.reject_paper(held.row, found, reason=reason.strip()[:LONGEST], by=by, at=at)


def withdraw_service_request(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The customer needs it no more. What was carried out stays. Raises NotFound, Forbidden, RequestRefused."""
    with transaction.atomic():
        _withdraw(hold_service_request(agent, key), by=by, at=at)


def withdraw_own_request(viewer: Viewer, key: int, *, at: datetime) -> None:
    """The customer needs it no more, and says so themselves. Raises NotFound, RequestRefused."""
    with transaction.atomic():
        _withdraw(own_request_held(viewer, key), by=customer(viewer.customer, via="portal"), at=at)


def own_request_held(viewer: Viewer, key: int) -> HeldRequest:
    """One of their own. Raises NotFound."""
    if requests.held_by(key).customer_id not in viewer.people:
        raise NotFound(f"There is no service request {key}.")
    return request_held(key)


def work_on_service_requests(*, at: datetime) -> int:
    """By the clock: whatever is late by now is said to be; how many steps."""
    return requests.note_late(by=SYSTEM, at=at)


def _withdraw(held: HeldRequest, *, by: Actor, at: datetime) -> None:
    if held.row.outcome:
        raise RequestRefused("decided_before", "It has been decided already.")
    give_up_offer(held.row, at=at)
    requests.withdraw(held.row, by=by, at=at)


def give_up_offer(row: Any, *, at: datetime) -> None:
    """What was offered and not taken counts toward nobody's limits."""
    if row.offer is None:
        return
    if row.offer.get("use") is not None:
        reverse_use(row.offer["use"], at=at)
    elif row.approval is not None:
        reverse_uses_of(row.approval, at=at)


def _step_done(held: HeldRequest, words: str, *, by: Actor, at: datetime) -> None:
    requests.finish_step(held.row, held.step, words=words.strip()[:LONGEST], by=by, at=at)
    requests.advance(requests.held(held.row.id), held.content, by=by, at=at)


def _text(text: str) -> str:
    if not text.strip():
        raise RequestRefused("empty_letter", "There is nothing to send: write something.")
    return text.strip()


def _kept(given: PaperGiven) -> tuple[str, str, str]:
    """Name, type and digest; on the disk before the transaction that names it. Raises RequestRefused."""
    name = clean_name(given.name)
    if not given.content or len(given.content) > LARGEST:
        raise RequestRefused("file_size", "The file is empty or too large: one may have 10 MB.")
    kind = real_type(name, given.content)
    if not kind:
        raise RequestRefused(
            "file_type",
            "The file is not what its name says, or of a kind that can't be taken: send a picture or a PDF.",
        )
    return name, kind, write([given.content])[0]
