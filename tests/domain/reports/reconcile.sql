-- Recomputes what reports say of all cases by day, from the raw history and the cases alone: day, measure, n, total.
-- Written apart from the rules in Python, so that both would have to be wrong alike.
WITH house AS (SELECT coalesce(max(time_zone), 'UTC') AS zone FROM company),
counted AS (
    SELECT c.id, (c.created_at AT TIME ZONE house.zone)::date AS opened_on, house.zone FROM conversations_conversation c, house
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
    SELECT conversation_id, bool_and(name <> 'sla.broken') AS is_kept FROM happened WHERE name IN ('sla.met', 'sla.broken')
    GROUP BY conversation_id
),
rated AS (
    SELECT conversation_id, max(at) AS at, (array_agg((data ->> 'score')::int ORDER BY at DESC, id DESC)
        FILTER (WHERE coalesce(data ->> 'kind', 'csat') = 'csat'))[1] AS score, min(zone) AS zone
    FROM happened WHERE name IN ('chat.rated', 'request.rated', 'survey.answered', 'survey.changed_answer') GROUP BY conversation_id
)
SELECT opened_on AS day, 'opened' AS measure, count(*) AS n, count(*) AS total FROM counted GROUP BY 1
UNION ALL SELECT c.opened_on, 'first_response', count(*), sum(f.seconds)::bigint FROM firsts f JOIN counted c ON c.id = f.conversation_id GROUP BY 1
UNION ALL SELECT c.opened_on, 'kept', count(*), count(*) FILTER (WHERE is_kept) FROM promises p JOIN counted c ON c.id = p.conversation_id GROUP BY 1
UNION ALL SELECT (at AT TIME ZONE zone)::date, 'satisfied', count(*), count(*) FILTER (WHERE score >= 4) FROM rated WHERE score IS NOT NULL GROUP BY 1
ORDER BY 1, 2
