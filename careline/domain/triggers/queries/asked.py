"""Conditions as one SQL condition over cases: for previews, and for rules by time. `rules/judging.py` says the same in memory.

What SQL can't know (what happened) is left out, and more than what fits is found: whoever asks judges the rows once more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from careline.domain.calendars.rules.ages import earliest_so_far, latest_so_old
from careline.domain.triggers.rules.conditions import Group, Leaf
from careline.domain.triggers.rules.facts import (
    ALL,
    HAPPENING,
    IS,
    LEAST,
    MOST,
    NO,
    NONE,
    OVER,
    SET,
    UNSET,
    own_parts,
)
from careline.domain.triggers.rules.judging import Known, Moment, leaf_holds
from careline.domain.triggers.rules.words import plain

CASES = """
FROM conversations_conversation c JOIN conversations_status s ON s.id = c.status_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
"""
PRIORITY = "(ARRAY['low', 'normal', 'high', 'urgent'])[c.priority]"
_THEIRS = "SELECT {} FROM conversations_message m WHERE m.conversation_id = c.id AND m.kind = 'incoming' AND m.auto_reply = ''"
TEXT = f"({_THEIRS.format('m.visible_text')} ORDER BY m.created_at DESC, m.id DESC LIMIT 1)"
SINCE_CUSTOMER = f"({_THEIRS.format('max(m.created_at)')})"
SINCE_ANSWER = """(SELECT max(m.created_at) FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
    WHERE m.conversation_id = c.id AND m.kind = 'reply' AND m.auto_reply = '' AND d.state IS DISTINCT FROM 'cancelled')"""
REOPENINGS = """(SELECT count(*) FROM history hr WHERE hr.conversation_id = c.id AND hr.name = 'conversation.reopened'
    AND hr.data->>'was' = 'resolved')"""
SLA = "CASE WHEN c.next_due_at IS NULL THEN 'none' WHEN c.next_due_at <= %(at)s THEN 'late' ELSE 'running' END"
# As rules/words.py has it: the beginning, without accents, in small letters, words parted by one blank.
_SAID = r"""(' ' || btrim(regexp_replace(replace(lower(regexp_replace(normalize(left(coalesce({}, ''), 20000), NFKD),
    '[\u0300-\u036f\u064b-\u0652]', '', 'g')), 'ς', 'σ'), '[^[:alnum:]]+', ' ', 'g')) || ' ')"""

_CODES = {"category": "c.category", "status": "s.code", "priority": PRIORITY, "language": "c.language", "sla": SLA,
          "customer_language": "cu.language"}  # fmt: skip
_KEYS = {"team": "c.team_id", "assignee": "c.assignee_id", "channel": "c.channel_id", "brand": "c.brand_id", "customer": "c.customer_id",
         "company": "cu.organisation_id"}  # fmt: skip
_TEXTS = {"subject": "c.subject", "text": TEXT}
_NUMBERS = {"messages": "c.message_count", "reopenings": REOPENINGS}
_YES_NO = {"is_spam": "c.is_spam", "has_attachment": "c.has_attachment", "is_snoozed": "c.snoozed_until > %(at)s"}
_AGES = {"age": "c.created_at", "since_customer": SINCE_CUSTOMER, "since_answer": SINCE_ANSWER, "waiting": "c.waiting_since",
         "untouched": "c.updated_at"}  # fmt: skip
_FIELDS = {"case": "c.fields", "customer": "cu.fields", "company": "o.fields"}
_TOPICS = """c.topic_id IN (WITH RECURSIVE below (id) AS (SELECT unnest({}::bigint[]) UNION
    SELECT t.id FROM conversations_topic t JOIN below ON t.parent_id = below.id) SELECT id FROM below)"""
_TAGS = "(SELECT array_agg(lower(t.name)) FROM conversations_tag t WHERE t.id = ANY(c.tag_ids))"

Params = dict[str, Any]


def asked_of(tree: Group, moment: Moment) -> tuple[str, Params]:
    """A condition over `CASES`, with its parameters."""
    params: Params = {"at": moment.at}
    sql, _ = _part(tree, moment, params)
    return sql or "true", params


def _part(part: Group | Leaf, moment: Moment, params: Params) -> tuple[str | None, bool]:
    """(SQL, whether it is exact): None where nothing can be said, and a condition that holds for more where it is not exact."""
    if isinstance(part, Leaf):
        return (None, False) if part.fact.of == HAPPENING else (_leaf(part, moment, params), True)
    made = [_part(one, moment, params) for one in part.parts]
    is_exact = all(exact for _, exact in made)
    if part.kind == "all":
        return _joined("AND", [sql for sql, _ in made if sql], "true"), is_exact
    if part.kind == "any":
        some = [sql for sql, _ in made if sql]
        return (_joined("OR", some, "false"), is_exact) if len(some) == len(made) else (None, False)
    return _joined("AND", [f"NOT {sql}" for sql, exact in made if sql and exact], "true"), is_exact


def _joined(word: str, parts: list[str], empty: str) -> str:
    return f"({f' {word} '.join(parts)})" if parts else empty


def _leaf(leaf: Leaf, moment: Moment, params: Params) -> str:
    fact = leaf.fact
    if fact.code in ("hours", "weekday", "time_of_day"):
        return "true" if leaf_holds(leaf, Known({}), moment) else "false"
    if leaf.operator in (SET, UNSET):
        is_set = _is_set(leaf, params)
        return is_set if leaf.operator == SET else f"NOT {is_set}"
    return f"coalesce({_MADE[fact.kind](leaf, moment, params)}, false)"


def _named(params: Params, value: Any) -> str:
    name = f"p{len(params)}"
    params[name] = value
    return f"%({name})s"


def _own(leaf: Leaf, params: Params) -> tuple[str, str]:
    """(the value as JSON, as text) of a field of the company's own."""
    found = own_parts(leaf.fact.code)
    assert found is not None
    column, code = _FIELDS[found[0]], _named(params, found[1])
    return f"({column}->{code})", f"({column}->>{code})"


