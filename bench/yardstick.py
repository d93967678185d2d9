"""pgbench beside us: the statements that one mail needs, raw row included, in one transaction each, 16 clients.

The scripts are made of real mails of the seed, so that rows and search words are of the same size as ours; ids and names
are new in every transaction. Prepared statements, as fast as pgbench goes.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

from careline.domain.channels.inbound import Inbound
from careline.kit.postgres.binaries import installed_binaries
from careline.kit.search import words_of

CLIENTS = 16

_SCRIPT = r"""
\set r random(1, 1000000000000)
\set c random(0, 4999)
BEGIN;
INSERT INTO files_file (digest, size, stored_at) VALUES ('r' || :client_id::text || '.' || :r::text, {size}, now());
{file_row}
INSERT INTO channels_inbound (spool_name, file_id, size, door, received_at, envelope_from, envelope_to, channel_id, subject, sender,
    status, outcome, reason, attempts)
VALUES ('s' || :client_id::text || '.' || :r::text, 'r' || :client_id::text || '.' || :r::text, {size}, 'deliver', now(), '', {to},
    {channel}, {subject}, {sender}, 'unprocessed', '', '', 0) RETURNING id AS inbound \gset
SELECT pg_advisory_xact_lock(:r::bigint);
SELECT m.conversation_id FROM conversations_reference r JOIN conversations_message m ON m.id = r.message_id
    WHERE r.word = ANY (ARRAY['<' || :client_id::text || '.' || :r::text || '>', {answered}]);
INSERT INTO conversations_fingerprint (key, message_id, at)
    VALUES (md5(:r::text) || md5(:client_id::text), nextval('conversations_message_id_seq'), now())
    ON CONFLICT (key) DO NOTHING RETURNING message_id AS message \gset
SELECT customer_id AS customer FROM customers_address WHERE kind = 'email' AND value = 'carol.' || :c::text || '@example.com' \gset
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_id, channel_ids, brand_id,
    customer_id, assignee_id, team_id, follower_ids, tag_ids, fields, language, created_at, updated_at, waiting_since, next_due_at,
    due_kind, first_response_due_at, last_snippet, message_count, has_attachment, pending_approvals, hint, version)
SELECT nextval('case_number'), {subject}, s.id, 'open', false, 2, {channel}, ARRAY[{channel}], {brand}, :customer::bigint, NULL, {team},
    '{{}}', '{{}}', '{{}}', 'en', now(), now(), NULL, NULL, '', NULL, '', 0, false, 0, NULL, 1
    FROM conversations_status s WHERE s.category = 'open' LIMIT 1 RETURNING id AS conversation, number AS number \gset
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
VALUES (now(), 'customer', :customer::bigint, 'email', 'conversation.opened', 'conversation', :number::bigint, :conversation::bigint,
    :customer::bigint, '{{}}');
INSERT INTO conversations_message (id, conversation_id, kind, form, visibility, channel_id, author_kind, author_id, sender, reply_to,
    "to", cc, bcc, subject, text, html, visible_text, quoted, signature, external_id, in_reply_to, sent_at, created_at, authenticity,
    auto_reply, bounce, is_doubtful, inbound_id, data, vector, vector_version)
VALUES (:message::bigint, :conversation::bigint, 'incoming', 'mail', 'public', {channel}, 'customer', :customer::bigint, {person}, '[]',
    {people}, '[]', '[]', {subject}, {text}, {html}, {visible}, '', '', '<' || :client_id::text || '.' || :r::text || '>', '', now(),
    now(), '{{}}', '', NULL, false, :inbound::bigint, '{{}}', message_vector({words}, {visible}, 'english', 'en'), 1);
INSERT INTO conversations_reference (word, message_id) VALUES ('<' || :client_id::text || '.' || :r::text || '>', :message::bigint);
{attachment}
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
VALUES (now(), 'customer', :customer::bigint, 'email', 'message.received', 'message', :message::bigint, :conversation::bigint,
    :customer::bigint, '{{"case": 1, "opened": true}}');
UPDATE conversations_conversation SET waiting_since = now(), next_due_at = now() + interval '1 day', due_kind = 'answer',
    first_response_due_at = now() + interval '1 day', last_snippet = {snippet}, last_message_id = :message::bigint,
    message_count = message_count + 1, version = version + 1 WHERE id = :conversation::bigint;
INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
VALUES (:conversation::bigint, :customer::bigint, 'email', 'carol.' || :c::text || '@example.com', 'Carol', 'requester', 'active')
    ON CONFLICT (conversation_id, kind, value) DO NOTHING;
UPDATE channels_inbound SET status = 'processed', outcome = 'opened', conversation_number = :number::bigint,
    message_key = :message::bigint, processed_at = now(), attempts = 1 WHERE id = :inbound::bigint;
COMMIT;
"""
_FILE = "INSERT INTO files_file (digest, size, stored_at) VALUES ('f' || :client_id::text || '.' || :r::text, {size}, now());"
_ATTACHMENT = """INSERT INTO conversations_attachment (message_id, position, file_id, name, media_type, size, is_inline, content_id)
VALUES (:message::bigint, 0, 'f' || :client_id::text || '.' || :r::text, 'picture.pdf', 'application/pdf', {size}, false, '');"""


def rate(samples: Sequence[tuple[Inbound, int]], *, seconds: int, channel: Any) -> float:
    """Transactions a second over the samples (each an understood mail and its raw size), chosen evenly."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for n, (inbound, size) in enumerate(samples):
            path = Path(folder) / f"{n}.sql"
            path.write_text(_script(inbound, size, channel))
            files += ["-f", str(path)]
        found = subprocess.run(
            [str(installed_binaries().program("pgbench")), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
             "-T", str(seconds), *files, *_where()],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    told = re.search(r"tps = ([\d.]+)", found.stdout)
    assert told, found.stdout + found.stderr
    return float(told[1])


def _script(inbound: Inbound, size: int, channel: Any) -> str:
    text = inbound.visible_text or inbound.text
    files = inbound.attachments
    person = f'{{"kind": "email", "value": "{inbound.sender.value}", "name": "Carol"}}'
    values: dict[str, Any] = {
        "size": size, "to": list(inbound.envelope_to) or ["support@northwind.example"], "channel": channel.id,
        "subject": inbound.subject, "sender": inbound.sender.value, "answered": inbound.in_reply_to or "<none@mail.example.com>",
        "brand": channel.brand_id, "team": channel.team_id, "person": person, "people": f"[{person}]", "text": inbound.text,
        "html": inbound.html, "visible": text, "words": words_of(f"{inbound.subject}\n{text}"), "snippet": text[:140],
    }  # fmt: skip
    connection.ensure_connection()
    written = {name: sql.Literal(value).as_string(connection.connection) for name, value in values.items()}
    length = {"size": len(files[0].content)} if files else {}
    return _SCRIPT.format(
        **written,
        file_row=_FILE.format(**length) if files else "",
        attachment=_ATTACHMENT.format(**length) if files else "",
    )


def _where() -> list[str]:
    asked = connection.get_connection_params()
    return ["-h", asked["host"], "-U", asked["user"], asked["dbname"]]
