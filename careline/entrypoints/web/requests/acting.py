"""What is done with a service request: a step, a paper, the decision, the letter."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import EmptyMessage, NoRecipient, NotFound, Refused
from careline.domain.desk.queries.service_requests import request_for
from careline.domain.requests.errors import RequestRefused
from careline.entrypoints.web.requests.shown import request
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows import decide_service_request as decisions
from careline.flows import work_on_service_request as work
from careline.kit.money import BadMoney, Money, money_of


def acted(visit: Visit, key: int, act: str) -> HttpResponse:
    if act not in _ACTS:
        raise NotFound(f"There is no act {act[:40]}.")
    try:
        _ACTS[act](visit, key)
    except (Refused, EmptyMessage, NoRecipient, BadMoney) as refusal:
        return request(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/service-requests/{key}")


def _step(visit: Visit, key: int) -> None:
    work.finish_step(visit.person, key, words=visit.form.get("words", ""), seen=_seen(visit), by=visit.by, at=visit.at)


def _letter(visit: Visit, key: int) -> None:
    text = visit.form.get("text", "")
    if request_for(visit.person, key).step_kind == "letter":
        work.send_letter(visit.person, key, text, seen=_seen(visit), by=visit.by, at=visit.at)
    else:
        work.ask_for_papers(visit.person, key, text, by=visit.by, at=visit.at)


def _paper_in(visit: Visit, key: int) -> None:
    file = visit.request.FILES.get("file")
    if file is None:
        raise RequestRefused("file_missing", _("Choose the file first."))
    given = work.PaperGiven(visit.form.get("paper", ""), file.name or "file", file.read())
    work.receive_paper(visit.person, key, given, by=visit.by, at=visit.at)


def _judged(visit: Visit, key: int) -> None:
    work.judge_paper(
        visit.person, key, whole_number(visit.form.get("paper")) or 0, is_right=visit.form.get("is_right") == "1",
        reason=visit.form.get("reason", ""), by=visit.by, at=visit.at,
    )  # fmt: skip


def _decision(visit: Visit, key: int) -> None:
    form = visit.form
    asked = decisions.Deciding(
        form.get("decision", ""), form.get("reason", ""), form.get("words", ""), _money(visit, key), _seen(visit)
    )
    decisions.decide_service_request(visit.person, key, asked, by=visit.by, at=visit.at)


def _answer(visit: Visit, key: int) -> None:
    decisions.answer_offer(
        visit.person, key, is_accepted=visit.form.get("is_accepted") == "1", by=visit.by, at=visit.at
    )


def _withdrawal(visit: Visit, key: int) -> None:
    work.withdraw_service_request(visit.person, key, by=visit.by, at=visit.at)


def _money(visit: Visit, key: int) -> Money | None:
    words = visit.form.get("amount", "").strip().replace(",", ".")
    return money_of(words, request_for(visit.person, key).currency or "EUR") if words else None


def _seen(visit: Visit) -> int | None:
    return whole_number(visit.form.get("version"))


_ACTS: dict[str, Callable[[Visit, int], None]] = {
    "step": _step, "letter": _letter, "paper": _paper_in, "judgement": _judged, "decision": _decision, "answer": _answer,
    "withdrawal": _withdrawal,
}  # fmt: skip