def _is_set(leaf: Leaf, params: Params) -> str:
    if leaf.fact.is_own:
        value, _ = _own(leaf, params)
        return f"coalesce({value} NOT IN ('null', '\"\"', '[]'), false)"
    return f"coalesce({_CODES[leaf.fact.code]} <> '', false)"


def _code(leaf: Leaf, moment: Moment, params: Params) -> str:
    column = _own(leaf, params)[1] if leaf.fact.is_own else _CODES[leaf.fact.code]
    there = f"coalesce({column} = ANY({_named(params, list(leaf.value))}), false)"
    return there if leaf.operator == IS else f"NOT {there}"


def _key(leaf: Leaf, moment: Moment, params: Params) -> str:
    keys = _named(params, [int(word) for word in leaf.value if word != NONE])
    if leaf.fact.code == "topic":
        column, named = "c.topic_id", _TOPICS.format(keys)
    else:
        column = _KEYS[leaf.fact.code]
        named = f"{column} = ANY({keys}::bigint[])"
    parts = [f"coalesce({named}, false)", *([f"{column} IS NULL"] if NONE in leaf.value else [])]
    there = _joined("OR", parts, "false")
    return there if leaf.operator == IS else f"NOT {there}"


def _several(leaf: Leaf, moment: Moment, params: Params) -> str:
    words = _named(params, [word.lower() for word in leaf.value])
    if leaf.fact.is_own:
        value, _ = _own(leaf, params)
        there = f"""(SELECT array_agg(lower(e)) FROM jsonb_array_elements_text(
            CASE WHEN jsonb_typeof({value}) = 'array' THEN {value} ELSE '[]' END) e)"""
    else:
        there = _TAGS
    some = f"coalesce({there} {'@>' if leaf.operator == ALL else '&&'} {words}::text[], false)"
    return f"NOT {some}" if leaf.operator == NO else some


def _text(leaf: Leaf, moment: Moment, params: Params) -> str:
    """A phrase is read by the same expression as the text, so that both are taken apart alike."""
    column = _own(leaf, params)[1] if leaf.fact.is_own else _TEXTS[leaf.fact.code]
    phrases = [phrase for phrase in leaf.value if plain(phrase).strip()]
    found = [
        f"strpos({_SAID.format(column)}, {_SAID.format(_named(params, phrase) + '::text')}) > 0" for phrase in phrases
    ]
    if leaf.operator == ALL:
        return _joined("AND", found, "true") if len(phrases) == len(leaf.value) else "false"
    some = _joined("OR", found, "false")
    return f"NOT {some}" if leaf.operator == NO else some


def _number(leaf: Leaf, moment: Moment, params: Params) -> str:
    column = _NUMBERS.get(leaf.fact.code, "")
    if leaf.fact.is_own:
        value, text = _own(leaf, params)
        column = f"(CASE WHEN jsonb_typeof({value}) = 'number' THEN {text}::float8 END)"
    sign = ">=" if leaf.operator == LEAST else "<=" if leaf.operator == MOST else "="
    return f"{column} {sign} {_named(params, leaf.value)}"


def _yes_no(leaf: Leaf, moment: Moment, params: Params) -> str:
    column = f"({_own(leaf, params)[0]} = 'true')" if leaf.fact.is_own else f"({_YES_NO[leaf.fact.code]})"
    return f"coalesce({column}, false) = {_named(params, leaf.value)}"


def _date(leaf: Leaf, moment: Moment, params: Params) -> str:
    value = f"nullif({_own(leaf, params)[1]}, '') COLLATE \"C\""
    return f"{value} {'>=' if leaf.operator == LEAST else '<='} {_named(params, leaf.value)}"


def _age(leaf: Leaf, moment: Moment, params: Params) -> str:
    since = latest_so_old(leaf.value, moment.at, moment.schedule if leaf.is_business else None)
    return f"{_AGES[leaf.fact.code]} {'<=' if leaf.operator == OVER else '>'} {_named(params, since)}"


def _due(leaf: Leaf, moment: Moment, params: Params) -> str:
    until = earliest_so_far(leaf.value, moment.at, moment.schedule if leaf.is_business else None)
    return f"c.next_due_at {'>=' if leaf.operator == OVER else '<'} {_named(params, until)}"


_MADE: dict[str, Callable[[Leaf, Moment, Params], str]] = {
    "code": _code, "key": _key, "tags": _several, "choices": _several, "text": _text, "number": _number, "yes_no": _yes_no, "date": _date,
    "age": _age, "due": _due,
}  # fmt: skip
