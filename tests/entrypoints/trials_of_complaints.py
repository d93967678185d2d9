"""How each row of docs/permissions.csv about complaints is tried: one that waits and one that was answered, on cases of team Front."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careline.domain.complaints.commands.book import save_category, save_cause, save_letter
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.complaint_examples import EIGHT_WEEKS
from careline.flows.correct_cause import ask_correction, finish_correction
from careline.flows.handle_complaint import decide_complaint
from careline.flows.keep_complaint_rules import RulesWanted, keep_complaint_rules
from careline.flows.record_complaint import record_complaint
from careline.flows.write_complaint_letter import LetterWanted, write_complaint_letter
from tests.world import NOON, World, writes_in

_CASE, _HOUSE = "case", "house"
_READ, _WORK, _MANAGE = "complaint:read", "complaint:work", "complaint:manage"
_ONE = "/complaints/{complaint}"
_WHY = {"reason": "It was praise."}
_TERMS = {"final": {"count": 8, "unit": "weeks"}}
_DAY = "2026-12-10"
_SET = "/settings/complaints"
_VERDICT = {"outcome": "upheld", "reasons": "It was lost."}


def _step(step: str, *, to: str = _ONE, **form: str) -> tuple[str, str, dict[str, str]]:
    return "POST", to, {"step": step, **form}


TRIALS_OF_COMPLAINTS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.complaints.complaints", _READ): (_HOUSE, ("GET", "/complaints", None), ("GET", "/complaints", None)),
    ("desk.complaints.complaint_for", _READ): (_CASE, ("GET", _ONE, None), ("GET", _ONE, None)),
    ("flows.record_complaint.record_complaint", "complaint:record"): (
        _CASE, ("POST", "/complaints", {"conversation": "{case}"}), ("POST", "/conversations/{case}/complaints", {}),
    ),
    ("flows.record_complaint.open_complaint", "complaint:record"): (
        _HOUSE, ("POST", "/complaints", {"case": {"form": "letter", "text": "It broke.", "caller": {"name": "Dan"}}}),
        ("POST", "/complaints", {"form": "letter", "name": "Dan", "text": "It broke."}),
    ),
    ("flows.hold_complaint.hold_complaint", _WORK): (_CASE, ("PATCH", _ONE, {}), _step("change")),
    ("flows.handle_complaint.change_complaint", _WORK): (_CASE, ("PATCH", _ONE, {"severity": "high"}), _step("change", severity="high")),
    ("flows.handle_complaint.note_on_complaint", _WORK): (_CASE, ("POST", _ONE + "/notes", {"text": "Lost."}), _step("note", words="Lost.")),
    ("flows.handle_complaint.decide_complaint", _WORK): (_CASE, ("PUT", _ONE + "/decision", _VERDICT), _step("decide", **_VERDICT)),
    ("flows.extend_complaint.extend_complaint", _WORK): (
        _CASE, ("POST", _ONE + "/extensions", {"until": "2027-01-20", "reason": "The lab."}), _step("extend", until="2027-01-20", words="The lab."),
    ),
    ("flows.complaint_words.letter_text", _WORK): (_CASE, None, ("GET", _ONE + "/letters/acknowledgement", None)),
    ("flows.write_complaint_letter.complaint_letter", _WORK): (
        _CASE, ("POST", _ONE + "/letters", {"kind": "acknowledgement", "preview": True}), ("GET", _ONE + "/letters/holding", None),
    ),
    ("flows.write_complaint_letter.write_complaint_letter", _WORK): (
        _CASE, ("POST", _ONE + "/letters", {"kind": "acknowledgement", "way": "told", "text": "On the telephone."}),
        ("POST", _ONE + "/letters/acknowledgement", {"way": "told", "text": "On the telephone."}),
    ),
    ("flows.close_complaint.close_complaint", _WORK): (
        _CASE, ("PUT", "/complaints/{complaint_answered}/closure", {}), _step("close", to="/complaints/{complaint_answered}"),
    ),
    ("flows.close_complaint.withdraw_complaint", _WORK): (_CASE, ("PUT", _ONE + "/withdrawal", _WHY), _step("withdraw", words="It was praise.")),
    ("flows.close_complaint.reopen_complaint", _WORK): (
        _CASE, ("POST", "/complaints/{complaint_answered}/reopenings", _WHY),
        _step("reopen", to="/complaints/{complaint_answered}", words="It broke again."),
    ),
    ("flows.close_complaint.refer_complaint", _WORK): (
        _CASE, ("PUT", _ONE + "/referral", {"body": "Board", "on": "2026-11-20"}), _step("refer", body="Board", on="2026-11-20"),
    ),
    ("flows.close_complaint.end_referral", _WORK): (
        _CASE, ("PUT", _ONE + "/referral", {"body": "Board", "on": "2026-11-20", "outcome": "Ours", "ended_on": "2026-11-20"}), None,
    ),
    ("flows.correct_cause.ask_correction", _WORK): (
        _CASE, ("POST", _ONE + "/corrections", {"text": "Train.", "owner": "me", "due_on": _DAY}),
        _step("correct", words="Train.", owner="{ben}", due_on=_DAY),
    ),
    ("flows.correct_cause.finish_correction", _WORK): (
        _CASE, ("PUT", "/corrections/{correction}/completion", {}), _step("done", to="/corrections/{correction}"),
    ),
    ("flows.correct_cause.check_correction", _WORK): (
        _CASE, ("PUT", "/corrections/{correction_done}/finding", {"is_effective": True, "finding": "None since."}),
        _step("check", to="/corrections/{correction_done}", helped="yes", words="None since."),
    ),
    ("flows.complaint_trends.trend_of", _READ): (_HOUSE, ("GET", "/complaint-trends", None), ("GET", "/complaints/trends", None)),
    ("flows.export_complaints.export_complaints", "complaint:export"): (
        _HOUSE, ("GET", "/complaint-export", None), ("GET", "/complaints/export", None),
    ),
    ("flows.keep_complaint_rules.keep_complaint_rules", _MANAGE): (
        _HOUSE, ("POST", "/complaint-rules", {"name": "Usual", "terms": _TERMS}),
        ("POST", f"{_SET}/rules/new", {"name": "Usual", "final-count": "8", "final-unit": "weeks"}),
    ),
    ("flows.keep_complaint_rules.keep_complaint_category", _MANAGE): (
        _HOUSE, ("POST", "/complaint-categories", {"name": "Price"}), ("POST", _SET, {"what": "category", "name": "Price"}),
    ),
    ("flows.keep_complaint_rules.keep_complaint_cause", _MANAGE): (
        _HOUSE, ("POST", "/complaint-causes", {"name": "People"}), ("POST", _SET, {"what": "cause", "name": "People"}),
    ),
    ("flows.keep_complaint_rules.keep_complaint_letter", _MANAGE): (
        _HOUSE, ("POST", "/complaint-letters", {"kind": "final", "name": "Ours", "texts": {"en": "Dear"}}),
        ("POST", f"{_SET}/letters/new", {"kind": "final", "name": "Ours", "text-en": "Dear"}),
    ),
    ("flows.complaint_examples.take_examples", _MANAGE): (_HOUSE, None, None),
}  # fmt: skip


def keys_of_complaints(world: World) -> dict[str, int]:
    """On other cases of Front, so that nothing waits on the one that others are tried on."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    rules = RulesWanted("Usual", EIGHT_WEEKS.kept(), {"count": 4, "unit": "weeks"})
    rule = keep_complaint_rules(ada, rules, by=by, at=NOON)
    numbers = [
        writes_in(subject, text="I am not satisfied.", mailbox=world.mailbox).number for subject in ("Late", "Broken")
    ]
    waiting, answered = (record_complaint(ada, number or 0, by=by, at=NOON).id for number in numbers)
    decide_complaint(ada, answered, "upheld", reasons="It was late.", cause=None, by=by, at=NOON)
    write_complaint_letter(ada, answered, LetterWanted("final", "told", "Told them."), by=by, at=NOON)
    due_on = (NOON + timedelta(days=9)).date()
    asked, done = (
        ask_correction(ada, waiting, text="Train.", owner=world.cleo.pk, due_on=due_on, by=by, at=NOON) for _ in "ab"
    )
    finish_correction(ada, done, result="Done.", by=SYSTEM, at=NOON)
    letter = save_letter(None, kind="holding", outcome="", name="Ours", texts={"en": "Dear"}, by=SYSTEM, at=NOON)
    return {
        "complaint": waiting, "complaint_answered": answered, "correction": asked, "correction_done": done, "complaint_rule": rule,
        "complaint_category": save_category(None, name="Late", by=SYSTEM, at=NOON) or 0,
        "complaint_cause": save_cause(None, name="Carrier", parent=None, by=SYSTEM, at=NOON) or 0, "complaint_letter": letter or 0,
    }  # fmt: skip
