-- The append-only history, partitioned by month. Rows of months without a partition of their own lie in history_rest.
CREATE TABLE history (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    via text NOT NULL,
    name text NOT NULL,
    version smallint NOT NULL DEFAULT 1,
    subject_kind text NOT NULL,
    subject_key bigint NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    data jsonb NOT NULL,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);

CREATE INDEX history_in_order ON history (tx, id);
CREATE INDEX history_of_case ON history (conversation_id, id) WHERE conversation_id IS NOT NULL;
CREATE INDEX history_of_customer ON history (customer_id, id) WHERE customer_id IS NOT NULL;

CREATE TABLE history_rest PARTITION OF history DEFAULT;

CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only();
REVOKE UPDATE, DELETE, TRUNCATE ON history FROM PUBLIC;

-- Makes the partition of the month of `moment` where there is none and no row of it lies in history_rest yet.
CREATE FUNCTION history_make_month(moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz := date_trunc('month', moment, 'UTC');
    next timestamptz := date_trunc('month', first + interval '32 days', 'UTC');
    part text := 'history_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
    IF to_regclass(part) IS NOT NULL OR EXISTS (SELECT FROM history_rest WHERE at >= first AND at < next) THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF history FOR VALUES FROM (%L) TO (%L)', part, first, next);
    RETURN true;
END $$;

SELECT history_make_month(now() + n * interval '1 month') FROM generate_series(-2, 3) AS n;

-- Where the test clock stands (kit/clock.py); one row at the most.
CREATE TABLE kit_clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), now timestamptz NOT NULL, target timestamptz);
