"""What comes with a case when it is merged besides its messages: people, followers, tags, fields, channels, drafts, steps."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from careline.kit import db

_JOIN_PEOPLE = """
INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
SELECT %(into)s, customer_id, kind, value, name, CASE WHEN role = 'requester' THEN 'cc' ELSE role END, state
FROM conversations_participant WHERE conversation_id = %(absorbed)s ORDER BY id
ON CONFLICT (conversation_id, kind, value) DO NOTHING RETURNING kind, value
"""
# Whom one of the two cases answers is answered in both: nobody drops out because the other case did not know them yet.
_PROMOTE = """
UPDATE conversations_participant p SET state = 'active' FROM conversations_participant q, conversations_participant was
WHERE p.conversation_id = %(into)s AND q.conversation_id = %(absorbed)s AND q.kind = p.kind AND q.value = p.value
    AND q.state = 'active' AND p.state <> 'active' AND was.id = p.id RETURNING p.kind, p.value, was.state
"""
_NAMED = """EXISTS (SELECT FROM conversations_message m WHERE m.conversation_id = %(named_in)s AND (m.sender->>'value' = p.value
    OR m."to" @> jsonb_build_array(jsonb_build_object('value', p.value)) OR m.cc @> jsonb_build_array(jsonb_build_object('value', p.value))))"""
_COPY_NAMED = f"""
INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
SELECT %(to)s, p.customer_id, p.kind, p.value, p.name, CASE WHEN p.role = 'requester' THEN 'cc' ELSE p.role END, p.state
FROM conversations_participant p WHERE p.conversation_id = %(from)s AND {_NAMED} ORDER BY p.id
ON CONFLICT (conversation_id, kind, value) DO NOTHING
"""
_DROP_PEOPLE = f"""
DELETE FROM conversations_participant p USING unnest(%(kinds)s::text[], %(values)s::text[]) AS g (kind, value)
WHERE p.conversation_id = %(case)s AND p.kind = g.kind AND p.value = g.value AND (%(all)s OR NOT {_NAMED})
"""


@dataclass(frozen=True, slots=True)
class Came:
    """What a case got by a merge and did not have before; people as [kind, value], promoted ones with their state before."""

    tags: list[int] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    promoted: list[list[str]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    drafts: list[int] = field(default_factory=list)
    channels: list[int] = field(default_factory=list)
    topic: int | None = None
    steps: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of(before: dict[str, Any]) -> Came:
        return Came(**{name: before[name] for name in Came.__slots__ if name in before})

    def within(self, other: Came) -> Came:
        """As much of it as came on with the next merge of a chain."""
        return Came(
            [key for key in self.tags if key in other.tags],
            [key for key in self.followers if key in other.followers],
            [one for one in self.people if one in other.people],
            [],
            {key: value for key, value in self.fields.items() if other.fields.get(key) == value},
            channels=[key for key in self.channels if key in other.channels],
            topic=self.topic if self.topic == other.topic else None,
            steps=[key for key in self.steps if key in other.steps],
        )

    def without(self, gone: Came) -> Came:
        """What is left of it where a part has gone back already."""
        return replace(
            self,
            tags=[key for key in self.tags if key not in gone.tags],
            followers=[key for key in self.followers if key not in gone.followers],
            people=[one for one in self.people if one not in gone.people],
            fields={key: value for key, value in self.fields.items() if key not in gone.fields},
            channels=[key for key in self.channels if key not in gone.channels],
            topic=None if self.topic == gone.topic else self.topic,
        )


def bring(absorbed: Any, *, into: Any) -> Came:
    """Puts what belongs to one case on the other; what was new there."""
    both = {"absorbed": absorbed.id, "into": into.id}
    people = [[row.kind, row.value] for row in db.rows(_JOIN_PEOPLE, both)]
    promoted = [[row.kind, row.value, row.state] for row in db.rows(_PROMOTE, both)]
    working = [*absorbed.follower_ids, *([absorbed.assignee_id] if absorbed.assignee_id else [])]
    came = Came(
        tags=[key for key in absorbed.tag_ids if key not in into.tag_ids],
        followers=[key for key in dict.fromkeys(working) if key not in (*into.follower_ids, into.assignee_id)],
        people=people,
        promoted=promoted,
        fields={code: value for code, value in absorbed.fields.items() if code not in into.fields},
        drafts=_bring_drafts(absorbed.id, into.id),
        steps=_bring_steps(absorbed.id, into.id),
    )
    db.execute(
        """UPDATE conversations_conversation SET tag_ids = tag_ids || %s::bigint[], follower_ids = follower_ids || %s::bigint[],
               fields = %s || fields, topic_id = coalesce(topic_id, %s), channel_ids = (
                   SELECT array_agg(DISTINCT key) FROM unnest(channel_ids || %s::bigint[]) AS key WHERE key IS NOT NULL)
           WHERE id = %s""",
        [came.tags, came.followers, db.json(came.fields), absorbed.topic_id, absorbed.channel_ids, into.id],
    )
    db.execute(
        "UPDATE conversations_conversation SET channel_ids = '{}' WHERE id = %s AND channel_ids IS NULL", [into.id]
    )
    return came


def copy_people(source: int, *, into: int) -> None:
    """Those who are named on messages of a case come from another one, as they stand there."""
    db.execute(_COPY_NAMED, {"to": into, "from": source, "named_in": into})


def take_out(came: Came, *, absorbed: int, holder: int, root: int) -> None:
    """The other way round, from the case it came into up to the one where all of it stands now."""
    copy_people(root, into=absorbed)
    db.execute(
        """UPDATE conversations_draft d SET conversation_id = %s WHERE d.id = ANY(%s) AND NOT EXISTS (
               SELECT FROM conversations_draft o WHERE o.conversation_id = %s AND o.agent_id = d.agent_id AND o.kind = d.kind)""",
        [absorbed, came.drafts, absorbed],
    )
    _move_steps(came.steps, root, absorbed)
    while True:
        _drop(came, case=holder, is_root=holder == root)
        onward = db.row(
            "SELECT id, into_id, before FROM conversations_merge WHERE absorbed_id = %s AND undone_at IS NULL", [holder]
        )
        if onward is None or holder == root:
            return
        theirs = Came.of(onward.before)
        came = came.within(theirs)
        left = replace(
            theirs,
            tags=[key for key in theirs.tags if key not in came.tags],
            followers=[key for key in theirs.followers if key not in came.followers],
            people=[one for one in theirs.people if one not in came.people],
            fields={key: value for key, value in theirs.fields.items() if key not in came.fields},
            steps=[key for key in theirs.steps if key not in came.steps],
        )
        db.execute(
            "UPDATE conversations_merge SET before = before || %s WHERE id = %s", [db.json(left.as_json()), onward.id]
        )
        holder = onward.into_id


def _drop(came: Came, *, case: int, is_root: bool) -> None:
    db.execute(
        """UPDATE conversations_conversation SET
               tag_ids = ARRAY(SELECT key FROM unnest(tag_ids) AS key WHERE NOT key = ANY(%s::bigint[])),
               follower_ids = ARRAY(SELECT key FROM unnest(follower_ids) AS key WHERE NOT key = ANY(%s::bigint[])),
               fields = (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(fields) e
                         WHERE (%s::jsonb -> e.key) IS DISTINCT FROM e.value),
               channel_ids = ARRAY(SELECT key FROM unnest(channel_ids) AS key WHERE NOT key = ANY(%s::bigint[])),
               topic_id = nullif(topic_id, %s)
           WHERE id = %s""",
        [came.tags, came.followers, db.json(came.fields), came.channels, came.topic, case],
    )
    kinds, values = [one[0] for one in came.people], [one[1] for one in came.people]
    db.execute(_DROP_PEOPLE, {"kinds": kinds, "values": values, "case": case, "named_in": case, "all": not is_root})
    for kind, value, state in came.promoted:
        db.execute(
            "UPDATE conversations_participant SET state = %s WHERE conversation_id = %s AND kind = %s AND value = %s AND state = 'active'",
            [state, case, kind, value],
        )


def _bring_drafts(absorbed: int, into: int) -> list[int]:
    """What somebody has begun to write in both is put together; else it moves. The keys of those that moved."""
    db.execute(
        """UPDATE conversations_draft t SET content = (t.content - 'html') || jsonb_build_object('text',
               concat_ws(E'\n\n', nullif(t.content->>'text', ''), nullif(a.content->>'text', '')))
           FROM conversations_draft a WHERE t.conversation_id = %s AND a.conversation_id = %s AND a.agent_id = t.agent_id
               AND a.kind = t.kind AND a.content->>'text' <> ''""",
        [into, absorbed],
    )
    moved = db.rows(
        """UPDATE conversations_draft d SET conversation_id = %s WHERE d.conversation_id = %s AND NOT EXISTS (
               SELECT FROM conversations_draft o WHERE o.conversation_id = %s AND o.agent_id = d.agent_id AND o.kind = d.kind)
           RETURNING d.id""",
        [into, absorbed, into],
    )
    return [row.id for row in moved]


def _bring_steps(absorbed: int, into: int) -> list[int]:
    """The steps of its checklist stand behind those of the other; their keys."""
    found = db.rows("SELECT id FROM conversations_checklistitem WHERE conversation_id = %s ORDER BY id", [absorbed])
    keys = [row.id for row in found]
    _move_steps(keys, absorbed, into)
    return keys


def _move_steps(keys: list[int], source: int, to: int) -> None:
    """Done or not, as they stand by now; those that were taken off meanwhile are gone."""
    if not keys:
        return
    db.execute(
        """UPDATE conversations_checklistitem SET conversation_id = %(to)s, position = position + (
               SELECT coalesce(max(i.position), 0) FROM conversations_checklistitem i WHERE i.conversation_id = %(to)s)
           WHERE id = ANY(%(keys)s) AND conversation_id = %(source)s""",
        {"keys": keys, "source": source, "to": to},
    )
    db.execute(
        """UPDATE conversations_conversation c SET open_duties = (
               SELECT count(*) FROM conversations_checklistitem i
               WHERE i.conversation_id = c.id AND i.is_required AND i.done_at IS NULL)
           WHERE id = ANY(%s)""",
        [[source, to]],
    )
