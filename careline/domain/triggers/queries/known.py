"""What rules may name: teams, people, tags, and the rest. A rule that names what is gone is broken."""

from __future__ import annotations

from careline.kit import db

_NAMED = """
SELECT ARRAY(SELECT id::text FROM staff_team) AS team, ARRAY(SELECT id::text FROM staff_agent WHERE is_active) AS agent,
    ARRAY(SELECT lower(name) FROM conversations_tag) AS tag, ARRAY(SELECT code FROM conversations_status WHERE retired_at IS NULL) AS status,
    ARRAY(SELECT id::text FROM conversations_topic) AS topic, ARRAY(SELECT id::text FROM channels_channel) AS channel,
    ARRAY(SELECT id::text FROM company_brand) AS brand, ARRAY(SELECT id::text FROM knowledge_cannedreply) AS reply,
    ARRAY(SELECT id::text FROM webhooks_webhook) AS webhook, ARRAY(SELECT id::text FROM conversations_checklisttemplate) AS template,
    ARRAY(SELECT code FROM conversations_casefield WHERE retired_at IS NULL) AS field
"""


def named() -> dict[str, frozenset[str]]:
    """By kind the keys (as text), codes, or names in small letters that there are."""
    row = db.row(_NAMED, prepared=True)
    assert row is not None
    return {kind: frozenset(values) for kind, values in row._asdict().items()}
