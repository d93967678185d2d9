-- Recomputes what reports say of all cases by day, from the raw history and the cases alone: day, measure, n, total.
-- Written apart from the rules in Python, so that both would have to be wrong alike.
WITH RECURSIVE house AS (SELECT coalesce(max(time_zone), 'UTC') AS zone FROM company),
counted AS (
    SELECT c.id, (c.created_at AT TIME ZONE house.zone)::date AS opened_on, house.zone, c.created_at, c.category, c.resolved_at FROM conversations_conversation c, house
    WHERE NOT c.is_spam AND c.merged_into_id IS NULL AND c.side_of_id IS NULL AND c.restricted_to IS NULL
),
happened AS (
    SELECT h.*, c.opened_on, c.zone, m.auto_reply, m.data ->> 'forward' AS forward, d.is_scheduled, d.sent_at AS left_at
    FROM history h JOIN counted c ON c.id = h.conversation_id
        LEFT JOIN conversations_message m ON h.subject_kind = 'message' AND m.id = h.subject_key
        LEFT JOIN conversations_delivery d ON d.message_id = m.id
),
answers AS (
    SELECT DISTINCT ON (conversation_id, subject_key) conversation_id, CASE WHEN is_scheduled THEN left_at ELSE at END AS at
    FROM happened a
    WHERE name IN ('message.queued', 'message.sent') AND actor_kind = 'agent' AND forward IS DISTINCT FROM 'true'
        AND NOT EXISTS (SELECT FROM happened t WHERE t.name = 'message.taken_back' AND t.conversation_id = a.conversation_id
            AND t.subject_key = a.subject_key)
    ORDER BY conversation_id, subject_key, a.at, a.id
),
turns AS (
    SELECT conversation_id, at, 0 AS what FROM happened WHERE name = 'message.received' AND coalesce(auto_reply, '') = ''
    UNION ALL SELECT conversation_id, at, 2 FROM answers WHERE at IS NOT NULL
    UNION ALL SELECT conversation_id, at, 3 FROM happened WHERE name = 'conversation.resolved'
),
stretches AS (
    -- A new stretch begins behind every answer and every resolution: in each, the first message waits for what ends it.
    SELECT conversation_id, at, what, count(*) FILTER (WHERE what > 0) OVER (PARTITION BY conversation_id ORDER BY at, what
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS stretch
    FROM turns
),
waits AS (
    SELECT conversation_id, min(at) FILTER (WHERE what = 0) AS since, max(at) FILTER (WHERE what = 2) AS until
    FROM stretches GROUP BY conversation_id, coalesce(stretch, 0)
),
firsts AS (
    SELECT DISTINCT ON (conversation_id) conversation_id, floor(extract(epoch FROM until - since))::bigint AS seconds FROM waits
    WHERE since IS NOT NULL AND until IS NOT NULL ORDER BY conversation_id, until
),
promises AS (
    SELECT conversation_id, bool_and(name <> 'sla.broken') AS is_kept,
        bool_and(name <> 'sla.broken') FILTER (WHERE data ->> 'kind' = 'first_response') AS is_answer_kept,
        bool_and(name <> 'sla.broken') FILTER (WHERE data ->> 'kind' = 'resolution') AS is_resolution_kept
    FROM happened WHERE name IN ('sla.met', 'sla.broken') AND data ->> 'kind' IN ('acknowledgement', 'first_response', 'next_response', 'resolution')
    GROUP BY conversation_id
),
ratings AS (
    SELECT conversation_id, at, id, zone, coalesce(data ->> 'kind', 'csat') AS kind, (data ->> 'score')::int AS score FROM happened
    WHERE name IN ('chat.rated', 'request.rated', 'survey.answered', 'survey.changed_answer')
),
rated AS (
    SELECT conversation_id, (max(at) AT TIME ZONE min(zone))::date AS day,
        (array_agg(score ORDER BY at DESC, id DESC) FILTER (WHERE kind = 'csat' AND score IS NOT NULL))[1] AS csat,
        (array_agg(score ORDER BY at DESC, id DESC) FILTER (WHERE kind = 'nps' AND score IS NOT NULL))[1] AS nps,
        (array_agg(score ORDER BY at DESC, id DESC) FILTER (WHERE kind = 'ces' AND score IS NOT NULL))[1] AS ces
    FROM ratings GROUP BY conversation_id
),
asked AS (
    SELECT DISTINCT ON (a.conversation_id) a.conversation_id, (a.at AT TIME ZONE a.zone)::date AS day,
        EXISTS (SELECT FROM ratings r WHERE r.conversation_id = a.conversation_id AND (r.at, r.id) > (a.at, a.id)) AS has_answered
    FROM happened a WHERE a.name = 'survey.sent' ORDER BY a.conversation_id, a.at, a.id
),
-- A case's life, one step after the other: when it was open (begin, end, begin ...), and which of its returns were reopenings.
steps AS (
    SELECT conversation_id, row_number() OVER (PARTITION BY conversation_id ORDER BY at, id) AS n, at, name = 'conversation.resolved' AS ends,
        name = 'conversation.reopened' AS is_reopening,
        coalesce((data ->> 'undo')::boolean, false) OR EXISTS (SELECT FROM happened t WHERE t.name = 'message.taken_back'
            AND t.conversation_id = h.conversation_id AND t.at = h.at) AS is_undo
    FROM happened h WHERE name = 'conversation.resolved'
        OR name IN ('conversation.reopened', 'conversation.waits') AND data ->> 'was' = 'resolved'
),
lives AS (
    SELECT id AS conversation_id, 0::bigint AS n, ARRAY[created_at] AS spans, ARRAY[]::boolean[] AS returns FROM counted
    UNION ALL
    SELECT l.conversation_id, s.n,
        CASE WHEN s.ends <> (cardinality(l.spans) % 2 = 1) THEN l.spans
             WHEN s.is_undo AND (NOT s.ends OR l.returns <> '{}') THEN trim_array(l.spans, 1)
             ELSE l.spans || greatest(s.at, l.spans[cardinality(l.spans)]) END,
        CASE WHEN s.ends <> (cardinality(l.spans) % 2 = 1) THEN l.returns
             WHEN s.ends AND s.is_undo AND l.returns <> '{}' THEN trim_array(l.returns, 1)
             WHEN NOT s.ends AND NOT s.is_undo THEN l.returns || s.is_reopening
             ELSE l.returns END
    FROM lives l JOIN steps s ON s.conversation_id = l.conversation_id AND s.n = l.n + 1
),
stands AS (
    -- How the case stands now has the last word.
    SELECT DISTINCT ON (l.conversation_id) c.*, l.returns,
        CASE WHEN c.category = 'resolved' AND cardinality(l.spans) % 2 = 1
                THEN l.spans || greatest(coalesce(c.resolved_at, l.spans[cardinality(l.spans)]), l.spans[cardinality(l.spans)])
             WHEN c.category <> 'resolved' AND cardinality(l.spans) % 2 = 0 THEN trim_array(l.spans, 1)
             ELSE l.spans END AS spans
    FROM lives l JOIN counted c ON c.id = l.conversation_id ORDER BY l.conversation_id, l.n DESC
),
moved AS (
    SELECT conversation_id, count(*) AS times FROM happened
    WHERE name = 'conversation.assigned' AND NOT coalesce((data ->> 'undo')::boolean, false) AND (
        (data ->> 'assignee_before')::bigint <> (data ->> 'assignee')::bigint OR (data ->> 'team_before')::bigint <> (data ->> 'team')::bigint)
    GROUP BY 1
),
worked AS (
    SELECT conversation_id, sum((data ->> 'seconds')::bigint) AS seconds FROM happened
    WHERE name = 'conversation.worked' AND actor_kind = 'agent' GROUP BY 1
),
lived AS (
    SELECT s.id, (s.spans[2] AT TIME ZONE s.zone)::date AS first_on, true = ANY(s.returns) AS is_reopened,
        CASE WHEN cardinality(s.spans) % 2 = 0 THEN (s.spans[cardinality(s.spans)] AT TIME ZONE s.zone)::date END AS resolved_on,
        floor(extract(epoch FROM s.spans[cardinality(s.spans)] - s.created_at))::bigint AS seconds, coalesce(m.times, 0) AS transfers,
        (SELECT count(*) FROM answers a WHERE a.conversation_id = s.id AND a.at IS NOT NULL) AS replies, w.seconds AS worked
    FROM stands s LEFT JOIN moved m ON m.conversation_id = s.id LEFT JOIN worked w ON w.conversation_id = s.id
)
SELECT opened_on AS day, 'opened' AS measure, count(*) AS n, count(*) AS total FROM counted GROUP BY 1
UNION ALL SELECT c.opened_on, 'first_response', count(*), sum(f.seconds)::bigint FROM firsts f JOIN counted c ON c.id = f.conversation_id GROUP BY 1
UNION ALL SELECT c.opened_on, 'response', count(*), sum(floor(extract(epoch FROM w.until - w.since)))::bigint
    FROM waits w JOIN counted c ON c.id = w.conversation_id WHERE w.since IS NOT NULL AND w.until IS NOT NULL GROUP BY 1
UNION ALL SELECT c.opened_on, k.measure, count(*), count(*) FILTER (WHERE k.is_so) FROM promises p JOIN counted c ON c.id = p.conversation_id,
    LATERAL (VALUES ('kept', p.is_kept), ('answer_kept', p.is_answer_kept), ('resolution_kept', p.is_resolution_kept)) AS k (measure, is_so)
    WHERE k.is_so IS NOT NULL GROUP BY 1, 2
UNION ALL SELECT day, 'satisfied', count(*), count(*) FILTER (WHERE csat >= 4) FROM rated WHERE csat IS NOT NULL GROUP BY 1
UNION ALL SELECT day, 'nps', count(*), count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6) FROM rated WHERE nps IS NOT NULL GROUP BY 1
UNION ALL SELECT day, 'ease', count(*), sum(ces)::bigint FROM rated WHERE ces IS NOT NULL GROUP BY 1
UNION ALL SELECT day, 'survey_answered', count(*), count(*) FILTER (WHERE has_answered) FROM asked GROUP BY 1
UNION ALL SELECT resolved_on, 'resolved', count(*), count(*) FROM lived WHERE resolved_on IS NOT NULL GROUP BY 1
UNION ALL SELECT resolved_on, 'resolution', count(*), sum(seconds)::bigint FROM lived WHERE resolved_on IS NOT NULL GROUP BY 1
UNION ALL SELECT resolved_on, 'transfers', count(*), sum(transfers)::bigint FROM lived WHERE resolved_on IS NOT NULL GROUP BY 1
UNION ALL SELECT resolved_on, 'replies', count(*), sum(replies)::bigint FROM lived WHERE resolved_on IS NOT NULL GROUP BY 1
UNION ALL SELECT resolved_on, 'handle_time', count(worked), sum(worked)::bigint FROM lived WHERE resolved_on IS NOT NULL AND worked IS NOT NULL GROUP BY 1
UNION ALL SELECT first_on, 'reopened', count(*), count(*) FILTER (WHERE is_reopened) FROM lived WHERE first_on IS NOT NULL GROUP BY 1
UNION ALL SELECT first_on, 'first_contact', count(*), count(*) FILTER (WHERE replies <= 1 AND NOT is_reopened AND transfers = 0) FROM lived
    WHERE first_on IS NOT NULL GROUP BY 1
UNION ALL SELECT (u.at AT TIME ZONE s.zone)::date, 'flow', count(*), sum(CASE WHEN u.place % 2 = 1 THEN 1 ELSE -1 END)
    FROM stands s, unnest(s.spans) WITH ORDINALITY AS u (at, place) GROUP BY 1
ORDER BY 1, 2
