"""A troubleshooting guide is walked: by an agent beside a case, or by somebody alone, known by a token only."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.customers.queries.fields import definitions
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.commands import guides
from careline.domain.knowledge.queries.guides import published_guide, published_guide_by_id, run_by_id, run_by_token
from careline.domain.knowledge.rules.guides import STOPPED, steps_from
from careline.domain.knowledge.rules.walking import LostPath, answered, stand_of
from careline.domain.staff.rules import Person
from careline.flows.change_customer import CustomerChange, Wrong, change_customer
from careline.flows.keep_guides import DEVICE, DEVICE_VERSION

VERB = "conversation:note"


def start_guide(agent: Person, number: int, guide: int, *, by: Actor, at: datetime) -> int:
    """Beside a case; the run's id. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        found = published_guide_by_id(guide)
        if found is None:
            raise NotFound(f"There is no guide {guide}.")
        run = guides.begin_run(found.version_id, token=None, conversation=case.id, by=by, at=at)
        _tell("guide.started", case, found.id, run, found.number, "", by=by, at=at)
    return run


def answer_guide(agent: Person, number: int, run: int, *, step: str, answer: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case, found = _run_of(agent, number, run)
        if _answer(found, step=step, answer=answer, at=at):
            _tell("guide.ended", case, found.guide_id, run, found.version, _outcome(found, step, answer), by=by, at=at)


def step_back(agent: Person, number: int, run: int, *, by: Actor, at: datetime) -> None:
    """The last answer is taken back. Raises NotFound, Forbidden."""
    with transaction.atomic():
        _case, found = _run_of(agent, number, run)
        _back(found, at=at)


def stop_guide(agent: Person, number: int, run: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    with transaction.atomic():
        case, found = _run_of(agent, number, run)
        if not found.outcome:
            guides.move_run(run, path=found.path, outcome=STOPPED, at=at)
            _tell("guide.ended", case, found.guide_id, run, found.version, STOPPED, by=by, at=at)


def note_device(agent: Person, number: int, *, device: str, version: str, by: Actor, at: datetime) -> None:
    """Kept on the customer, so that it is asked once. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number)
    if case.customer_id is None:
        raise Refused("This case has no customer to keep it on.")
    known = {definition.code for definition in definitions("customer")}
    given = {DEVICE: device.strip(), DEVICE_VERSION: version.strip()}
    fields = {code: words for code, words in given.items() if code in known and words}
    if fields:
        try:
            change_customer(agent, case.customer_id, CustomerChange(fields=fields), by=by, at=at)
        except Wrong as wrong:
            raise Refused(str(wrong)) from wrong


def begin_alone(slug: str, *, at: datetime) -> str:
    """A public guide, walked without sign-in; the token that it is gone on with. Raises NotFound."""
    found = published_guide(slug)
    if found is None:
        raise NotFound("There is no such guide.")
    token = secrets.token_urlsafe(18)
    guides.begin_run(found.version_id, token=token, conversation=None, by=_NOBODY, at=at)
    return token


def answer_alone(token: str, *, step: str, answer: str, at: datetime) -> None:
    """Raises NotFound, Refused."""
    with transaction.atomic():
        _answer(_alone(token), step=step, answer=answer, at=at)


def back_alone(token: str, *, at: datetime) -> None:
    """Raises NotFound."""
    with transaction.atomic():
        _back(_alone(token), at=at)


def keep_run_on_case(token: str, *, case: Any, by: Actor, at: datetime) -> None:
    """Whoever walked it alone wrote to us then: the path belongs to their case. A token that nobody gave is passed over."""
    found = run_by_token(token) if token else None
    if found is None or found.conversation_id is not None:
        return
    with transaction.atomic():
        guides.put_on_case(found.id, conversation=case.id)
        _tell("guide.ended", case, found.guide_id, found.id, found.version, found.outcome or STOPPED, by=by, at=at)


def keep_named_walk(conversation: int, message: int, *, at: datetime) -> None:
    """A message that holds the address of a walk brings its path onto the case, by whatever channel it came."""
    said = message_by_id(message)  # None: it was removed meanwhile, with its case
    if said is not None and (named := _WALK.search(said.text or "")) and (case := conversation_by_id(conversation)):
        by = Actor(ActorKind.CUSTOMER, case.customer_id or 0, via="portal")
        keep_run_on_case(named[1], case=case, by=by, at=at)


_WALK = re.compile(r"/help/guides/walks/([A-Za-z0-9_-]{24})(?![A-Za-z0-9_-])")
_NOBODY = Actor(ActorKind.CUSTOMER, via="portal")


def _run_of(agent: Person, number: int, run: int) -> tuple[Any, Any]:
    case = cases.locked(conversation_for(agent, number, verb=VERB).id)
    guides.locked_run(run)
    found = run_by_id(run)
    if found is None or found.conversation_id != case.id:
        raise NotFound(f"Nobody walks guide {run} beside case {number}.")
    return case, found


def _alone(token: str) -> Any:
    found = run_by_token(token)
    if found is None:
        raise NotFound("There is no such guide.")
    guides.locked_run(found.id)
    return run_by_token(token)


def _answer(found: Any, *, step: str, answer: str, at: datetime) -> bool:
    """Whether it ended by this answer."""
    steps = steps_from(found.steps)
    try:
        path = answered(steps, found.path, step=step, answer=answer)
    except LostPath as lost:
        raise Refused(str(lost)) from None
    if path == found.path:
        return False
    ended = stand_of(steps, path).ended
    guides.move_run(found.id, path=path, outcome=ended.end if ended else "", at=at)
    return ended is not None


def _back(found: Any, *, at: datetime) -> None:
    if found.path:
        guides.move_run(found.id, path=found.path[:-1], outcome="", at=at)


def _outcome(found: Any, step: str, answer: str) -> str:
    ended = next(one for one in steps_from(found.steps) if one.key == step).answer(answer)
    return ended.end if ended else ""


def _tell(name: str, case: Any, guide: int, run: int, version: int, outcome: str, *, by: Actor, at: datetime) -> None:
    data = {"guide": guide, "run": run, "version": version} | ({"outcome": outcome} if outcome else {})
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
