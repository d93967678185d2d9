"""How each row of docs/permissions.csv about surveys, follow-ups, suggestions and reviews is tried."""

from datetime import timedelta
from typing import Any

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.commands.voices import NewVoice, add_review
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.surveys.commands.surveys import add_survey
from careline.domain.surveys.rules.content import content_from
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.settings import Settings
from careline.flows.follow_up import plan_follow_up
from careline.flows.record_feedback import merge_feedback, record_feedback
from tests.world import NOON, World, writes_in

_CASE, _HOUSE = "case", "house"
_DUE = (NOON + timedelta(days=3)).isoformat()
_SURVEY = {"name": "After", "kind": "csat"}
_SURVEY_FORM = {
    "name": "After", "kind": "csat", "wait_minutes": "60", "gap_days": "30", "expires_days": "30", "change_hours": "24", "recovery_hours": "24",
    "on_low": "case", "row": "q0", "q0-key": "score", "q0-kind": "csat", "q0-label-en": "How did we do?", "act": "save",
}  # fmt: skip
_PLAN = {"kind": "call", "due_at": _DUE}
_PLAN_FORM = {"act": "plan", "kind": "call", "day": "2026-11-23", "owner": "{ben}"}
_END, _END_FORM = {"outcome": "satisfied"}, {"act": "end", "outcome": "satisfied"}
_VOICE = {"kind": "suggestion", "title": "Sell bells"}
_REVIEW = {"source": "google", "text": "Fine shop.", "stars": 5}
_ANSWER = {"text": "Thank you."}
_ONE, _SEEN, _JOINED = "/follow-ups/{follow_up}", "/feedback/{voice}", "/feedback/{joined}"

TRIALS_OF_AFTERCARE: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_survey.add_survey", "survey:manage"): (_HOUSE, ("POST", "/surveys", _SURVEY), ("POST", "/settings/surveys/new", _SURVEY_FORM)),
    ("flows.keep_survey.change_survey", "survey:manage"): (
        _HOUSE, ("PUT", "/surveys/{survey}", _SURVEY), ("POST", "/settings/surveys/{survey}", _SURVEY_FORM),
    ),
    ("flows.keep_survey.retire_survey", "survey:manage"): (
        _HOUSE, ("DELETE", "/surveys/{survey}", None), ("DELETE", "/settings/surveys/{survey}", {}),
    ),
    ("flows.keep_survey.survey_for_keeping", "survey:manage"): (
        _HOUSE, ("GET", "/surveys/{survey}", None), ("GET", "/settings/surveys/{survey}", None),
    ),
    ("queries.answers.answers", "survey:read"): (_HOUSE, ("GET", "/survey-answers", None), ("GET", "/surveys", None)),
    ("queries.follow_ups.follow_ups", "followup:read"): (_HOUSE, ("GET", "/follow-ups?which=all", None), ("GET", "/follow-ups?which=all", None)),
    ("flows.follow_up.follow_up_for", "followup:read"): (_CASE, ("GET", _ONE, None), ("GET", _ONE, None)),
    ("flows.follow_up.plan_follow_up", "followup:write"): (
        _CASE, ("POST", "/conversations/{case}/follow-ups", _PLAN), ("POST", "/conversations/{case}/follow-up", _PLAN_FORM),
    ),
    ("flows.follow_up.change_follow_up", "followup:write"): (
        _CASE, ("PATCH", _ONE, {"reason": "Ask"}), ("POST", _ONE, {"day": "2026-11-25", "owner": "{ben}", "kind": "mail"}),
    ),
    ("flows.follow_up.conclude_follow_up", "followup:write"): (_CASE, ("PUT", _ONE + "/outcome", _END), ("POST", _ONE + "/outcome", _END)),
    ("flows.follow_up.drop_follow_up", "followup:write"): (_CASE, ("DELETE", _ONE, None), ("DELETE", _ONE, {})),
    ("flows.follow_up.note_outcome", "followup:write"): (
        _CASE, ("PUT", "/conversations/{case}/outcome", _END), ("POST", "/conversations/{case}/follow-up", _END_FORM),
    ),
    ("flows.follow_up.keep_closing_rules", "case_settings:manage"): (_HOUSE, None, ("POST", "/settings/closing", {"team": "{front}"})),
    ("queries.voices.voices", "feedback:read"): (_HOUSE, ("GET", "/feedback", None), ("GET", "/feedback", None)),
    ("queries.voices.reviews", "feedback:read"): (_HOUSE, ("GET", "/reviews", None), ("GET", "/reviews", None)),
    ("flows.record_feedback.feedback_for", "feedback:read"): (_HOUSE, ("GET", _SEEN, None), ("GET", _SEEN, None)),
    ("flows.record_feedback.record_feedback", "feedback:write"): (
        _CASE, ("POST", "/feedback", {"conversation": "{case}", **_VOICE}), ("POST", "/conversations/{case}/feedback/new", _VOICE),
    ),
    ("flows.record_feedback.raise_feedback", "feedback:write"): (
        _CASE, ("PUT", "/conversations/{case}/feedback/{voice}", None), ("POST", "/conversations/{case}/feedback/{voice}", {}),
    ),
    ("flows.record_feedback.take_feedback_back", "feedback:write"): (
        _CASE, ("DELETE", "/conversations/{case}/feedback/{voice}", None), ("DELETE", "/conversations/{case}/feedback/{voice}", {}),
    ),
    ("flows.record_feedback.change_feedback", "feedback:manage"): (_HOUSE, ("PATCH", _SEEN, {"title": "Bells"}), ("POST", _SEEN, {"title": "Bells"})),
    ("flows.record_feedback.move_feedback", "feedback:manage"): (
        _HOUSE, ("PUT", _SEEN + "/state", {"state": "planned"}), ("POST", _SEEN + "/state", {"state": "planned"}),
    ),
    ("flows.record_feedback.merge_feedback", "feedback:manage"): (
        _HOUSE, ("POST", _SEEN + "/merges", {"into": "id {other_voice}"}), ("POST", _SEEN + "/merge", {"into": "{other_voice}"}),
    ),
    ("flows.record_feedback.part_feedback", "feedback:manage"): (
        _HOUSE, ("DELETE", _JOINED + "/merges", None), ("DELETE", _JOINED + "/merge", None),
    ),
    ("flows.record_feedback.record_review", "feedback:write&conversation:create"): (
        _HOUSE, ("POST", "/reviews", _REVIEW), ("POST", "/reviews/new", _REVIEW),
    ),
    ("flows.record_feedback.answer_review", "feedback:write"): (
        _CASE, ("PUT", "/conversations/{case}/review-answer", _ANSWER), ("POST", "/conversations/{case}/review-answer", _ANSWER),
    ),
}  # fmt: skip


def keys_of_aftercare(world: World) -> dict[str, int]:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    other = writes_in("The bell", text="It does not ring.", mailbox=world.mailbox).number
    assert other is not None
    voice, more, joined = (
        record_feedback(ada, other, NewVoice("suggestion", title), by=by, at=NOON)
        for title in ("Bells", "Louder bells", "Bells that one hears")
    )
    add_review(
        conversation_by_number(world.case), source="google", url="", author="", stars=5, text="Fine shop.", posted_on=None, by=by, at=NOON
    )  # fmt: skip
    merge_feedback(ada, joined, more, by=by, at=NOON)
    return {
        "survey": add_survey(Settings("After", "csat"), content_from(content_to_begin_with("csat")), by=SYSTEM, at=NOON),
        "follow_up": plan_follow_up(ada, other, Plan("mail", NOON + timedelta(days=2)), by=by, at=NOON), "voice": voice,
        "other_voice": more, "joined": joined,
    }  # fmt: skip
