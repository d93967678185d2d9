-- All tables of a new install, as these migrations make them; written by bin/first-tables.sh, not by hand.
-- django 5.2.19
-- approvals.0001_initial 371598ea5783cd34
-- approvals.0002_authors 3e6980042909afcb
-- calendars.0001_initial 143e1401b3d23cc7
-- calendars.0002_feeds ae2ef15c1e6f6d13
-- calendars.0003_subscriptions d3415f79a7978fea
-- channels.0001_initial d98f445c267b1163
-- channels.0002_keeping a22fca0c9d511bcb
-- channels.0003_answers 52f2e4aead99fad5
-- chats.0001_initial ad18436b1a9bf37a
-- company.0001_initial 4b24f81e24a25452
-- company.0002_heartbeat 7305a56315b1c4ce
-- company.0003_identity bdcb543efe224a38
-- company.0004_brands 1b0b238f6732bba7
-- company.0005_sites 2e5e3e44883d878d
-- complaints.0001_initial 7e689e329cb1a710
-- conversations.0001_initial a2a2cc37ba55764c
-- conversations.0002_ground 91fc8f4915593b9a
-- conversations.0003_structure 431eec9f01082584
-- conversations.0004_work ca899e9ffc9730ba
-- conversations.0005_search 70cfd15d0d088db3
-- conversations.0006_retention 1649d1908cd674af
-- conversations.0007_causes e6ace9169e1975ba
-- conversations.0008_promises 364956dbcf9ef770
-- conversations.0009_routing f77a75bc3bb6224a
-- conversations.0010_rules e934d1418f205f43
-- conversations.0011_screen 22078ea0532e516e
-- conversations.0012_identified 5bc5ed8e5623d847
-- conversations.0013_aftercare 94e64a4ffb3a6f90
-- conversations.0014_complaints 76a9f23bc3355b23
-- conversations.0015_effort 66b0e3218c85d114
-- customers.0001_initial 4e8911cdbcc352ea
-- customers.0002_people bef2930f06e05137
-- customers.0003_erasure 708ff94184c28ae2
-- customers.0004_blocks 1fc46d77079de592
-- customers.0005_segments 9840324758a02173
-- customers.0006_portal cbff8b3ec1daf21f
-- customers.0007_loyalty 4018194a52ea248a
-- desk.0001_initial d217ec51935f8ac2
-- desk.0002_views 6e8859b3e4a45233
-- desk.0003_search 31edfc2123e44350
-- desk.0004_kinds 23fc2659cf639882
-- files.0001_initial 19216804fbaeb34a
-- files.0002_remote_content 53619af11b529bd3
-- followups.0001_initial 59e63deb8b9183b7
-- forms.0001_initial 0a7c285d872b925e
-- history.0001_initial 2d7fa206af8861c8
-- history.0002_history 4654478aa4d2f771
-- history.0003_seal cd227fdf88851e6a
-- idempotency.0001_initial 78a4e698102d478e
-- knowledge.0001_initial 9ed6dec4c5204cba
-- knowledge.0002_articles 31264e165dd952e8
-- knowledge.0003_finding 1031b75838719078
-- knowledge.0004_guides b979dae88d1a2c88
-- loyalty.0001_initial b06f594a34242159
-- notifications.0001_initial afee086d72def72e
-- orders.0001_initial b4ed0c5a5c4d1d08
-- orders.0002_closing 950f6c43e383dec1
-- orders.0003_selling 3918173a8be35225
-- orders.0004_subscriptions c243fbd483a5e7b5
-- orders.0005_shops 87da7c9f7bc7e5a5
-- outreach.0001_initial 8e0cb9d511e015e1
-- reports.0001_initial 7894d00f336cc0ba
-- reports.0002_sending d6228620fdfbdc91
-- requests.0001_initial 0a13def40b375e8e
-- routing.0001_initial 4a2927915ca6a953
-- routing.0002_escalation 78d9c930183ad30a
-- sla.0001_initial 2b36e3b2fe01fccc
-- sla.0002_acknowledgements 01e036bfbb6e03be
-- sla.0003_silences c3859d5bbbd45102
-- staff.0001_initial e04cc53a7cb00bf5
-- staff.0002_access 29b4f0e4c5428d36
-- staff.0003_reopen 42fca8be50b050e3
-- staff.0004_skills 793d92d62710d11b
-- staff.0005_screen a422b24460181cb0
-- staff.0006_status ca44eba853c454bc
-- surveys.0001_initial 49f40d3cae6fe3d6
-- triggers.0001_initial b6aac6da9130c5ed
-- webhooks.0001_initial f48a8a6d443b29f1
-- webhooks.0002_refusals 748050f12b3391c5

CREATE FUNCTION public.history_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.history_make_month(moment timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.message_vector(words text[], body text, config regconfig, mark text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT array_to_tsvector(words || CASE WHEN mark = '' THEN '{}'::text[]
        ELSE ARRAY(SELECT mark || ':' || CASE WHEN octet_length(lexeme) = char_length(lexeme) THEN lexeme
                ELSE regexp_replace(normalize(lexeme, NFKD), '[\u0300-\u036f]', '', 'g') END
            FROM unnest(to_tsvector(config, body))) END)
$$;

CREATE TABLE public.agent_status (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE public.agent_status ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agent_status_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_deadline (
    id bigint NOT NULL,
    calendar_id bigint
);

ALTER TABLE public.approvals_deadline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_deadline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_decision (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    action text NOT NULL,
    facts jsonb NOT NULL,
    outcome text NOT NULL,
    code text NOT NULL,
    rule text NOT NULL,
    policy_id bigint,
    exceeded text NOT NULL,
    conversation_id bigint,
    customer_id bigint
);

ALTER TABLE public.approvals_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_limit (
    id bigint NOT NULL,
    level smallint NOT NULL,
    action text NOT NULL,
    per text NOT NULL,
    amount bigint,
    currency character varying(3) NOT NULL,
    percent numeric(5,2),
    agent_id bigint,
    role_id bigint,
    skill_id bigint,
    author_id bigint,
    CONSTRAINT limit_of_one_holder CHECK ((((agent_id IS NULL) AND (role_id IS NOT NULL) AND (skill_id IS NULL)) OR ((agent_id IS NULL) AND (role_id IS NULL) AND (skill_id IS NOT NULL)) OR ((agent_id IS NOT NULL) AND (role_id IS NULL) AND (skill_id IS NULL))))
);

ALTER TABLE public.approvals_limit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_limit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_policy (
    id bigint NOT NULL,
    rules jsonb NOT NULL,
    note text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    valid_from timestamp with time zone,
    author_id bigint,
    authors jsonb NOT NULL,
    switched_on_by_id bigint
);

ALTER TABLE public.approvals_policy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_rate (
    id bigint NOT NULL,
    source character varying(3) NOT NULL,
    target character varying(3) NOT NULL,
    "on" date NOT NULL,
    rate numeric(18,8) NOT NULL
);

ALTER TABLE public.approvals_rate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_rate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_request (
    id bigint NOT NULL,
    action text NOT NULL,
    state text NOT NULL,
    subject_kind text NOT NULL,
    subject_key bigint NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    asked_kind text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    amount bigint,
    currency character varying(3) NOT NULL,
    facts jsonb NOT NULL,
    params jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    words text NOT NULL,
    code text NOT NULL,
    rule text NOT NULL,
    policy_id bigint,
    needs jsonb NOT NULL,
    tells jsonb NOT NULL,
    hours smallint NOT NULL,
    due_at timestamp with time zone,
    decided_at timestamp with time zone,
    decided_amount bigint,
    answer text NOT NULL,
    carried jsonb,
    failure text NOT NULL,
    told_id bigint,
    untold text NOT NULL,
    approver_id bigint,
    asked_by_id bigint,
    decided_by_id bigint,
    on_behalf_of_id bigint
);

ALTER TABLE public.approvals_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_simulation (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    rules jsonb NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    before bigint,
    found jsonb NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    asked_by_id bigint,
    policy_id bigint NOT NULL
);

ALTER TABLE public.approvals_simulation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_simulation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_step (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    what text NOT NULL,
    by_agent_id bigint,
    to_agent_id bigint,
    amount bigint,
    request_id bigint NOT NULL
);

ALTER TABLE public.approvals_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.approvals_use (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    action text NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    reversed_at timestamp with time zone,
    request_id bigint
);

ALTER TABLE public.approvals_use ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.approvals_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendars_calendar (
    id bigint NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    is_default boolean NOT NULL,
    holiday_country text NOT NULL,
    holiday_region text NOT NULL
);

ALTER TABLE public.calendars_calendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_calendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendars_period (
    id bigint NOT NULL,
    weekday smallint NOT NULL,
    opens_at smallint NOT NULL,
    closes_at smallint NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT period_of_a_week CHECK ((((closes_at >= 0) AND (closes_at <= 1440)) AND ((opens_at >= 0) AND (opens_at <= 1439)) AND ((weekday >= 0) AND (weekday <= 6))))
);

ALTER TABLE public.calendars_period ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_period_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendars_specialday (
    id bigint NOT NULL,
    "on" date NOT NULL,
    periods jsonb NOT NULL,
    note text NOT NULL,
    calendar_id bigint NOT NULL
);

ALTER TABLE public.calendars_specialday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_specialday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.calendars_subscription (
    calendar_id bigint NOT NULL,
    url text NOT NULL,
    days jsonb NOT NULL,
    due_at timestamp with time zone NOT NULL,
    refreshed_at timestamp with time zone,
    failed_at timestamp with time zone,
    words text NOT NULL
);

CREATE TABLE public.case_effort (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    day date NOT NULL,
    seconds bigint NOT NULL
);

ALTER TABLE public.case_effort ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_effort_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.case_fact (
    conversation_id bigint NOT NULL,
    number bigint NOT NULL,
    version smallint NOT NULL,
    why_not text NOT NULL,
    is_restricted boolean NOT NULL,
    category text NOT NULL,
    channel_id bigint,
    channel_kind text NOT NULL,
    brand_id bigint NOT NULL,
    team_id bigint,
    agent_id bigint,
    topic_id bigint,
    product_ids bigint[] NOT NULL,
    order_ids bigint[] NOT NULL,
    customer_id bigint,
    organisation_id bigint,
    priority smallint NOT NULL,
    form_id bigint,
    language text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    first_responded_at timestamp with time zone,
    first_resolved_at timestamp with time zone,
    resolved_at timestamp with time zone,
    rated_at timestamp with time zone,
    asked_at timestamp with time zone,
    opened_on date,
    first_resolved_on date,
    resolved_on date,
    rated_on date,
    asked_on date,
    incoming integer NOT NULL,
    replies integer NOT NULL,
    first_response_seconds bigint,
    first_response_business bigint,
    responses integer,
    response_seconds bigint,
    response_business bigint,
    resolution_seconds bigint,
    resolution_business bigint,
    is_first_contact smallint,
    is_reopened smallint,
    reopenings integer NOT NULL,
    transfers integer NOT NULL,
    is_answer_kept smallint,
    is_resolution_kept smallint,
    is_kept smallint,
    csat_score smallint,
    is_satisfied smallint,
    nps_score smallint,
    nps smallint,
    ces_score smallint,
    is_answered smallint,
    handle_seconds bigint,
    open_spans timestamp with time zone[] NOT NULL,
    span_days date[] NOT NULL
);

CREATE SEQUENCE public.case_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.channels_channel (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    settings jsonb NOT NULL,
    secrets bytea NOT NULL,
    health jsonb NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    brand_id bigint NOT NULL,
    team_id bigint
);

ALTER TABLE public.channels_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.channels_inbound (
    id bigint NOT NULL,
    spool_name text NOT NULL COLLATE pg_catalog."C",
    door text NOT NULL,
    envelope_from text NOT NULL,
    envelope_to text[] NOT NULL,
    received_at timestamp with time zone NOT NULL,
    size bigint NOT NULL,
    subject text NOT NULL,
    sender text NOT NULL,
    status text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    attempts smallint NOT NULL,
    conversation_number bigint,
    message_key bigint,
    processed_at timestamp with time zone,
    channel_id bigint,
    file_id character varying(64),
    erased_at timestamp with time zone
);

ALTER TABLE public.channels_inbound ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_inbound_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.chats_identity (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    visitor_id bigint NOT NULL
);

ALTER TABLE public.chats_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.chats_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.chats_thread (
    id bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    first_client_id text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    fields jsonb NOT NULL,
    language text NOT NULL,
    is_offline boolean NOT NULL,
    mail text NOT NULL,
    next_n integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    picked_up_at timestamp with time zone,
    ended_at timestamp with time zone,
    seen_at timestamp with time zone NOT NULL,
    seen_id bigint NOT NULL,
    mailed_id bigint NOT NULL,
    mail_due_at timestamp with time zone,
    transcript_to text NOT NULL,
    transcript_sent_at timestamp with time zone,
    score smallint,
    comment text NOT NULL,
    rated_at timestamp with time zone,
    channel_id bigint NOT NULL,
    conversation_id bigint,
    visitor_id bigint NOT NULL
);

ALTER TABLE public.chats_thread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.chats_thread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.chats_upload (
    id bigint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    file_id character varying(64) NOT NULL,
    visitor_id bigint NOT NULL
);

ALTER TABLE public.chats_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.chats_upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.chats_visitor (
    id bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    digest character varying(64) NOT NULL,
    name text NOT NULL,
    mail text NOT NULL,
    is_identified boolean NOT NULL,
    subject text NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    channel_id bigint NOT NULL,
    customer_id bigint
);

ALTER TABLE public.chats_visitor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.chats_visitor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.company (
    id bigint NOT NULL,
    name text NOT NULL,
    languages jsonb NOT NULL,
    time_zone text NOT NULL,
    settings jsonb NOT NULL
);

CREATE TABLE public.company_brand (
    id bigint NOT NULL,
    name text NOT NULL,
    signature text NOT NULL,
    is_default boolean NOT NULL,
    public_name text NOT NULL,
    domain text NOT NULL,
    accent text NOT NULL,
    languages jsonb NOT NULL,
    logo_id character varying(64),
    logo_type text NOT NULL
);

ALTER TABLE public.company_brand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.company_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.company_heartbeat (
    part text NOT NULL,
    name text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.company ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.company_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_category (
    id bigint NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL
);

ALTER TABLE public.complaints_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_cause (
    id bigint NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint
);

ALTER TABLE public.complaints_cause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_cause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_clock (
    id bigint NOT NULL,
    kind text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone,
    rings_at timestamp with time zone,
    warned_at timestamp with time zone,
    met_at timestamp with time zone,
    broken_at timestamp with time zone,
    first_due_at timestamp with time zone NOT NULL,
    complaint_id bigint NOT NULL
);

ALTER TABLE public.complaints_clock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_complaint (
    id bigint NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    state text NOT NULL,
    severity text NOT NULL,
    complainant text NOT NULL,
    country character varying(2) NOT NULL,
    text text NOT NULL,
    wish text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reasons text NOT NULL,
    remedies jsonb NOT NULL,
    decided_at timestamp with time zone,
    answered_at timestamp with time zone,
    referred_to text NOT NULL,
    referred_on date,
    reference text NOT NULL,
    referral_outcome text NOT NULL,
    referral_ended_on date,
    closed_at timestamp with time zone,
    is_satisfied boolean,
    view text NOT NULL,
    reopened smallint NOT NULL,
    next_due_at timestamp with time zone,
    due_kind text NOT NULL,
    is_broken boolean NOT NULL,
    about_id bigint,
    brand_id bigint,
    category_id bigint,
    cause_id bigint,
    decided_by_id bigint,
    investigator_id bigint,
    owner_id bigint,
    product_id bigint,
    recorded_by_id bigint,
    rules_id bigint
);

ALTER TABLE public.complaints_complaint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_complaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_correction (
    id bigint NOT NULL,
    text text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    check_after smallint NOT NULL,
    done_at timestamp with time zone,
    result text NOT NULL,
    check_due_at timestamp with time zone,
    checked_at timestamp with time zone,
    is_effective boolean,
    finding text NOT NULL,
    rings_at timestamp with time zone,
    broken_at timestamp with time zone,
    cause_id bigint,
    checked_by_id bigint,
    complaint_id bigint NOT NULL,
    done_by_id bigint,
    made_by_id bigint,
    owner_id bigint
);

ALTER TABLE public.complaints_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_entry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    what text NOT NULL,
    words text NOT NULL,
    data jsonb NOT NULL,
    language text NOT NULL,
    message_id bigint,
    by_agent_id bigint,
    complaint_id bigint NOT NULL,
    paper_id character varying(64)
);

ALTER TABLE public.complaints_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_letter (
    id bigint NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    name text NOT NULL,
    texts jsonb NOT NULL,
    is_active boolean NOT NULL
);

ALTER TABLE public.complaints_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaints_ruleset (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    country character varying(2) NOT NULL,
    terms jsonb NOT NULL,
    extension jsonb NOT NULL,
    body text NOT NULL,
    is_off boolean NOT NULL,
    written_at timestamp with time zone NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    author_id bigint,
    brand_id bigint,
    calendar_id bigint,
    product_id bigint
);

ALTER TABLE public.complaints_ruleset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_attachment (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    is_inline boolean NOT NULL,
    content_id text NOT NULL,
    file_id character varying(64) NOT NULL,
    message_id bigint NOT NULL
);

ALTER TABLE public.conversations_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_autoreply (
    id bigint NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.conversations_autoreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_autoreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_bulkchange (
    id bigint NOT NULL,
    verbs text[] NOT NULL,
    via text NOT NULL,
    change jsonb NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    agent_id bigint NOT NULL
);

ALTER TABLE public.conversations_bulkchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_bulkchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_bulkitem (
    id bigint NOT NULL,
    number bigint NOT NULL,
    state text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    before jsonb,
    version integer,
    message_id bigint,
    bulk_id bigint NOT NULL
);

ALTER TABLE public.conversations_bulkitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_bulkitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_casefield (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name jsonb NOT NULL,
    kind text NOT NULL,
    choices jsonb NOT NULL,
    topic_ids bigint[] NOT NULL,
    is_needed_to_resolve boolean NOT NULL,
    "position" smallint NOT NULL,
    retired_at timestamp with time zone
);

ALTER TABLE public.conversations_casefield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_casefield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_checklistitem (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    text text NOT NULL,
    is_required boolean NOT NULL,
    done_at timestamp with time zone,
    conversation_id bigint NOT NULL,
    done_by_id bigint
);

ALTER TABLE public.conversations_checklistitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_checklistitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_checklisttemplate (
    id bigint NOT NULL,
    name text NOT NULL,
    items jsonb NOT NULL
);

ALTER TABLE public.conversations_checklisttemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_checklisttemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_conversation (
    id bigint NOT NULL,
    number bigint NOT NULL,
    subject text NOT NULL,
    category text NOT NULL,
    is_spam boolean NOT NULL,
    priority smallint NOT NULL,
    channel_ids bigint[] NOT NULL,
    follower_ids bigint[] NOT NULL,
    restricted_to bigint[],
    tag_ids bigint[] NOT NULL,
    fields jsonb NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    waiting_since timestamp with time zone,
    next_due_at timestamp with time zone,
    due_sort timestamp with time zone GENERATED ALWAYS AS (COALESCE(next_due_at, '9999-12-31 00:00:00+00'::timestamp with time zone)) STORED,
    due_kind text NOT NULL,
    first_response_due_at timestamp with time zone,
    first_responded_at timestamp with time zone,
    resolution_due_at timestamp with time zone,
    resolved_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    last_snippet text NOT NULL,
    last_message_id bigint,
    message_count integer NOT NULL,
    has_attachment boolean NOT NULL,
    pending_approvals smallint NOT NULL,
    hint jsonb,
    version integer NOT NULL,
    assignee_id bigint,
    brand_id bigint NOT NULL,
    channel_id bigint,
    customer_id bigint,
    merged_into_id bigint,
    team_id bigint,
    status_id bigint NOT NULL,
    side_news smallint DEFAULT 0 NOT NULL,
    side_of_id bigint,
    topic_id bigint,
    mentioned_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    open_duties smallint DEFAULT 0 NOT NULL,
    problem_id bigint,
    open_complaints smallint DEFAULT 0 NOT NULL
);

ALTER TABLE public.conversations_conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_delivery (
    message_id bigint NOT NULL,
    state text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts smallint NOT NULL,
    claimed_by text NOT NULL,
    claimed_at timestamp with time zone,
    sent_at timestamp with time zone,
    server_words text NOT NULL,
    is_automatic boolean NOT NULL,
    is_scheduled boolean NOT NULL,
    remaining jsonb,
    refused jsonb NOT NULL,
    channel_id bigint
);

CREATE TABLE public.conversations_draft (
    id bigint NOT NULL,
    kind text NOT NULL,
    content jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    shared_at timestamp with time zone
);

ALTER TABLE public.conversations_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_filetext (
    digest character varying(64) NOT NULL,
    state text NOT NULL,
    text text NOT NULL,
    version smallint NOT NULL,
    attempts smallint NOT NULL,
    read_at timestamp with time zone
);

CREATE TABLE public.conversations_fingerprint (
    key character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    message_id bigint
);

CREATE TABLE public.conversations_identification (
    id bigint NOT NULL,
    how text NOT NULL,
    questions text[] NOT NULL,
    is_passed boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    conversation_id bigint NOT NULL,
    customer_id bigint NOT NULL
);

ALTER TABLE public.conversations_identification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_identification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_imported (
    id bigint NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    ours bigint NOT NULL
);

ALTER TABLE public.conversations_imported ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_imported_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_link (
    id bigint NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    conversation_id bigint NOT NULL,
    other_id bigint NOT NULL,
    created_by_id bigint,
    CONSTRAINT link_of_two CHECK ((NOT (conversation_id = other_id)))
);

ALTER TABLE public.conversations_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_mention (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    message_id bigint NOT NULL
);

ALTER TABLE public.conversations_mention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_merge (
    id bigint NOT NULL,
    is_split boolean NOT NULL,
    before jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    absorbed_id bigint NOT NULL,
    into_id bigint NOT NULL,
    merged_by_id bigint,
    undone_by_id bigint
);

ALTER TABLE public.conversations_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_message (
    id bigint NOT NULL,
    kind text NOT NULL,
    form text NOT NULL,
    visibility text NOT NULL,
    author_kind text NOT NULL,
    author_id bigint NOT NULL,
    sender jsonb NOT NULL,
    reply_to jsonb NOT NULL,
    "to" jsonb NOT NULL,
    cc jsonb NOT NULL,
    bcc jsonb NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    visible_text text NOT NULL,
    quoted text NOT NULL,
    signature text NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    in_reply_to text NOT NULL COLLATE pg_catalog."C",
    sent_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    duration interval,
    authenticity jsonb NOT NULL,
    auto_reply text NOT NULL,
    bounce jsonb,
    is_doubtful boolean NOT NULL,
    data jsonb NOT NULL,
    vector tsvector,
    vector_version smallint NOT NULL,
    channel_id bigint,
    conversation_id bigint NOT NULL,
    inbound_id bigint,
    parent_id bigint,
    home_id bigint
);
ALTER TABLE ONLY public.conversations_message ALTER COLUMN vector SET STATISTICS 1000;

ALTER TABLE public.conversations_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_noduplicate (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    conversation_id bigint NOT NULL,
    other_id bigint NOT NULL
);

ALTER TABLE public.conversations_noduplicate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_noduplicate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_participant (
    id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    conversation_id bigint NOT NULL,
    customer_id bigint
);

ALTER TABLE public.conversations_participant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_participant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_problem (
    id bigint NOT NULL,
    title text NOT NULL,
    detail text NOT NULL,
    words text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    created_by_id bigint
);

ALTER TABLE public.conversations_problem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_problem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_reading (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL
);

ALTER TABLE public.conversations_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_reference (
    id bigint NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    message_id bigint NOT NULL
);

ALTER TABLE public.conversations_reference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_reference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_retentionrule (
    id bigint NOT NULL,
    name text NOT NULL,
    target text NOT NULL,
    action text NOT NULL,
    basis text NOT NULL,
    days integer NOT NULL,
    filter jsonb NOT NULL,
    is_active boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT retention_action_known CHECK ((action = ANY (ARRAY['delete'::text, 'anonymise'::text, 'files'::text]))),
    CONSTRAINT retention_days CHECK (((days >= 1) AND (days <= 36500))),
    CONSTRAINT retention_target_known CHECK ((target = ANY (ARRAY['cases'::text, 'raw'::text, 'unrouted'::text])))
);

ALTER TABLE public.conversations_retentionrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_retentionrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_retentionrun (
    id bigint NOT NULL,
    by_kind text NOT NULL,
    by_id bigint NOT NULL,
    cut_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    counts jsonb NOT NULL,
    rule_id bigint NOT NULL
);

ALTER TABLE public.conversations_retentionrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_retentionrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_status (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name jsonb NOT NULL,
    category text NOT NULL,
    "position" smallint NOT NULL,
    retired_at timestamp with time zone
);

ALTER TABLE public.conversations_status ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_status_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_tag (
    id bigint NOT NULL,
    name text NOT NULL
);

ALTER TABLE public.conversations_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_teamrule (
    team_id bigint NOT NULL,
    only_assignee_sends boolean NOT NULL
);

CREATE TABLE public.conversations_topic (
    id bigint NOT NULL,
    name jsonb NOT NULL,
    "position" smallint NOT NULL,
    retired_at timestamp with time zone,
    parent_id bigint
);

ALTER TABLE public.conversations_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_transcript (
    id bigint NOT NULL,
    with_notes boolean NOT NULL,
    with_files boolean NOT NULL,
    send_to jsonb NOT NULL,
    state text NOT NULL,
    words text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    file_id character varying(64)
);

ALTER TABLE public.conversations_transcript ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_transcript_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_undo (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    before jsonb NOT NULL,
    version integer NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    note_id bigint
);

ALTER TABLE public.conversations_undo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_undo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversations_upload (
    id bigint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint,
    file_id character varying(64) NOT NULL
);

ALTER TABLE public.conversations_upload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conversations_upload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_address (
    id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    verified_at timestamp with time zone,
    is_primary boolean NOT NULL,
    undeliverable_since timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    likeness text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    verified_how text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.customers_address ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_block (
    id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    created_by_id bigint
);

ALTER TABLE public.customers_block ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_block_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_consent (
    id bigint NOT NULL,
    purpose text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_how text NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_how text NOT NULL,
    customer_id bigint NOT NULL,
    given_by_id bigint,
    withdrawn_by_id bigint
);

ALTER TABLE public.customers_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_customer (
    id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    notes text NOT NULL,
    fields jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    merged_into_id bigint,
    organisation_id bigint,
    do_not_contact text[] DEFAULT '{}'::text[] NOT NULL,
    preferred_channel text DEFAULT ''::text NOT NULL,
    sort_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    time_zone text DEFAULT ''::text NOT NULL,
    vector tsvector,
    sees_company boolean DEFAULT false NOT NULL
);

ALTER TABLE public.customers_customer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_entrylink (
    id bigint NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    language text NOT NULL,
    wanted text NOT NULL,
    browser character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    sent_at timestamp with time zone,
    used_at timestamp with time zone,
    error text NOT NULL,
    brand_id bigint NOT NULL
);

ALTER TABLE public.customers_entrylink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_entrylink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_erasure (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    mode text NOT NULL,
    reason text NOT NULL,
    counts jsonb NOT NULL,
    by_kind text NOT NULL,
    by_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    CONSTRAINT erasure_mode CHECK ((mode = ANY (ARRAY['erase'::text, 'anonymise'::text])))
);

ALTER TABLE public.customers_erasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_field (
    id bigint NOT NULL,
    subject text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    choices jsonb NOT NULL,
    is_required boolean NOT NULL,
    is_listed boolean NOT NULL,
    "position" smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone
);

ALTER TABLE public.customers_field ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_field_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_import (
    id bigint NOT NULL,
    name text NOT NULL,
    format text NOT NULL,
    encoding text NOT NULL,
    delimiter text NOT NULL,
    headings text[] NOT NULL,
    mapping text[] NOT NULL,
    is_updating boolean NOT NULL,
    state text NOT NULL,
    total integer NOT NULL,
    "position" integer NOT NULL,
    counts jsonb NOT NULL,
    error text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    due_at timestamp with time zone,
    by_id bigint,
    file_id character varying(64) NOT NULL
);

ALTER TABLE public.customers_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_importrow (
    id bigint NOT NULL,
    number integer NOT NULL,
    cells text[] NOT NULL,
    keys text[] NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    is_done boolean NOT NULL,
    customer_id bigint,
    owner_id bigint NOT NULL
);

ALTER TABLE public.customers_importrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_importrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_login (
    customer_id bigint NOT NULL,
    password text NOT NULL,
    set_at timestamp with time zone NOT NULL
);

CREATE TABLE public.customers_merge (
    id bigint NOT NULL,
    by_kind text NOT NULL,
    by_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    addresses jsonb NOT NULL,
    note_ids bigint[] NOT NULL,
    consent_ids bigint[] NOT NULL,
    case_ids bigint[] NOT NULL,
    participant_ids bigint[] NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    undone_at timestamp with time zone,
    undone_by bigint,
    merged_id bigint NOT NULL,
    survivor_id bigint NOT NULL,
    CONSTRAINT merged_with_another CHECK ((NOT (survivor_id = merged_id)))
);

ALTER TABLE public.customers_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_note (
    id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    author_id bigint,
    customer_id bigint NOT NULL
);

ALTER TABLE public.customers_note ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_notsame (
    id bigint NOT NULL,
    by_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT not_same_in_order CHECK ((first_id < second_id))
);

ALTER TABLE public.customers_notsame ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_notsame_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_organisation (
    id bigint NOT NULL,
    name text NOT NULL,
    domains jsonb NOT NULL,
    notes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    sort_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE public.customers_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_portal (
    brand_id bigint NOT NULL,
    who text NOT NULL,
    has_logins boolean NOT NULL,
    has_company_view boolean NOT NULL,
    links_in_mails boolean NOT NULL
);

CREATE TABLE public.customers_rating (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    resolved_at timestamp with time zone NOT NULL,
    score smallint NOT NULL,
    comment text NOT NULL,
    rated_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    CONSTRAINT rating_of_five CHECK (((score >= 1) AND (score <= 5)))
);

ALTER TABLE public.customers_rating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_segment (
    id bigint NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    owner_id bigint
);

ALTER TABLE public.customers_segment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_segment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.customers_session (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    how text NOT NULL,
    device text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    customer_id bigint NOT NULL
);

ALTER TABLE public.customers_session ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customers_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_recentsearch (
    id bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);

ALTER TABLE public.desk_recentsearch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.desk_recentsearch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_view (
    id bigint NOT NULL,
    name text NOT NULL,
    code character varying(50),
    filter jsonb NOT NULL,
    sort text NOT NULL,
    "position" smallint NOT NULL,
    owner_id bigint,
    team_id bigint,
    columns text[] DEFAULT '{}'::text[] NOT NULL,
    kind text DEFAULT 'list'::text NOT NULL,
    split text DEFAULT 'status'::text NOT NULL
);

ALTER TABLE public.desk_view ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.desk_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_viewplace (
    id bigint NOT NULL,
    code text NOT NULL,
    "position" smallint NOT NULL,
    is_hidden boolean NOT NULL,
    agent_id bigint NOT NULL
);

ALTER TABLE public.desk_viewplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.desk_viewplace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.desk_word (
    word text NOT NULL COLLATE pg_catalog."C",
    count integer NOT NULL,
    near text[] NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.fact_day (
    id bigint NOT NULL,
    dim text NOT NULL,
    day date NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL,
    n bigint NOT NULL,
    total bigint NOT NULL,
    business bigint NOT NULL
);

ALTER TABLE public.fact_day ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fact_day_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.fact_due (
    conversation_id bigint NOT NULL
);

CREATE TABLE public.fact_state (
    one boolean NOT NULL,
    version smallint NOT NULL,
    zone text NOT NULL,
    after bigint,
    asked_at timestamp with time zone
);

CREATE TABLE public.files_file (
    digest character varying(64) NOT NULL,
    size bigint NOT NULL,
    stored_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone
);

CREATE TABLE public.files_remotecontent (
    address_digest character varying(64) NOT NULL,
    media_type text NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    file_id character varying(64) NOT NULL
);

CREATE TABLE public.followups_closingrule (
    team_id bigint NOT NULL,
    is_strict boolean NOT NULL,
    kind text NOT NULL,
    days smallint NOT NULL
);

CREATE TABLE public.followups_followup (
    id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    due_at timestamp with time zone,
    outcome text NOT NULL,
    outcome_note text NOT NULL,
    answer_id bigint,
    rule_id bigint,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by bigint,
    conversation_id bigint NOT NULL,
    customer_id bigint,
    owner_id bigint,
    team_id bigint
);

ALTER TABLE public.followups_followup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.followups_followup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.followups_review (
    id bigint NOT NULL,
    source text NOT NULL,
    url text NOT NULL,
    author text NOT NULL,
    stars smallint,
    text text NOT NULL,
    posted_on date,
    recorded_at timestamp with time zone NOT NULL,
    recorded_by bigint NOT NULL,
    answered_at timestamp with time zone,
    brand_id bigint,
    conversation_id bigint,
    customer_id bigint,
    CONSTRAINT stars_of_five CHECK (((stars IS NULL) OR ((stars >= 1) AND (stars <= 5))))
);

ALTER TABLE public.followups_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.followups_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.followups_voice (
    id bigint NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    state text NOT NULL,
    votes integer NOT NULL,
    answer text NOT NULL,
    answered_by bigint,
    due_at timestamp with time zone,
    made_by bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    merged_into_id bigint,
    owner_id bigint,
    person_id bigint,
    product_id bigint
);

ALTER TABLE public.followups_voice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.followups_voice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.followups_vote (
    id bigint NOT NULL,
    by_agent bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    told_at timestamp with time zone,
    message_id bigint,
    conversation_id bigint NOT NULL,
    customer_id bigint,
    voice_id bigint NOT NULL
);

ALTER TABLE public.followups_vote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.followups_vote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_form (
    id bigint NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    slug text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    content jsonb NOT NULL,
    origins text[] NOT NULL,
    is_open boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    brand_id bigint NOT NULL,
    channel_id bigint NOT NULL
);

ALTER TABLE public.forms_form ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_form_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_heldfile (
    id bigint NOT NULL,
    submission text NOT NULL COLLATE pg_catalog."C",
    field text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    held_at timestamp with time zone NOT NULL,
    file_id character varying(64) NOT NULL
);

ALTER TABLE public.forms_heldfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_heldfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.forms_sending (
    id bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.forms_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forms_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.history (
    id bigint NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id() NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    via text NOT NULL,
    name text NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    subject_kind text NOT NULL,
    subject_key bigint NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    data jsonb NOT NULL
)
PARTITION BY RANGE (at);

ALTER TABLE public.history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.history_reader (
    name text NOT NULL,
    tx bigint NOT NULL,
    happening bigint NOT NULL,
    moved_at timestamp with time zone
);

CREATE TABLE public.history_rest (
    id bigint CONSTRAINT history_id_not_null NOT NULL,
    tx xid8 DEFAULT pg_current_xact_id() CONSTRAINT history_tx_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT history_at_not_null NOT NULL,
    actor_kind text CONSTRAINT history_actor_kind_not_null NOT NULL,
    actor_id bigint CONSTRAINT history_actor_id_not_null NOT NULL,
    via text CONSTRAINT history_via_not_null NOT NULL,
    name text CONSTRAINT history_name_not_null NOT NULL,
    version smallint DEFAULT 1 CONSTRAINT history_version_not_null NOT NULL,
    subject_kind text CONSTRAINT history_subject_kind_not_null NOT NULL,
    subject_key bigint CONSTRAINT history_subject_key_not_null NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    data jsonb CONSTRAINT history_data_not_null NOT NULL
);

CREATE TABLE public.history_seal (
    month text NOT NULL,
    tx bigint NOT NULL,
    happening bigint NOT NULL,
    count bigint NOT NULL,
    digest character varying(64) NOT NULL,
    sealed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.history_set_aside (
    id bigint NOT NULL,
    reader text NOT NULL,
    happening bigint NOT NULL,
    name text NOT NULL,
    error text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.history_set_aside ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.history_set_aside_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.idempotency_keptanswer (
    id bigint NOT NULL,
    owner bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    digest character varying(64) NOT NULL,
    status smallint,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.idempotency_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.idempotency_keptanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.kit_clock (
    one boolean DEFAULT true NOT NULL,
    now timestamp with time zone NOT NULL,
    target timestamp with time zone,
    CONSTRAINT kit_clock_one_check CHECK (one)
);

CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    kind text NOT NULL,
    audience text NOT NULL,
    product text NOT NULL,
    review_by date,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone,
    brand_id bigint NOT NULL,
    owner_id bigint,
    category_id bigint,
    CONSTRAINT article_audience_known CHECK ((audience = ANY (ARRAY['public'::text, 'staff'::text]))),
    CONSTRAINT policies_are_for_staff CHECK (((NOT (kind = 'policy'::text)) OR (audience = 'staff'::text)))
);

ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleincase (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    how text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    article_id bigint NOT NULL
);

ALTER TABLE public.knowledge_articleincase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleincase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleindex (
    text_id bigint NOT NULL,
    article_id bigint NOT NULL,
    language text NOT NULL,
    version_id bigint,
    rules smallint NOT NULL,
    words text[] NOT NULL
);

CREATE TABLE public.knowledge_articleopinion (
    id bigint NOT NULL,
    language text NOT NULL,
    version integer NOT NULL,
    reader text NOT NULL,
    is_helpful boolean NOT NULL,
    reason text NOT NULL,
    comment text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    article_id bigint NOT NULL,
    settled_by_id bigint
);

ALTER TABLE public.knowledge_articleopinion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleopinion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articlephrase (
    id bigint NOT NULL,
    language text NOT NULL,
    words text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL
);

ALTER TABLE public.knowledge_articlephrase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlephrase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articlepicture (
    id bigint NOT NULL,
    place text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    file_id character varying(64) NOT NULL
);

ALTER TABLE public.knowledge_articlepicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlepicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articletext (
    id bigint NOT NULL,
    audience text NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    html text NOT NULL,
    text text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    brand_id bigint NOT NULL,
    version_id bigint NOT NULL
);

ALTER TABLE public.knowledge_articletext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articletext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleversion (
    id bigint NOT NULL,
    language text NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    html text NOT NULL,
    text text NOT NULL,
    revision integer NOT NULL,
    writers bigint[] NOT NULL,
    remark text NOT NULL,
    due_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    approved_by_id bigint,
    article_id bigint NOT NULL
);

ALTER TABLE public.knowledge_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_articleword (
    id bigint NOT NULL,
    text_id bigint NOT NULL,
    language text NOT NULL,
    term text NOT NULL COLLATE pg_catalog."C",
    weight double precision NOT NULL
);

ALTER TABLE public.knowledge_articleword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_cannedfile (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    file_id character varying(64) NOT NULL,
    reply_id bigint NOT NULL
);

ALTER TABLE public.knowledge_cannedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_cannedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_cannedreply (
    id bigint NOT NULL,
    name text NOT NULL,
    abbreviation text NOT NULL,
    folder text NOT NULL,
    labels text[] NOT NULL,
    texts jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    owner_id bigint,
    team_id bigint
);

ALTER TABLE public.knowledge_cannedreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_cannedreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_category (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    slug text NOT NULL,
    names jsonb NOT NULL,
    brand_id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT category_is_not_its_own CHECK ((NOT ((parent_id = id) AND (parent_id IS NOT NULL))))
);

ALTER TABLE public.knowledge_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_findingword (
    id bigint NOT NULL,
    language text NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    term text NOT NULL COLLATE pg_catalog."C",
    count integer NOT NULL,
    near text[] NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE public.knowledge_findingword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_findingword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_guide (
    id bigint NOT NULL,
    slug text NOT NULL,
    audience text NOT NULL,
    titles jsonb NOT NULL,
    summaries jsonb NOT NULL,
    steps jsonb NOT NULL,
    asks_device boolean NOT NULL,
    current integer,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT guide_audience_known CHECK ((audience = ANY (ARRAY['public'::text, 'staff'::text])))
);

ALTER TABLE public.knowledge_guide ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_guide_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_guiderun (
    id bigint NOT NULL,
    token text,
    conversation_id bigint,
    path jsonb NOT NULL,
    outcome text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    agent_id bigint,
    version_id bigint NOT NULL
);

ALTER TABLE public.knowledge_guiderun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_guiderun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_guideversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    titles jsonb NOT NULL,
    summaries jsonb NOT NULL,
    steps jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    guide_id bigint NOT NULL
);

ALTER TABLE public.knowledge_guideversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_guideversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_macro (
    id bigint NOT NULL,
    name text NOT NULL,
    folder text NOT NULL,
    actions jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    owner_id bigint,
    team_id bigint
);

ALTER TABLE public.knowledge_macro ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_macro_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_search (
    id bigint NOT NULL,
    token text,
    visitor text NOT NULL,
    at timestamp with time zone NOT NULL,
    brand_id bigint NOT NULL,
    language text NOT NULL,
    place text NOT NULL,
    words text NOT NULL,
    key text NOT NULL,
    results integer NOT NULL,
    cover double precision NOT NULL,
    opened bigint[] NOT NULL,
    outcome text NOT NULL,
    settled_at timestamp with time zone
);

ALTER TABLE public.knowledge_search ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_search_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.knowledge_use (
    id bigint NOT NULL,
    kind text NOT NULL,
    item bigint NOT NULL,
    used_on date NOT NULL,
    times integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);

ALTER TABLE public.knowledge_use ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_offer (
    id bigint NOT NULL,
    kind text NOT NULL,
    "both" integer NOT NULL,
    buyers integer NOT NULL,
    state text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    because_id bigint,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    product_id bigint NOT NULL
);

ALTER TABLE public.loyalty_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_pair (
    id bigint NOT NULL,
    kind text NOT NULL,
    "both" integer NOT NULL,
    buyers integer NOT NULL,
    others integer NOT NULL,
    other_id bigint NOT NULL,
    product_id bigint NOT NULL
);

ALTER TABLE public.loyalty_pair ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_pair_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_preference (
    customer_id bigint NOT NULL,
    wants_offers boolean NOT NULL,
    how text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.loyalty_referral (
    id bigint NOT NULL,
    state text NOT NULL,
    refusal text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    agent_id bigint,
    order_id bigint,
    referred_id bigint NOT NULL,
    referred_credit_id bigint,
    referrer_id bigint NOT NULL,
    referrer_credit_id bigint,
    CONSTRAINT referred_by_another CHECK ((NOT (referrer_id = referred_id)))
);

ALTER TABLE public.loyalty_referral ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_referralcode (
    customer_id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.loyalty_scheme (
    id bigint NOT NULL,
    refers boolean NOT NULL,
    currency text NOT NULL,
    referrer_gets bigint NOT NULL,
    referred_gets bigint NOT NULL,
    most_referrals smallint NOT NULL,
    offers boolean NOT NULL,
    least_count smallint NOT NULL,
    least_percent smallint NOT NULL,
    tiers_due_at timestamp with time zone,
    pairs_due_at timestamp with time zone,
    pairs_at timestamp with time zone,
    buyers integer NOT NULL,
    CONSTRAINT scheme_gives CHECK (((referrer_gets >= 0) AND (referred_gets >= 0))),
    CONSTRAINT scheme_is_one CHECK ((id = 1))
);

ALTER TABLE public.loyalty_scheme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_scheme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_standing (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    value bigint NOT NULL,
    currency text NOT NULL,
    orders integer NOT NULL,
    is_given boolean NOT NULL,
    agent_id bigint,
    customer_id bigint NOT NULL,
    tier_id bigint
);

ALTER TABLE public.loyalty_standing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_standing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.loyalty_tier (
    id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    "position" smallint NOT NULL,
    months smallint,
    least_value bigint,
    currency text NOT NULL,
    least_orders integer,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT tier_orders_are_some CHECK ((least_orders > 0)),
    CONSTRAINT tier_value_is_something CHECK ((least_value > 0))
);

ALTER TABLE public.loyalty_tier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.loyalty_tier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_choice (
    agent_id bigint NOT NULL,
    chosen jsonb NOT NULL,
    undisturbed_until timestamp with time zone
);

CREATE TABLE public.notifications_device (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    name text NOT NULL,
    signed_by text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    agent_id bigint NOT NULL
);

ALTER TABLE public.notifications_device ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_device_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_mute (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL
);

ALTER TABLE public.notifications_mute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_mute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_notification (
    id bigint NOT NULL,
    kind text NOT NULL,
    happenings bigint[] NOT NULL,
    messages bigint[] NOT NULL,
    count integer NOT NULL,
    is_shown boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    newest_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone,
    agent_id bigint NOT NULL,
    conversation_id bigint NOT NULL
);

ALTER TABLE public.notifications_notification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notifications_parcel (
    id bigint NOT NULL,
    due_at timestamp with time zone,
    tries smallint NOT NULL,
    left_at timestamp with time zone,
    error text NOT NULL,
    device_id bigint,
    notification_id bigint NOT NULL
);

ALTER TABLE public.notifications_parcel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_parcel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.order_number
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.orders_cart (
    id bigint NOT NULL,
    state text NOT NULL,
    currency text NOT NULL,
    address jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    agent_id bigint,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    order_id bigint,
    revises_id bigint
);

ALTER TABLE public.orders_cart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_cart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_cartline (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    options jsonb NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    rate integer,
    amount bigint NOT NULL,
    reserved integer NOT NULL,
    cart_id bigint NOT NULL,
    variant_id bigint,
    CONSTRAINT cart_line_has_something CHECK ((quantity > 0)),
    CONSTRAINT cart_line_reserves_no_debt CHECK ((reserved >= 0))
);

ALTER TABLE public.orders_cartline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_cartline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_charge (
    id bigint NOT NULL,
    kind text NOT NULL,
    of timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    "full" bigint NOT NULL,
    discount bigint NOT NULL,
    from_credit bigint NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    at timestamp with time zone NOT NULL,
    order_id bigint,
    subscription_id bigint NOT NULL,
    CONSTRAINT charge_adds_up CHECK (((amount >= 0) AND (discount >= 0) AND (from_credit >= 0)))
);

ALTER TABLE public.orders_charge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_charge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_check (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    questions text[] NOT NULL
);

ALTER TABLE public.orders_check ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_credit (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    method_id bigint NOT NULL,
    order_id bigint,
    CONSTRAINT credit_is_something CHECK ((amount > 0))
);

ALTER TABLE public.orders_credit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_credit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_gateway (
    id bigint NOT NULL,
    kind text NOT NULL,
    settings jsonb NOT NULL,
    secrets bytea NOT NULL,
    is_active boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

ALTER TABLE public.orders_gateway ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_gateway_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_gatewayact (
    id bigint NOT NULL,
    gateway text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    reference text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    tries smallint NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    sentence text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    done_at timestamp with time zone,
    payment_id bigint,
    link_id bigint
);

ALTER TABLE public.orders_gatewayact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_gatewayact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_gatewayevent (
    id bigint NOT NULL,
    gateway text NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    body text NOT NULL,
    tries smallint NOT NULL,
    sentence text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone
);

ALTER TABLE public.orders_gatewayevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_gatewayevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_item (
    id bigint NOT NULL,
    serial text NOT NULL COLLATE pg_catalog."C",
    version text NOT NULL,
    bought_on date,
    warranty_until date,
    registered_at timestamp with time zone NOT NULL,
    agent_id bigint,
    customer_id bigint NOT NULL,
    line_id bigint,
    product_id bigint NOT NULL,
    variant_id bigint,
    CONSTRAINT item_has_a_serial CHECK ((NOT (serial = ''::text)))
);

ALTER TABLE public.orders_item ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_line (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    options jsonb NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    rate integer,
    amount bigint NOT NULL,
    due bigint NOT NULL,
    credited bigint NOT NULL,
    credited_units integer NOT NULL,
    cancelled integer NOT NULL,
    shipped integer NOT NULL,
    delivered integer NOT NULL,
    coming_back integer NOT NULL,
    returned integer NOT NULL,
    replaced integer NOT NULL,
    of_line_id bigint,
    order_id bigint NOT NULL,
    variant_id bigint,
    CONSTRAINT line_credited_within CHECK (((credited >= 0) AND (credited <= due))),
    CONSTRAINT line_delivered_within CHECK (((delivered >= 0) AND (delivered <= shipped))),
    CONSTRAINT line_has_something CHECK ((quantity > 0)),
    CONSTRAINT line_replaced_within CHECK (((replaced >= 0) AND (replaced <= shipped))),
    CONSTRAINT line_returned_within CHECK (((coming_back >= 0) AND (returned >= 0) AND (returned <= (delivered - coming_back)))),
    CONSTRAINT line_shipped_within CHECK (((cancelled >= 0) AND (shipped >= 0) AND (cancelled <= (quantity - shipped)))),
    CONSTRAINT line_units_within CHECK (((credited_units >= 0) AND (credited_units <= quantity)))
);

ALTER TABLE public.orders_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_method (
    id bigint NOT NULL,
    kind text NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL,
    last_four text NOT NULL COLLATE pg_catalog."C",
    gateway_reference text NOT NULL,
    currency text NOT NULL,
    balance bigint,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    CONSTRAINT method_balance_is_there CHECK ((balance >= 0)),
    CONSTRAINT method_with_a_balance CHECK ((((kind = ANY (ARRAY['gift_card'::text, 'store_credit'::text])) AND (balance IS NOT NULL)) OR ((NOT (kind = ANY (ARRAY['gift_card'::text, 'store_credit'::text]))) AND (balance IS NULL))))
);

ALTER TABLE public.orders_method ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_method_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_movement (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    why text NOT NULL,
    at timestamp with time zone NOT NULL,
    method_id bigint NOT NULL,
    order_id bigint
);

ALTER TABLE public.orders_movement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_movement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_order (
    id bigint NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    digits text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    has_changed_items boolean NOT NULL,
    currency text NOT NULL,
    total bigint NOT NULL,
    mail text NOT NULL COLLATE pg_catalog."C",
    phone text NOT NULL COLLATE pg_catalog."C",
    address jsonb NOT NULL,
    billing_address jsonb NOT NULL,
    source text NOT NULL,
    cancel_reason text NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    shipped_at timestamp with time zone,
    delivered_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    version integer NOT NULL,
    customer_id bigint NOT NULL,
    reordered_from_id bigint,
    CONSTRAINT order_total_is_no_debt CHECK ((total >= 0))
);

ALTER TABLE public.orders_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_outsideshop (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C",
    secrets bytea NOT NULL,
    trusts_mail boolean NOT NULL,
    is_active boolean NOT NULL,
    cursor text NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone,
    heard_at timestamp with time zone,
    failed_at timestamp with time zone,
    sentence text NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

ALTER TABLE public.orders_outsideshop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_outsideshop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_payment (
    id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    at timestamp with time zone NOT NULL,
    method_id bigint NOT NULL,
    order_id bigint NOT NULL,
    instead_of_id bigint,
    reference text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    settled_at timestamp with time zone,
    CONSTRAINT payment_is_something CHECK ((amount > 0))
);

ALTER TABLE public.orders_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_paymentlink (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    gateway text NOT NULL,
    session text NOT NULL COLLATE pg_catalog."C",
    session_url text NOT NULL,
    session_ends_at timestamp with time zone,
    sessions smallint NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    look_at timestamp with time zone,
    paid_at timestamp with time zone,
    agent_id bigint,
    conversation_id bigint,
    order_id bigint NOT NULL,
    payment_id bigint,
    CONSTRAINT payment_link_is_something CHECK ((amount > 0))
);

ALTER TABLE public.orders_paymentlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_paymentlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_product (
    id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    features jsonb NOT NULL,
    billing text NOT NULL,
    terms jsonb NOT NULL,
    warranty_months smallint,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    vector tsvector,
    CONSTRAINT product_warranty_is_no_debt CHECK ((warranty_months >= 0))
);

ALTER TABLE public.orders_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_productlink (
    id bigint NOT NULL,
    kind text NOT NULL,
    key bigint NOT NULL,
    product_id bigint NOT NULL
);

ALTER TABLE public.orders_productlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_productlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_proposal (
    id bigint NOT NULL,
    body jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    order_id bigint
);

ALTER TABLE public.orders_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_quote (
    id bigint NOT NULL,
    number bigint NOT NULL,
    version smallint NOT NULL,
    state text NOT NULL,
    currency text NOT NULL,
    total bigint NOT NULL,
    language text NOT NULL,
    token text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    valid_until timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    agent_id bigint,
    cart_id bigint NOT NULL,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    order_id bigint
);

ALTER TABLE public.orders_quote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_quote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_refund (
    id bigint NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint,
    conversation_id bigint,
    method_id bigint NOT NULL,
    order_id bigint NOT NULL,
    goods_id bigint,
    CONSTRAINT refund_is_something CHECK ((amount > 0))
);

ALTER TABLE public.orders_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_refundline (
    id bigint NOT NULL,
    amount bigint NOT NULL,
    units integer NOT NULL,
    line_id bigint NOT NULL,
    refund_id bigint NOT NULL
);

ALTER TABLE public.orders_refundline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_refundline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_retention (
    id bigint NOT NULL,
    kind text NOT NULL,
    reasons jsonb NOT NULL,
    percent smallint NOT NULL,
    periods smallint NOT NULL,
    words jsonb NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    variant_id bigint,
    CONSTRAINT retention_adds_up CHECK ((((percent >= 0) AND (percent <= 100)) AND (periods >= 0)))
);

ALTER TABLE public.orders_retention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_retention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_retentionoffer (
    id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    percent smallint NOT NULL,
    periods smallint NOT NULL,
    worth bigint NOT NULL,
    state text NOT NULL,
    approval bigint,
    at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    agent_id bigint,
    conversation_id bigint,
    variant_id bigint,
    subscription_id bigint NOT NULL
);

ALTER TABLE public.orders_retentionoffer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_retentionoffer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_return (
    id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    label text NOT NULL,
    remark text NOT NULL,
    difference bigint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    closed_at timestamp with time zone,
    agent_id bigint,
    conversation_id bigint,
    method_id bigint NOT NULL,
    order_id bigint NOT NULL,
    inspected_at timestamp with time zone
);

ALTER TABLE public.orders_return ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_return_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_returnline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    amount bigint NOT NULL,
    unit_price bigint,
    difference bigint NOT NULL,
    condition text NOT NULL,
    accepted integer,
    goods_id bigint NOT NULL,
    line_id bigint NOT NULL,
    variant_id bigint,
    percent smallint,
    CONSTRAINT return_line_has_something CHECK ((quantity > 0))
);

ALTER TABLE public.orders_returnline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_returnline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_shipment (
    id bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    carrier text NOT NULL,
    tracking text NOT NULL COLLATE pg_catalog."C",
    shipped_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    order_id bigint NOT NULL
);

ALTER TABLE public.orders_shipment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_shipment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_shipmentline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    line_id bigint NOT NULL,
    shipment_id bigint NOT NULL,
    CONSTRAINT shipment_line_has_something CHECK ((quantity > 0))
);

ALTER TABLE public.orders_shipmentline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_shipmentline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_shopact (
    id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    currency text NOT NULL,
    lines jsonb NOT NULL,
    state text NOT NULL,
    tries smallint NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    sentence text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    done_at timestamp with time zone,
    payment_id bigint NOT NULL,
    shop_id bigint NOT NULL
);

ALTER TABLE public.orders_shopact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_shopact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_shopevent (
    id bigint NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    tries smallint NOT NULL,
    sentence text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    shop_id bigint NOT NULL
);

ALTER TABLE public.orders_shopevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_shopevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_shoporder (
    id bigint NOT NULL,
    external_id text NOT NULL COLLATE pg_catalog."C",
    buyer text NOT NULL COLLATE pg_catalog."C",
    lines jsonb NOT NULL,
    parcels jsonb NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    digest text NOT NULL COLLATE pg_catalog."C",
    sentence text NOT NULL,
    order_id bigint NOT NULL,
    shop_id bigint NOT NULL
);

ALTER TABLE public.orders_shoporder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_shoporder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_subscription (
    id bigint NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    quantity integer NOT NULL,
    unit_price bigint NOT NULL,
    percent_off smallint NOT NULL,
    currency text NOT NULL,
    period text NOT NULL,
    every smallint NOT NULL,
    anchor smallint NOT NULL,
    period_start timestamp with time zone NOT NULL,
    period_end timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    offer_percent smallint NOT NULL,
    offer_left smallint NOT NULL,
    credit bigint NOT NULL,
    tries smallint NOT NULL,
    days_left smallint,
    resumes_at timestamp with time zone,
    ends_at timestamp with time zone,
    cancel_reason text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    version integer NOT NULL,
    customer_id bigint NOT NULL,
    method_id bigint,
    next_variant_id bigint,
    variant_id bigint NOT NULL,
    CONSTRAINT subscription_adds_up CHECK (((credit >= 0) AND (quantity > 0) AND (unit_price >= 0))),
    CONSTRAINT subscription_percent CHECK (((offer_left >= 0) AND ((offer_percent >= 0) AND (offer_percent <= 100)) AND ((percent_off >= 0) AND (percent_off <= 100))))
);

ALTER TABLE public.orders_subscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_subscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_terms (
    id bigint NOT NULL,
    tax_name text NOT NULL,
    tax_rate integer NOT NULL,
    shipping jsonb NOT NULL,
    hold_minutes integer NOT NULL,
    quote_days smallint NOT NULL,
    quote_hold_hours smallint NOT NULL,
    link_days smallint NOT NULL
);

ALTER TABLE public.orders_terms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_terms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_variant (
    id bigint NOT NULL,
    sku text NOT NULL COLLATE pg_catalog."C",
    options jsonb NOT NULL,
    price bigint NOT NULL,
    currency text NOT NULL,
    stock integer,
    is_available boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT variant_price_is_no_debt CHECK ((price >= 0)),
    CONSTRAINT variant_stock_is_there CHECK ((stock >= 0))
);

ALTER TABLE public.orders_variant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_variant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outreach_mailing (
    id bigint NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    agent_id bigint,
    channel_id bigint,
    segment_id bigint
);

ALTER TABLE public.outreach_mailing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outreach_mailing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outreach_recipient (
    id bigint NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    number bigint,
    message_id bigint,
    customer_id bigint NOT NULL,
    mailing_id bigint NOT NULL
);

ALTER TABLE public.outreach_recipient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outreach_recipient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.quote_number
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.reports_export (
    id bigint NOT NULL,
    format text NOT NULL,
    columns jsonb NOT NULL,
    wanted jsonb NOT NULL,
    state text NOT NULL,
    tries smallint NOT NULL,
    total bigint NOT NULL,
    written bigint NOT NULL,
    size bigint NOT NULL,
    parcel text NOT NULL,
    words text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);

ALTER TABLE public.reports_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports_reportletter (
    id bigint NOT NULL,
    begins_on date NOT NULL,
    ends_on date NOT NULL,
    state text NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone,
    sent_at timestamp with time zone,
    words text NOT NULL,
    agent_id bigint NOT NULL,
    sending_id bigint NOT NULL
);

ALTER TABLE public.reports_reportletter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_reportletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports_sending (
    id bigint NOT NULL,
    name text NOT NULL,
    every text NOT NULL,
    minute smallint NOT NULL,
    time_zone text NOT NULL,
    agent_ids bigint[] NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone
);

ALTER TABLE public.reports_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests_paper (
    id bigint NOT NULL,
    key text NOT NULL,
    state text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    checked_at timestamp with time zone,
    checked_by_id bigint,
    file_id character varying(64),
    request_id bigint NOT NULL
);

ALTER TABLE public.requests_paper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.requests_paper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests_request (
    id bigint NOT NULL,
    state text NOT NULL,
    "values" jsonb NOT NULL,
    amount bigint,
    currency text NOT NULL,
    origin text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    words text NOT NULL,
    offer jsonb,
    approval bigint,
    decided_at timestamp with time zone,
    carried jsonb,
    carried_at timestamp with time zone,
    closed_at timestamp with time zone,
    changes integer NOT NULL,
    conversation_id bigint,
    customer_id bigint NOT NULL,
    decided_by_id bigint,
    opened_by_id bigint,
    type_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT only_approved_is_carried CHECK (((carried_at IS NULL) OR (outcome = 'approved'::text))),
    CONSTRAINT request_amount_is_something CHECK (((amount IS NULL) OR (amount > 0)))
);

ALTER TABLE public.requests_request ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.requests_request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests_step (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    begun_at timestamp with time zone,
    due_at timestamp with time zone,
    seconds_left bigint,
    late_at timestamp with time zone,
    done_at timestamp with time zone,
    words text NOT NULL,
    done_by_id bigint,
    request_id bigint NOT NULL,
    skill_id bigint,
    team_id bigint
);

ALTER TABLE public.requests_step ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.requests_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests_type (
    id bigint NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    is_open boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.requests_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.requests_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests_version (
    id bigint NOT NULL,
    number integer NOT NULL,
    content jsonb NOT NULL,
    written_at timestamp with time zone NOT NULL,
    author_id bigint,
    type_id bigint NOT NULL
);

ALTER TABLE public.requests_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.requests_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_decision (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    team_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    why text NOT NULL,
    waited_seconds integer NOT NULL,
    stage smallint NOT NULL,
    candidates integer NOT NULL,
    excluded jsonb NOT NULL,
    needs jsonb NOT NULL
);

ALTER TABLE public.routing_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_escalation (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    from_level smallint NOT NULL,
    level smallint NOT NULL,
    name text NOT NULL,
    note_id bigint,
    passed jsonb NOT NULL,
    before jsonb NOT NULL,
    version integer NOT NULL,
    undone_at timestamp with time zone,
    agent_id bigint,
    by_agent_id bigint,
    conversation_id bigint NOT NULL,
    team_id bigint
);

ALTER TABLE public.routing_escalation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_escalation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_ladder (
    id bigint NOT NULL,
    name text NOT NULL,
    late_minutes integer,
    reopenings smallint,
    topic_id bigint
);

ALTER TABLE public.routing_ladder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_ladder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_mark (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    conversation_id bigint,
    agent_id bigint,
    marked_at timestamp with time zone NOT NULL
);

ALTER TABLE public.routing_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_need (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    skill_id bigint NOT NULL,
    level smallint NOT NULL,
    is_mandatory boolean NOT NULL
);

ALTER TABLE public.routing_need ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_need_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_offer (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    team_id bigint NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    reclaimed_at timestamp with time zone,
    ended_at timestamp with time zone
);

ALTER TABLE public.routing_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_opening (
    calendar_id bigint NOT NULL,
    due_at timestamp with time zone
);

CREATE TABLE public.routing_place (
    conversation_id bigint NOT NULL,
    team_id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    missed_by bigint[] NOT NULL,
    returned_by bigint[] NOT NULL,
    is_held boolean NOT NULL,
    due_at timestamp with time zone
);

CREATE TABLE public.routing_queue (
    team_id bigint NOT NULL,
    mode text NOT NULL,
    strategy text NOT NULL,
    accept_seconds integer NOT NULL,
    when_missed text NOT NULL,
    sticky_days smallint NOT NULL,
    sticky_minutes integer NOT NULL,
    lower_after_minutes integer,
    drop_after_minutes integer,
    most_each smallint,
    calendar_id bigint,
    turns bigint NOT NULL
);

CREATE TABLE public.routing_requirement (
    id bigint NOT NULL,
    skill_id bigint NOT NULL,
    level smallint NOT NULL,
    is_mandatory boolean NOT NULL,
    topic_id bigint,
    language text NOT NULL,
    channel_id bigint,
    brand_id bigint,
    team_id bigint
);

ALTER TABLE public.routing_requirement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_requirement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_rung (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    minutes integer,
    ladder_id bigint NOT NULL,
    team_id bigint
);

ALTER TABLE public.routing_rung ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_rung_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_standing (
    conversation_id bigint NOT NULL,
    level smallint NOT NULL,
    name text NOT NULL,
    raised_at timestamp with time zone,
    due_at timestamp with time zone,
    why_due text NOT NULL,
    owner_id bigint
);

CREATE TABLE public.routing_turn (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    number bigint NOT NULL
);

ALTER TABLE public.routing_turn ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.routing_turn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.routing_weight (
    kind text NOT NULL,
    units smallint,
    waiting_units smallint NOT NULL
);

CREATE TABLE public.sla_acknowledged (
    sender character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.sla_acknowledgement (
    id bigint NOT NULL,
    is_on boolean NOT NULL,
    texts jsonb NOT NULL,
    channel_id bigint NOT NULL,
    topic_id bigint
);

ALTER TABLE public.sla_acknowledgement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_acknowledgement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_clock (
    id bigint NOT NULL,
    kind text NOT NULL,
    seconds integer NOT NULL,
    is_business boolean NOT NULL,
    calendar_key bigint,
    warn_percent smallint NOT NULL,
    is_fallback boolean NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ran timestamp with time zone[] NOT NULL,
    running_since timestamp with time zone,
    due_at timestamp with time zone,
    warn_at timestamp with time zone,
    alarm_at timestamp with time zone,
    warned_at timestamp with time zone,
    broken_at timestamp with time zone,
    met_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    paused_at timestamp with time zone,
    left_seconds integer,
    conversation_id bigint NOT NULL,
    policy_id bigint
);

ALTER TABLE public.sla_clock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_entry (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    left_seconds integer,
    reason text NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    policy_id bigint
);

ALTER TABLE public.sla_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_policy (
    id bigint NOT NULL,
    name text NOT NULL,
    "position" integer NOT NULL,
    is_default boolean NOT NULL,
    conditions jsonb NOT NULL,
    targets jsonb NOT NULL,
    warn_percent smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    calendar_id bigint
);

ALTER TABLE public.sla_policy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_recount (
    id bigint NOT NULL,
    reason text NOT NULL,
    after bigint NOT NULL,
    cases integer NOT NULL,
    due_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    customer_id bigint,
    organisation_id bigint
);

ALTER TABLE public.sla_recount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_recount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sla_silence (
    conversation_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.staff_agent (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    name text NOT NULL,
    is_active boolean NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    settings jsonb NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    deactivated_at timestamp with time zone,
    reports_to_id bigint,
    role_id bigint NOT NULL,
    CONSTRAINT agent_email_lower CHECK (((email)::text = lower((email)::text)))
);

ALTER TABLE public.staff_agent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_agent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_agentskill (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    skill_id bigint NOT NULL,
    level smallint NOT NULL,
    CONSTRAINT agent_skill_level CHECK (((level >= 1) AND (level <= 5)))
);

ALTER TABLE public.staff_agentskill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_agentskill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_apitoken (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    name text NOT NULL,
    scopes jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    agent_id bigint NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.staff_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_attendance (
    agent_id bigint NOT NULL,
    state text DEFAULT 'away'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    since timestamp with time zone,
    units smallint DEFAULT 10 NOT NULL,
    calendar_id bigint,
    insists_until timestamp with time zone,
    latest_given_at timestamp with time zone,
    misses smallint DEFAULT 0 NOT NULL,
    CONSTRAINT units_of_a_person CHECK (((units >= 0) AND (units <= 1000)))
);

CREATE TABLE public.staff_deputy (
    id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    told_begin boolean NOT NULL,
    told_end boolean NOT NULL,
    absent_id bigint NOT NULL,
    deputy_id bigint NOT NULL,
    CONSTRAINT deputy_for_a_while CHECK ((ends_at > starts_at)),
    CONSTRAINT deputy_of_another CHECK ((NOT (absent_id = deputy_id)))
);

ALTER TABLE public.staff_deputy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_deputy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_extrarole (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    role_id bigint NOT NULL
);

ALTER TABLE public.staff_extrarole ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_extrarole_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_factor (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    secret bytea,
    last_step bigint NOT NULL,
    credential_id bytea,
    credential bytea,
    sign_count bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    agent_id bigint NOT NULL
);

ALTER TABLE public.staff_factor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_factor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_grant (
    id bigint NOT NULL,
    verb text NOT NULL,
    scope text NOT NULL,
    channel_id bigint,
    brand_id bigint,
    role_id bigint NOT NULL,
    team_id bigint,
    CONSTRAINT grant_scope_known CHECK ((scope = ANY (ARRAY['own'::text, 'team'::text, 'all'::text])))
);

ALTER TABLE public.staff_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_houseletter (
    id bigint NOT NULL,
    kind text NOT NULL,
    words bytea,
    due_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    sent_at timestamp with time zone,
    error text NOT NULL,
    agent_id bigint NOT NULL
);

ALTER TABLE public.staff_houseletter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_houseletter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_identity (
    id bigint NOT NULL,
    subject text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    provider_id bigint NOT NULL
);

ALTER TABLE public.staff_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_identityprovider (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    secret bytea NOT NULL,
    domains jsonb NOT NULL,
    is_private boolean NOT NULL,
    is_active boolean NOT NULL,
    role_id bigint
);

ALTER TABLE public.staff_identityprovider ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_identityprovider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_membership (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    team_id bigint NOT NULL
);

ALTER TABLE public.staff_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_preference (
    agent_id bigint NOT NULL,
    chosen jsonb NOT NULL
);

CREATE TABLE public.staff_recoverycode (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    used_at timestamp with time zone,
    agent_id bigint NOT NULL
);

ALTER TABLE public.staff_recoverycode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_recoverycode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_role (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name text NOT NULL,
    is_changed boolean NOT NULL,
    needs_second_factor boolean NOT NULL
);

ALTER TABLE public.staff_role ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_session (
    id bigint NOT NULL,
    how text NOT NULL,
    device text NOT NULL,
    place text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    agent_id bigint NOT NULL
);

ALTER TABLE public.staff_session ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_signinattempt (
    id bigint NOT NULL,
    key text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.staff_signinattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_signinattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_signinlink (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    agent_id bigint NOT NULL,
    purpose text NOT NULL
);

ALTER TABLE public.staff_signinlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_signinlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_skill (
    id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL
);

ALTER TABLE public.staff_skill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_skill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_team (
    id bigint NOT NULL,
    name text NOT NULL,
    signature text NOT NULL,
    brand_id bigint,
    reopen_policy text DEFAULT 'reopen'::text NOT NULL,
    reopen_days smallint DEFAULT 14 NOT NULL
);

ALTER TABLE public.staff_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.staff_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.subscription_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.surveys_answer (
    id bigint NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    channel_kind text NOT NULL,
    via text NOT NULL,
    resolved_at timestamp with time zone,
    score smallint,
    "values" jsonb NOT NULL,
    comment text NOT NULL,
    language text NOT NULL,
    message_id bigint,
    answered_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    is_low boolean NOT NULL,
    recovered text NOT NULL,
    agent_id bigint,
    brand_id bigint,
    conversation_id bigint NOT NULL,
    customer_id bigint,
    recovery_id bigint,
    team_id bigint,
    invitation_id bigint,
    survey_id bigint
);

ALTER TABLE public.surveys_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_invitation (
    id bigint NOT NULL,
    version integer NOT NULL,
    channel_kind text NOT NULL,
    resolved_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    due_at timestamp with time zone,
    sent_at timestamp with time zone,
    message_id bigint,
    digest character varying(64) NOT NULL,
    language text NOT NULL,
    expires_at timestamp with time zone,
    agent_id bigint,
    brand_id bigint,
    conversation_id bigint NOT NULL,
    customer_id bigint,
    team_id bigint,
    survey_id bigint NOT NULL
);

ALTER TABLE public.surveys_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_optout (
    customer_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.surveys_survey (
    id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    is_on boolean NOT NULL,
    "position" smallint NOT NULL,
    channel_kind text NOT NULL,
    wait_minutes integer NOT NULL,
    gap_days smallint NOT NULL,
    expires_days smallint NOT NULL,
    change_hours smallint NOT NULL,
    low_at_most smallint,
    on_low text NOT NULL,
    recovery_hours smallint NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    brand_id bigint,
    team_id bigint
);

ALTER TABLE public.surveys_survey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_survey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.surveys_version (
    id bigint NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by bigint NOT NULL,
    survey_id bigint NOT NULL
);

ALTER TABLE public.surveys_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surveys_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.triggers_opening (
    id bigint NOT NULL,
    "on" date NOT NULL,
    at timestamp with time zone NOT NULL,
    number bigint,
    missed integer NOT NULL,
    refusal text NOT NULL,
    schedule_id bigint NOT NULL
);

ALTER TABLE public.triggers_opening ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.triggers_opening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.triggers_rule (
    id bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    whens text[] NOT NULL,
    conditions jsonb NOT NULL,
    actions jsonb NOT NULL,
    "position" integer NOT NULL,
    is_active boolean NOT NULL,
    stops boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    heard_from timestamp with time zone NOT NULL,
    next_due_at timestamp with time zone,
    version integer NOT NULL,
    author_id bigint,
    calendar_id bigint,
    CONSTRAINT rule_kind_known CHECK ((kind = ANY (ARRAY['trigger'::text, 'time'::text])))
);

ALTER TABLE public.triggers_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.triggers_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.triggers_run (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    happening bigint,
    at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    against jsonb NOT NULL,
    steps jsonb NOT NULL,
    chain bigint[] NOT NULL,
    tx bigint NOT NULL,
    due_at timestamp with time zone,
    rule_id bigint NOT NULL
);

ALTER TABLE public.triggers_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.triggers_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.triggers_schedule (
    id bigint NOT NULL,
    name text NOT NULL,
    rule text NOT NULL,
    starts_on date NOT NULL,
    wall_time time without time zone NOT NULL,
    zone text NOT NULL,
    until date,
    on_holiday text NOT NULL,
    template jsonb NOT NULL,
    is_active boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    next_on date,
    next_due_at timestamp with time zone,
    author_id bigint,
    calendar_id bigint
);

ALTER TABLE public.triggers_schedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.triggers_schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.triggers_standing (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    rule_id bigint NOT NULL
);

ALTER TABLE public.triggers_standing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.triggers_standing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhooks_delivery (
    id bigint NOT NULL,
    key text NOT NULL,
    happening bigint,
    name text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    conversation_id bigint,
    customer_id bigint,
    event jsonb NOT NULL,
    state text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    claimed_by text NOT NULL,
    status integer,
    words text NOT NULL,
    answer text NOT NULL,
    took_ms integer,
    created_at timestamp with time zone NOT NULL,
    tried_at timestamp with time zone,
    webhook_id bigint NOT NULL,
    refusals integer DEFAULT 0 NOT NULL,
    CONSTRAINT webhook_delivery_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'delivered'::text, 'failed'::text, 'dropped'::text])))
);

ALTER TABLE public.webhooks_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhooks_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.webhooks_webhook (
    id bigint NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    topics jsonb NOT NULL,
    content text NOT NULL,
    secret bytea NOT NULL,
    old_secret bytea,
    old_secret_until timestamp with time zone,
    added_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    paused_for text NOT NULL,
    failing_since timestamp with time zone,
    failures integer NOT NULL,
    rest_until timestamp with time zone,
    delivered_at timestamp with time zone,
    owner_id bigint NOT NULL,
    CONSTRAINT webhook_content_known CHECK ((content = ANY (ARRAY['thin'::text, 'full'::text]))),
    CONSTRAINT webhook_pause_has_reason CHECK (((paused_at IS NULL) OR (NOT (paused_for = ''::text))))
);

ALTER TABLE public.webhooks_webhook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.webhooks_webhook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.history ATTACH PARTITION public.history_rest DEFAULT;

INSERT INTO public.django_migrations VALUES
	(1, 'company', '0001_initial', now()),
	(2, 'staff', '0001_initial', now()),
	(3, 'calendars', '0001_initial', now()),
	(4, 'calendars', '0002_feeds', now()),
	(5, 'calendars', '0003_subscriptions', now()),
	(6, 'history', '0001_initial', now()),
	(7, 'history', '0002_history', now()),
	(8, 'history', '0003_seal', now()),
	(9, 'staff', '0002_access', now()),
	(10, 'staff', '0003_reopen', now()),
	(11, 'staff', '0004_skills', now()),
	(12, 'staff', '0005_screen', now()),
	(13, 'approvals', '0001_initial', now()),
	(14, 'approvals', '0002_authors', now()),
	(15, 'contenttypes', '0001_initial', now()),
	(16, 'contenttypes', '0002_remove_content_type_name', now()),
	(17, 'auth', '0001_initial', now()),
	(18, 'auth', '0002_alter_permission_name_max_length', now()),
	(19, 'auth', '0003_alter_user_email_max_length', now()),
	(20, 'auth', '0004_alter_user_username_opts', now()),
	(21, 'auth', '0005_alter_user_last_login_null', now()),
	(22, 'auth', '0006_require_contenttypes_0002', now()),
	(23, 'auth', '0007_alter_validators_add_error_messages', now()),
	(24, 'auth', '0008_alter_user_username_max_length', now()),
	(25, 'auth', '0009_alter_user_last_name_max_length', now()),
	(26, 'auth', '0010_alter_group_name_max_length', now()),
	(27, 'auth', '0011_update_proxy_permissions', now()),
	(28, 'auth', '0012_alter_user_first_name_max_length', now()),
	(29, 'files', '0001_initial', now()),
	(30, 'files', '0002_remote_content', now()),
	(31, 'channels', '0001_initial', now()),
	(32, 'channels', '0002_keeping', now()),
	(33, 'channels', '0003_answers', now()),
	(34, 'customers', '0001_initial', now()),
	(35, 'customers', '0002_people', now()),
	(36, 'customers', '0003_erasure', now()),
	(37, 'customers', '0004_blocks', now()),
	(38, 'customers', '0005_segments', now()),
	(39, 'company', '0002_heartbeat', now()),
	(40, 'company', '0003_identity', now()),
	(41, 'company', '0004_brands', now()),
	(42, 'customers', '0006_portal', now()),
	(43, 'conversations', '0001_initial', now()),
	(44, 'conversations', '0002_ground', now()),
	(45, 'conversations', '0003_structure', now()),
	(46, 'conversations', '0004_work', now()),
	(47, 'conversations', '0005_search', now()),
	(48, 'conversations', '0006_retention', now()),
	(49, 'conversations', '0007_causes', now()),
	(50, 'conversations', '0008_promises', now()),
	(51, 'conversations', '0009_routing', now()),
	(52, 'conversations', '0010_rules', now()),
	(53, 'conversations', '0011_screen', now()),
	(54, 'conversations', '0012_identified', now()),
	(55, 'chats', '0001_initial', now()),
	(56, 'company', '0005_sites', now()),
	(57, 'orders', '0001_initial', now()),
	(58, 'complaints', '0001_initial', now()),
	(59, 'conversations', '0013_aftercare', now()),
	(60, 'conversations', '0014_complaints', now()),
	(61, 'conversations', '0015_effort', now()),
	(62, 'customers', '0007_loyalty', now()),
	(63, 'desk', '0001_initial', now()),
	(64, 'desk', '0002_views', now()),
	(65, 'desk', '0003_search', now()),
	(66, 'desk', '0004_kinds', now()),
	(67, 'staff', '0006_status', now()),
	(68, 'orders', '0002_closing', now()),
	(69, 'orders', '0003_selling', now()),
	(70, 'orders', '0004_subscriptions', now()),
	(71, 'orders', '0005_shops', now()),
	(72, 'followups', '0001_initial', now()),
	(73, 'forms', '0001_initial', now()),
	(74, 'idempotency', '0001_initial', now()),
	(75, 'knowledge', '0001_initial', now()),
	(76, 'knowledge', '0002_articles', now()),
	(77, 'knowledge', '0003_finding', now()),
	(78, 'knowledge', '0004_guides', now()),
	(79, 'loyalty', '0001_initial', now()),
	(80, 'notifications', '0001_initial', now()),
	(81, 'outreach', '0001_initial', now()),
	(82, 'reports', '0001_initial', now()),
	(83, 'reports', '0002_sending', now()),
	(84, 'requests', '0001_initial', now()),
	(85, 'routing', '0001_initial', now()),
	(86, 'routing', '0002_escalation', now()),
	(87, 'sessions', '0001_initial', now()),
	(88, 'sla', '0001_initial', now()),
	(89, 'sla', '0002_acknowledgements', now()),
	(90, 'sla', '0003_silences', now()),
	(91, 'surveys', '0001_initial', now()),
	(92, 'triggers', '0001_initial', now()),
	(93, 'webhooks', '0001_initial', now()),
	(94, 'webhooks', '0002_refusals', now());

SELECT pg_catalog.setval('public.agent_status_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_deadline_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_decision_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_limit_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_policy_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_rate_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_request_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_simulation_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_step_id_seq', 1, false);

SELECT pg_catalog.setval('public.approvals_use_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);

SELECT pg_catalog.setval('public.auth_permission_id_seq', 952, true);

SELECT pg_catalog.setval('public.calendars_calendar_id_seq', 1, false);

SELECT pg_catalog.setval('public.calendars_period_id_seq', 1, false);

SELECT pg_catalog.setval('public.calendars_specialday_id_seq', 1, false);

SELECT pg_catalog.setval('public.case_effort_id_seq', 1, false);

SELECT pg_catalog.setval('public.case_number', 1, false);

SELECT pg_catalog.setval('public.channels_channel_id_seq', 1, false);

SELECT pg_catalog.setval('public.channels_inbound_id_seq', 1, false);

SELECT pg_catalog.setval('public.chats_identity_id_seq', 1, false);

SELECT pg_catalog.setval('public.chats_thread_id_seq', 1, false);

SELECT pg_catalog.setval('public.chats_upload_id_seq', 1, false);

SELECT pg_catalog.setval('public.chats_visitor_id_seq', 1, false);

SELECT pg_catalog.setval('public.company_brand_id_seq', 1, false);

SELECT pg_catalog.setval('public.company_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_category_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_cause_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_clock_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_complaint_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_correction_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_letter_id_seq', 1, false);

SELECT pg_catalog.setval('public.complaints_ruleset_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_attachment_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_autoreply_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_bulkchange_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_bulkitem_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_casefield_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_checklistitem_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_checklisttemplate_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_conversation_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_draft_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_identification_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_imported_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_link_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_mention_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_merge_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_message_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_noduplicate_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_participant_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_problem_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_reading_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_reference_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_retentionrule_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_retentionrun_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_status_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_tag_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_topic_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_transcript_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_undo_id_seq', 1, false);

SELECT pg_catalog.setval('public.conversations_upload_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_address_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_block_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_consent_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_customer_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_entrylink_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_erasure_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_field_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_import_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_importrow_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_merge_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_note_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_notsame_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_organisation_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_rating_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_segment_id_seq', 1, false);

SELECT pg_catalog.setval('public.customers_session_id_seq', 1, false);

SELECT pg_catalog.setval('public.desk_recentsearch_id_seq', 1, false);

SELECT pg_catalog.setval('public.desk_view_id_seq', 1, false);

SELECT pg_catalog.setval('public.desk_viewplace_id_seq', 1, false);

SELECT pg_catalog.setval('public.django_content_type_id_seq', 238, true);

SELECT pg_catalog.setval('public.django_migrations_id_seq', 94, true);

SELECT pg_catalog.setval('public.fact_day_id_seq', 1, false);

SELECT pg_catalog.setval('public.followups_followup_id_seq', 1, false);

SELECT pg_catalog.setval('public.followups_review_id_seq', 1, false);

SELECT pg_catalog.setval('public.followups_voice_id_seq', 1, false);

SELECT pg_catalog.setval('public.followups_vote_id_seq', 1, false);

SELECT pg_catalog.setval('public.forms_form_id_seq', 1, false);

SELECT pg_catalog.setval('public.forms_heldfile_id_seq', 1, false);

SELECT pg_catalog.setval('public.forms_sending_id_seq', 1, false);

SELECT pg_catalog.setval('public.history_id_seq', 1, false);

SELECT pg_catalog.setval('public.history_set_aside_id_seq', 1, false);

SELECT pg_catalog.setval('public.idempotency_keptanswer_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_article_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articleincase_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articleopinion_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articlephrase_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articlepicture_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articletext_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articleversion_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_articleword_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_cannedfile_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_cannedreply_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_category_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_findingword_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_guide_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_guiderun_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_guideversion_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_macro_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_search_id_seq', 1, false);

SELECT pg_catalog.setval('public.knowledge_use_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_offer_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_pair_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_referral_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_scheme_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_standing_id_seq', 1, false);

SELECT pg_catalog.setval('public.loyalty_tier_id_seq', 1, false);

SELECT pg_catalog.setval('public.notifications_device_id_seq', 1, false);

SELECT pg_catalog.setval('public.notifications_mute_id_seq', 1, false);

SELECT pg_catalog.setval('public.notifications_notification_id_seq', 1, false);

SELECT pg_catalog.setval('public.notifications_parcel_id_seq', 1, false);

SELECT pg_catalog.setval('public.order_number', 1001, false);

SELECT pg_catalog.setval('public.orders_cart_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_cartline_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_charge_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_check_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_credit_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_gateway_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_gatewayact_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_gatewayevent_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_item_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_line_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_method_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_movement_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_order_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_outsideshop_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_payment_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_paymentlink_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_product_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_productlink_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_proposal_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_quote_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_refund_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_refundline_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_retention_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_retentionoffer_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_return_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_returnline_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_shipment_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_shipmentline_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_shopact_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_shopevent_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_shoporder_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_subscription_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_terms_id_seq', 1, false);

SELECT pg_catalog.setval('public.orders_variant_id_seq', 1, false);

SELECT pg_catalog.setval('public.outreach_mailing_id_seq', 1, false);

SELECT pg_catalog.setval('public.outreach_recipient_id_seq', 1, false);

SELECT pg_catalog.setval('public.quote_number', 1001, false);

SELECT pg_catalog.setval('public.reports_export_id_seq', 1, false);

SELECT pg_catalog.setval('public.reports_reportletter_id_seq', 1, false);

SELECT pg_catalog.setval('public.reports_sending_id_seq', 1, false);

SELECT pg_catalog.setval('public.requests_paper_id_seq', 1, false);

SELECT pg_catalog.setval('public.requests_request_id_seq', 1, false);

SELECT pg_catalog.setval('public.requests_step_id_seq', 1, false);

SELECT pg_catalog.setval('public.requests_type_id_seq', 1, false);

SELECT pg_catalog.setval('public.requests_version_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_decision_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_escalation_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_ladder_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_mark_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_need_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_offer_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_requirement_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_rung_id_seq', 1, false);

SELECT pg_catalog.setval('public.routing_turn_id_seq', 1, false);

SELECT pg_catalog.setval('public.sla_acknowledgement_id_seq', 1, false);

SELECT pg_catalog.setval('public.sla_clock_id_seq', 1, false);

SELECT pg_catalog.setval('public.sla_entry_id_seq', 1, false);

SELECT pg_catalog.setval('public.sla_policy_id_seq', 1, false);

SELECT pg_catalog.setval('public.sla_recount_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_agent_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_agentskill_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_apitoken_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_deputy_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_extrarole_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_factor_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_grant_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_houseletter_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_identity_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_identityprovider_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_membership_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_recoverycode_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_role_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_session_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_signinattempt_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_signinlink_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_skill_id_seq', 1, false);

SELECT pg_catalog.setval('public.staff_team_id_seq', 1, false);

SELECT pg_catalog.setval('public.subscription_number', 1, false);

SELECT pg_catalog.setval('public.surveys_answer_id_seq', 1, false);

SELECT pg_catalog.setval('public.surveys_invitation_id_seq', 1, false);

SELECT pg_catalog.setval('public.surveys_survey_id_seq', 1, false);

SELECT pg_catalog.setval('public.surveys_version_id_seq', 1, false);

SELECT pg_catalog.setval('public.triggers_opening_id_seq', 1, false);

SELECT pg_catalog.setval('public.triggers_rule_id_seq', 1, false);

SELECT pg_catalog.setval('public.triggers_run_id_seq', 1, false);

SELECT pg_catalog.setval('public.triggers_schedule_id_seq', 1, false);

SELECT pg_catalog.setval('public.triggers_standing_id_seq', 1, false);

SELECT pg_catalog.setval('public.webhooks_delivery_id_seq', 1, false);

SELECT pg_catalog.setval('public.webhooks_webhook_id_seq', 1, false);

ALTER TABLE ONLY public.sla_acknowledgement
    ADD CONSTRAINT acknowledgement_once UNIQUE NULLS NOT DISTINCT (channel_id, topic_id);

ALTER TABLE ONLY public.customers_address
    ADD CONSTRAINT address_once UNIQUE (kind, value);

ALTER TABLE ONLY public.staff_agentskill
    ADD CONSTRAINT agent_skill_once UNIQUE (agent_id, skill_id);

ALTER TABLE ONLY public.agent_status
    ADD CONSTRAINT agent_status_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT answered_once_per_resolution UNIQUE (conversation_id, resolved_at);

ALTER TABLE ONLY public.approvals_deadline
    ADD CONSTRAINT approvals_deadline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_decision
    ADD CONSTRAINT approvals_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT approvals_limit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_policy
    ADD CONSTRAINT approvals_policy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_rate
    ADD CONSTRAINT approvals_rate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_request
    ADD CONSTRAINT approvals_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_simulation
    ADD CONSTRAINT approvals_simulation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_step
    ADD CONSTRAINT approvals_step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.approvals_use
    ADD CONSTRAINT approvals_use_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT article_address_once UNIQUE (brand_id, language, slug);

ALTER TABLE ONLY public.knowledge_articleincase
    ADD CONSTRAINT article_in_case_once UNIQUE (conversation_id, article_id, how);

ALTER TABLE ONLY public.knowledge_articlephrase
    ADD CONSTRAINT article_phrase_once UNIQUE (article_id, language, words);

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT article_text_once UNIQUE (article_id, language);

ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT article_version_once UNIQUE (article_id, language, number);

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT asked_once_per_resolution UNIQUE (conversation_id, resolved_at);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_block
    ADD CONSTRAINT block_once UNIQUE (kind, value);

ALTER TABLE ONLY public.conversations_bulkitem
    ADD CONSTRAINT bulk_item_once UNIQUE (bulk_id, number);

ALTER TABLE ONLY public.calendars_calendar
    ADD CONSTRAINT calendars_calendar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars_period
    ADD CONSTRAINT calendars_period_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars_specialday
    ADD CONSTRAINT calendars_specialday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars_subscription
    ADD CONSTRAINT calendars_subscription_pkey PRIMARY KEY (calendar_id);

ALTER TABLE ONLY public.case_effort
    ADD CONSTRAINT case_effort_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_fact
    ADD CONSTRAINT case_fact_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT category_slug_once UNIQUE (brand_id, slug);

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_spool_name_key UNIQUE (spool_name);

ALTER TABLE ONLY public.chats_identity
    ADD CONSTRAINT chat_identity_once UNIQUE (channel_id, digest);

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chat_thread_begun_once UNIQUE (visitor_id, first_client_id);

ALTER TABLE ONLY public.chats_identity
    ADD CONSTRAINT chats_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chats_thread_key_key UNIQUE (key);

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chats_thread_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chats_upload
    ADD CONSTRAINT chats_upload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.chats_visitor
    ADD CONSTRAINT chats_visitor_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.chats_visitor
    ADD CONSTRAINT chats_visitor_key_key UNIQUE (key);

ALTER TABLE ONLY public.chats_visitor
    ADD CONSTRAINT chats_visitor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.company_brand
    ADD CONSTRAINT company_brand_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.company_heartbeat
    ADD CONSTRAINT company_heartbeat_pkey PRIMARY KEY (part);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_clock
    ADD CONSTRAINT complaint_clock_once UNIQUE (complaint_id, kind);

ALTER TABLE ONLY public.complaints_category
    ADD CONSTRAINT complaints_category_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_cause
    ADD CONSTRAINT complaints_cause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_clock
    ADD CONSTRAINT complaints_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_entry
    ADD CONSTRAINT complaints_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_letter
    ADD CONSTRAINT complaints_letter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints_ruleset
    ADD CONSTRAINT complaints_ruleset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_autoreply
    ADD CONSTRAINT conversations_autoreply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_bulkchange
    ADD CONSTRAINT conversations_bulkchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_bulkitem
    ADD CONSTRAINT conversations_bulkitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_casefield
    ADD CONSTRAINT conversations_casefield_code_key UNIQUE (code);

ALTER TABLE ONLY public.conversations_casefield
    ADD CONSTRAINT conversations_casefield_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_checklistitem
    ADD CONSTRAINT conversations_checklistitem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_checklisttemplate
    ADD CONSTRAINT conversations_checklisttemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_number_key UNIQUE (number);

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_delivery
    ADD CONSTRAINT conversations_delivery_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_filetext
    ADD CONSTRAINT conversations_filetext_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.conversations_fingerprint
    ADD CONSTRAINT conversations_fingerprint_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.conversations_identification
    ADD CONSTRAINT conversations_identification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_imported
    ADD CONSTRAINT conversations_imported_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_link
    ADD CONSTRAINT conversations_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_mention
    ADD CONSTRAINT conversations_mention_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_noduplicate
    ADD CONSTRAINT conversations_noduplicate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_participant
    ADD CONSTRAINT conversations_participant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_problem
    ADD CONSTRAINT conversations_problem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_reading
    ADD CONSTRAINT conversations_reading_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_reference
    ADD CONSTRAINT conversations_reference_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_retentionrule
    ADD CONSTRAINT conversations_retentionrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_retentionrun
    ADD CONSTRAINT conversations_retentionrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_status
    ADD CONSTRAINT conversations_status_code_key UNIQUE (code);

ALTER TABLE ONLY public.conversations_status
    ADD CONSTRAINT conversations_status_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_tag
    ADD CONSTRAINT conversations_tag_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_teamrule
    ADD CONSTRAINT conversations_teamrule_pkey PRIMARY KEY (team_id);

ALTER TABLE ONLY public.conversations_topic
    ADD CONSTRAINT conversations_topic_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_transcript
    ADD CONSTRAINT conversations_transcript_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_undo
    ADD CONSTRAINT conversations_undo_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations_upload
    ADD CONSTRAINT conversations_upload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_address
    ADD CONSTRAINT customers_address_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_block
    ADD CONSTRAINT customers_block_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_entrylink
    ADD CONSTRAINT customers_entrylink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_erasure
    ADD CONSTRAINT customers_erasure_key_key UNIQUE (key);

ALTER TABLE ONLY public.customers_erasure
    ADD CONSTRAINT customers_erasure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_field
    ADD CONSTRAINT customers_field_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_import
    ADD CONSTRAINT customers_import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_importrow
    ADD CONSTRAINT customers_importrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_login
    ADD CONSTRAINT customers_login_pkey PRIMARY KEY (customer_id);

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_note
    ADD CONSTRAINT customers_note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_notsame
    ADD CONSTRAINT customers_notsame_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_organisation
    ADD CONSTRAINT customers_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_portal
    ADD CONSTRAINT customers_portal_pkey PRIMARY KEY (brand_id);

ALTER TABLE ONLY public.customers_rating
    ADD CONSTRAINT customers_rating_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_segment
    ADD CONSTRAINT customers_segment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customers_session
    ADD CONSTRAINT customers_session_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.customers_session
    ADD CONSTRAINT customers_session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_recentsearch
    ADD CONSTRAINT desk_recentsearch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_view
    ADD CONSTRAINT desk_view_code_key UNIQUE (code);

ALTER TABLE ONLY public.desk_view
    ADD CONSTRAINT desk_view_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_viewplace
    ADD CONSTRAINT desk_viewplace_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.desk_word
    ADD CONSTRAINT desk_word_pkey PRIMARY KEY (word);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT draft_once UNIQUE (agent_id, conversation_id, kind);

ALTER TABLE ONLY public.case_effort
    ADD CONSTRAINT effort_once UNIQUE (conversation_id, agent_id, day);

ALTER TABLE ONLY public.staff_extrarole
    ADD CONSTRAINT extra_role_once UNIQUE (agent_id, role_id);

ALTER TABLE ONLY public.fact_day
    ADD CONSTRAINT fact_day_once UNIQUE (dim, measure, day, key);

ALTER TABLE ONLY public.fact_day
    ADD CONSTRAINT fact_day_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fact_due
    ADD CONSTRAINT fact_due_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.fact_state
    ADD CONSTRAINT fact_state_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.customers_field
    ADD CONSTRAINT field_once UNIQUE (subject, code);

ALTER TABLE ONLY public.files_file
    ADD CONSTRAINT files_file_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.files_remotecontent
    ADD CONSTRAINT files_remotecontent_pkey PRIMARY KEY (address_digest);

ALTER TABLE ONLY public.knowledge_findingword
    ADD CONSTRAINT finding_word_once UNIQUE (language, word);

ALTER TABLE ONLY public.followups_closingrule
    ADD CONSTRAINT followups_closingrule_pkey PRIMARY KEY (team_id);

ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.followups_review
    ADD CONSTRAINT followups_review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.followups_voice
    ADD CONSTRAINT followups_voice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.followups_vote
    ADD CONSTRAINT followups_vote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_address_key UNIQUE (address);

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_heldfile
    ADD CONSTRAINT forms_heldfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.forms_sending
    ADD CONSTRAINT forms_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_gatewayevent
    ADD CONSTRAINT gateway_event_once UNIQUE (gateway, external_id);

ALTER TABLE ONLY public.knowledge_guideversion
    ADD CONSTRAINT guide_version_once UNIQUE (guide_id, number);

ALTER TABLE ONLY public.history
    ADD CONSTRAINT history_pkey PRIMARY KEY (at, id);

ALTER TABLE ONLY public.history_reader
    ADD CONSTRAINT history_reader_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.history_rest
    ADD CONSTRAINT history_rest_pkey PRIMARY KEY (at, id);

ALTER TABLE ONLY public.history_seal
    ADD CONSTRAINT history_seal_pkey PRIMARY KEY (month);

ALTER TABLE ONLY public.history_set_aside
    ADD CONSTRAINT history_set_aside_once UNIQUE (reader, happening);

ALTER TABLE ONLY public.history_set_aside
    ADD CONSTRAINT history_set_aside_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_keptanswer
    ADD CONSTRAINT idempotency_keptanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_identity
    ADD CONSTRAINT identity_once UNIQUE (provider_id, subject);

ALTER TABLE ONLY public.staff_identity
    ADD CONSTRAINT identity_one_each UNIQUE (provider_id, agent_id);

ALTER TABLE ONLY public.customers_importrow
    ADD CONSTRAINT import_row_once UNIQUE (owner_id, number);

ALTER TABLE ONLY public.conversations_imported
    ADD CONSTRAINT imported_once UNIQUE (source, kind, key);

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT in_a_team_once UNIQUE (agent_id, team_id);

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT item_serial_once UNIQUE (product_id, serial);

ALTER TABLE ONLY public.idempotency_keptanswer
    ADD CONSTRAINT key_once UNIQUE (owner, key);

ALTER TABLE ONLY public.kit_clock
    ADD CONSTRAINT kit_clock_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleincase
    ADD CONSTRAINT knowledge_articleincase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleindex
    ADD CONSTRAINT knowledge_articleindex_pkey PRIMARY KEY (text_id);

ALTER TABLE ONLY public.knowledge_articleopinion
    ADD CONSTRAINT knowledge_articleopinion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articlephrase
    ADD CONSTRAINT knowledge_articlephrase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articlepicture
    ADD CONSTRAINT knowledge_articlepicture_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articlepicture
    ADD CONSTRAINT knowledge_articlepicture_place_key UNIQUE (place);

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_version_id_key UNIQUE (version_id);

ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleword
    ADD CONSTRAINT knowledge_articleword_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_cannedfile
    ADD CONSTRAINT knowledge_cannedfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_cannedreply
    ADD CONSTRAINT knowledge_cannedreply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_findingword
    ADD CONSTRAINT knowledge_findingword_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_guide
    ADD CONSTRAINT knowledge_guide_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_guide
    ADD CONSTRAINT knowledge_guide_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.knowledge_guiderun
    ADD CONSTRAINT knowledge_guiderun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_guiderun
    ADD CONSTRAINT knowledge_guiderun_token_key UNIQUE (token);

ALTER TABLE ONLY public.knowledge_guideversion
    ADD CONSTRAINT knowledge_guideversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_macro
    ADD CONSTRAINT knowledge_macro_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_search
    ADD CONSTRAINT knowledge_search_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_search
    ADD CONSTRAINT knowledge_search_token_key UNIQUE (token);

ALTER TABLE ONLY public.knowledge_use
    ADD CONSTRAINT knowledge_use_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_ladder
    ADD CONSTRAINT ladder_of_a_topic_once UNIQUE NULLS NOT DISTINCT (topic_id);

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT limit_once UNIQUE NULLS NOT DISTINCT (role_id, skill_id, level, agent_id, action, per);

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_pair
    ADD CONSTRAINT loyalty_pair_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_preference
    ADD CONSTRAINT loyalty_preference_pkey PRIMARY KEY (customer_id);

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_referralcode
    ADD CONSTRAINT loyalty_referralcode_code_key UNIQUE (code);

ALTER TABLE ONLY public.loyalty_referralcode
    ADD CONSTRAINT loyalty_referralcode_pkey PRIMARY KEY (customer_id);

ALTER TABLE ONLY public.loyalty_scheme
    ADD CONSTRAINT loyalty_scheme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_standing
    ADD CONSTRAINT loyalty_standing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_tier
    ADD CONSTRAINT loyalty_tier_code_key UNIQUE (code);

ALTER TABLE ONLY public.loyalty_tier
    ADD CONSTRAINT loyalty_tier_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outreach_recipient
    ADD CONSTRAINT mailing_once_each UNIQUE (mailing_id, customer_id);

ALTER TABLE ONLY public.conversations_mention
    ADD CONSTRAINT mention_once UNIQUE (message_id, agent_id);

ALTER TABLE ONLY public.notifications_mute
    ADD CONSTRAINT mute_once UNIQUE (agent_id, conversation_id);

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT need_once UNIQUE (conversation_id, skill_id);

ALTER TABLE ONLY public.customers_notsame
    ADD CONSTRAINT not_same_once UNIQUE (first_id, second_id);

ALTER TABLE ONLY public.notifications_choice
    ADD CONSTRAINT notifications_choice_pkey PRIMARY KEY (agent_id);

ALTER TABLE ONLY public.notifications_device
    ADD CONSTRAINT notifications_device_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.notifications_device
    ADD CONSTRAINT notifications_device_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_mute
    ADD CONSTRAINT notifications_mute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications_parcel
    ADD CONSTRAINT notifications_parcel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_articleopinion
    ADD CONSTRAINT one_opinion_of_a_reader UNIQUE (article_id, reader);

ALTER TABLE ONLY public.orders_line
    ADD CONSTRAINT order_line_once UNIQUE (order_id, "position");

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT order_number_once UNIQUE (number);

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_charge
    ADD CONSTRAINT orders_charge_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_check
    ADD CONSTRAINT orders_check_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_gateway
    ADD CONSTRAINT orders_gateway_kind_key UNIQUE (kind);

ALTER TABLE ONLY public.orders_gateway
    ADD CONSTRAINT orders_gateway_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_gatewayact
    ADD CONSTRAINT orders_gatewayact_key_key UNIQUE (key);

ALTER TABLE ONLY public.orders_gatewayact
    ADD CONSTRAINT orders_gatewayact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_gatewayevent
    ADD CONSTRAINT orders_gatewayevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_line
    ADD CONSTRAINT orders_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_method
    ADD CONSTRAINT orders_method_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_movement
    ADD CONSTRAINT orders_movement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_outsideshop
    ADD CONSTRAINT orders_outsideshop_code_key UNIQUE (code);

ALTER TABLE ONLY public.orders_outsideshop
    ADD CONSTRAINT orders_outsideshop_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_payment
    ADD CONSTRAINT orders_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_paymentlink
    ADD CONSTRAINT orders_paymentlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_product
    ADD CONSTRAINT orders_product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_productlink
    ADD CONSTRAINT orders_productlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_proposal
    ADD CONSTRAINT orders_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_cart_id_key UNIQUE (cart_id);

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_refundline
    ADD CONSTRAINT orders_refundline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_retention
    ADD CONSTRAINT orders_retention_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_retentionoffer
    ADD CONSTRAINT orders_retentionoffer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_return
    ADD CONSTRAINT orders_return_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_returnline
    ADD CONSTRAINT orders_returnline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_shipment
    ADD CONSTRAINT orders_shipment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_shipmentline
    ADD CONSTRAINT orders_shipmentline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_shopact
    ADD CONSTRAINT orders_shopact_key_key UNIQUE (key);

ALTER TABLE ONLY public.orders_shopact
    ADD CONSTRAINT orders_shopact_payment_id_key UNIQUE (payment_id);

ALTER TABLE ONLY public.orders_shopact
    ADD CONSTRAINT orders_shopact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_shopevent
    ADD CONSTRAINT orders_shopevent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_shoporder
    ADD CONSTRAINT orders_shoporder_order_id_key UNIQUE (order_id);

ALTER TABLE ONLY public.orders_shoporder
    ADD CONSTRAINT orders_shoporder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_number_key UNIQUE (number);

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_terms
    ADD CONSTRAINT orders_terms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_variant
    ADD CONSTRAINT orders_variant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outreach_mailing
    ADD CONSTRAINT outreach_mailing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outreach_recipient
    ADD CONSTRAINT outreach_recipient_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.loyalty_pair
    ADD CONSTRAINT pair_once UNIQUE (product_id, kind, other_id);

ALTER TABLE ONLY public.notifications_parcel
    ADD CONSTRAINT parcel_once UNIQUE NULLS NOT DISTINCT (notification_id, device_id);

ALTER TABLE ONLY public.conversations_participant
    ADD CONSTRAINT participant_once UNIQUE (conversation_id, kind, value);

ALTER TABLE ONLY public.orders_product
    ADD CONSTRAINT product_code_once UNIQUE (code);

ALTER TABLE ONLY public.orders_productlink
    ADD CONSTRAINT product_link_once UNIQUE (product_id, kind, key);

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT quote_version_once UNIQUE (number, version);

ALTER TABLE ONLY public.approvals_rate
    ADD CONSTRAINT rate_once_a_day UNIQUE (source, target, "on");

ALTER TABLE ONLY public.customers_rating
    ADD CONSTRAINT rated_once UNIQUE (conversation_id, resolved_at);

ALTER TABLE ONLY public.conversations_reading
    ADD CONSTRAINT reading_once UNIQUE (agent_id, conversation_id);

ALTER TABLE ONLY public.desk_recentsearch
    ADD CONSTRAINT recent_search_once UNIQUE (agent_id, words);

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT referred_once UNIQUE (referred_id);

ALTER TABLE ONLY public.orders_refundline
    ADD CONSTRAINT refund_line_once UNIQUE (refund_id, line_id);

ALTER TABLE ONLY public.reports_reportletter
    ADD CONSTRAINT report_once_a_period UNIQUE (sending_id, agent_id, begins_on);

ALTER TABLE ONLY public.reports_export
    ADD CONSTRAINT reports_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports_reportletter
    ADD CONSTRAINT reports_reportletter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports_sending
    ADD CONSTRAINT reports_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT request_step_once UNIQUE (request_id, "position");

ALTER TABLE ONLY public.requests_paper
    ADD CONSTRAINT requests_paper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT requests_step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.requests_type
    ADD CONSTRAINT requests_type_code_key UNIQUE (code);

ALTER TABLE ONLY public.requests_type
    ADD CONSTRAINT requests_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.requests_version
    ADD CONSTRAINT requests_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_returnline
    ADD CONSTRAINT return_line_once UNIQUE (goods_id, line_id);

ALTER TABLE ONLY public.routing_decision
    ADD CONSTRAINT routing_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_escalation
    ADD CONSTRAINT routing_escalation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_ladder
    ADD CONSTRAINT routing_ladder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_mark
    ADD CONSTRAINT routing_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_offer
    ADD CONSTRAINT routing_offer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_opening
    ADD CONSTRAINT routing_opening_pkey PRIMARY KEY (calendar_id);

ALTER TABLE ONLY public.routing_place
    ADD CONSTRAINT routing_place_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.routing_queue
    ADD CONSTRAINT routing_queue_pkey PRIMARY KEY (team_id);

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_rung
    ADD CONSTRAINT routing_rung_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_standing
    ADD CONSTRAINT routing_standing_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.routing_turn
    ADD CONSTRAINT routing_turn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_weight
    ADD CONSTRAINT routing_weight_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.triggers_standing
    ADD CONSTRAINT rule_stands_once UNIQUE (rule_id, conversation_id);

ALTER TABLE ONLY public.routing_rung
    ADD CONSTRAINT rung_once UNIQUE (ladder_id, "position");

ALTER TABLE ONLY public.triggers_opening
    ADD CONSTRAINT schedule_opens_once UNIQUE (schedule_id, "on");

ALTER TABLE ONLY public.orders_shipmentline
    ADD CONSTRAINT shipment_line_once UNIQUE (shipment_id, line_id);

ALTER TABLE ONLY public.orders_shopevent
    ADD CONSTRAINT shop_event_once UNIQUE (shop_id, external_id);

ALTER TABLE ONLY public.orders_shoporder
    ADD CONSTRAINT shop_order_once UNIQUE (shop_id, external_id);

ALTER TABLE ONLY public.sla_acknowledged
    ADD CONSTRAINT sla_acknowledged_pkey PRIMARY KEY (sender);

ALTER TABLE ONLY public.sla_acknowledgement
    ADD CONSTRAINT sla_acknowledgement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_entry
    ADD CONSTRAINT sla_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_recount
    ADD CONSTRAINT sla_recount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sla_silence
    ADD CONSTRAINT sla_silence_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.calendars_specialday
    ADD CONSTRAINT special_day_once UNIQUE (calendar_id, "on");

ALTER TABLE ONLY public.staff_agent
    ADD CONSTRAINT staff_agent_email_key UNIQUE (email);

ALTER TABLE ONLY public.staff_agent
    ADD CONSTRAINT staff_agent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_agentskill
    ADD CONSTRAINT staff_agentskill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_attendance
    ADD CONSTRAINT staff_attendance_pkey PRIMARY KEY (agent_id);

ALTER TABLE ONLY public.staff_deputy
    ADD CONSTRAINT staff_deputy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_extrarole
    ADD CONSTRAINT staff_extrarole_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_factor
    ADD CONSTRAINT staff_factor_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.staff_factor
    ADD CONSTRAINT staff_factor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_houseletter
    ADD CONSTRAINT staff_houseletter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_identity
    ADD CONSTRAINT staff_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_identityprovider
    ADD CONSTRAINT staff_identityprovider_code_key UNIQUE (code);

ALTER TABLE ONLY public.staff_identityprovider
    ADD CONSTRAINT staff_identityprovider_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_preference
    ADD CONSTRAINT staff_preference_pkey PRIMARY KEY (agent_id);

ALTER TABLE ONLY public.staff_recoverycode
    ADD CONSTRAINT staff_recoverycode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_code_key UNIQUE (code);

ALTER TABLE ONLY public.staff_role
    ADD CONSTRAINT staff_role_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_signinattempt
    ADD CONSTRAINT staff_signinattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_signinlink
    ADD CONSTRAINT staff_signinlink_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.staff_signinlink
    ADD CONSTRAINT staff_signinlink_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_skill
    ADD CONSTRAINT staff_skill_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT survey_version_once UNIQUE (survey_id, version);

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_invitation_id_key UNIQUE (invitation_id);

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_optout
    ADD CONSTRAINT surveys_optout_pkey PRIMARY KEY (customer_id);

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT surveys_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triggers_opening
    ADD CONSTRAINT triggers_opening_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triggers_rule
    ADD CONSTRAINT triggers_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triggers_run
    ADD CONSTRAINT triggers_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triggers_schedule
    ADD CONSTRAINT triggers_schedule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.triggers_standing
    ADD CONSTRAINT triggers_standing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_turn
    ADD CONSTRAINT turn_once UNIQUE (team_id, agent_id);

ALTER TABLE ONLY public.requests_version
    ADD CONSTRAINT type_version_once UNIQUE (type_id, number);

ALTER TABLE ONLY public.conversations_undo
    ADD CONSTRAINT undo_once UNIQUE (conversation_id, agent_id);

ALTER TABLE ONLY public.knowledge_use
    ADD CONSTRAINT use_once_a_day UNIQUE (kind, item, agent_id, used_on);

ALTER TABLE ONLY public.orders_variant
    ADD CONSTRAINT variant_sku_once UNIQUE (sku);

ALTER TABLE ONLY public.desk_viewplace
    ADD CONSTRAINT view_placed_once UNIQUE (agent_id, code);

ALTER TABLE ONLY public.followups_vote
    ADD CONSTRAINT voice_once_per_case UNIQUE (voice_id, conversation_id);

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_key_key UNIQUE (key);

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.webhooks_webhook
    ADD CONSTRAINT webhooks_webhook_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX abbreviation_once ON public.knowledge_cannedreply USING btree (abbreviation, owner_id, team_id) NULLS NOT DISTINCT WHERE (NOT (abbreviation = ''::text));

CREATE INDEX acknowledged_at ON public.sla_acknowledged USING btree (at);

CREATE INDEX address_by_likeness ON public.customers_address USING btree (likeness) WHERE (NOT (likeness = ''::text));

CREATE INDEX address_by_value ON public.customers_address USING btree (value);

CREATE INDEX answer_by_time ON public.surveys_answer USING btree (answered_at, id);

CREATE INDEX answer_of_agent ON public.surveys_answer USING btree (agent_id, answered_at);

CREATE INDEX answer_of_kind ON public.surveys_answer USING btree (kind, answered_at);

CREATE INDEX answer_of_recovery ON public.surveys_answer USING btree (recovery_id) WHERE (recovery_id IS NOT NULL);

CREATE INDEX approvals_deadline_calendar_id_e44b314d ON public.approvals_deadline USING btree (calendar_id);

CREATE INDEX approvals_limit_agent_id_9569c39a ON public.approvals_limit USING btree (agent_id);

CREATE INDEX approvals_limit_author_id_961c2e9c ON public.approvals_limit USING btree (author_id);

CREATE INDEX approvals_limit_role_id_25481c0c ON public.approvals_limit USING btree (role_id);

CREATE INDEX approvals_limit_skill_id_90b9f7cc ON public.approvals_limit USING btree (skill_id);

CREATE INDEX approvals_policy_author_id_31665d2e ON public.approvals_policy USING btree (author_id);

CREATE INDEX approvals_policy_switched_on_by_id_3da43d40 ON public.approvals_policy USING btree (switched_on_by_id);

CREATE INDEX approvals_request_approver_id_c0b65298 ON public.approvals_request USING btree (approver_id);

CREATE INDEX approvals_request_asked_by_id_8d1b9f5a ON public.approvals_request USING btree (asked_by_id);

CREATE INDEX approvals_request_decided_by_id_0f8bd445 ON public.approvals_request USING btree (decided_by_id);

CREATE INDEX approvals_request_on_behalf_of_id_61e31ec1 ON public.approvals_request USING btree (on_behalf_of_id);

CREATE INDEX approvals_simulation_asked_by_id_2c401022 ON public.approvals_simulation USING btree (asked_by_id);

CREATE INDEX approvals_simulation_policy_id_637da123 ON public.approvals_simulation USING btree (policy_id);

CREATE INDEX approvals_step_request_id_54c86df2 ON public.approvals_step USING btree (request_id);

CREATE INDEX approvals_use_request_id_86fa6c6c ON public.approvals_use USING btree (request_id);

CREATE INDEX article_version_due ON public.knowledge_articleversion USING btree (due_at) WHERE (state = 'scheduled'::text);

CREATE INDEX article_version_slug ON public.knowledge_articleversion USING btree (language, slug);

CREATE INDEX article_word_of_term ON public.knowledge_articleword USING btree (language, term) INCLUDE (text_id, weight);

CREATE INDEX article_word_of_text ON public.knowledge_articleword USING btree (text_id);

CREATE INDEX asked_by_time ON public.surveys_invitation USING btree (sent_at, id);

CREATE INDEX asked_of_customer ON public.surveys_invitation USING btree (customer_id, sent_at);

CREATE UNIQUE INDEX asked_once ON public.approvals_request USING btree (digest) WHERE (state = 'waiting'::text);

CREATE INDEX attachment_of_file ON public.conversations_attachment USING btree (file_id, message_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX bulk_due ON public.conversations_bulkchange USING btree (due_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text, 'undoing'::text]));

CREATE INDEX bulk_item_waiting ON public.conversations_bulkitem USING btree (bulk_id, number) WHERE (state = 'waiting'::text);

CREATE INDEX bulk_of_agent ON public.conversations_bulkchange USING btree (agent_id, id DESC);

CREATE INDEX calendar_feed_due ON public.calendars_subscription USING btree (due_at);

CREATE UNIQUE INDEX calendar_name_once ON public.calendars_calendar USING btree (lower(name));

CREATE INDEX calendars_period_calendar_id_99ff3650 ON public.calendars_period USING btree (calendar_id);

CREATE INDEX calendars_specialday_calendar_id_33df941f ON public.calendars_specialday USING btree (calendar_id);

CREATE INDEX cart_due ON public.orders_cart USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX cart_line_of_cart ON public.orders_cartline USING btree (cart_id, id);

CREATE UNIQUE INDEX cart_line_once ON public.orders_cartline USING btree (cart_id, variant_id) WHERE (variant_id IS NOT NULL);

CREATE INDEX cart_of_case ON public.orders_cart USING btree (conversation_id, id);

CREATE UNIQUE INDEX cart_of_case_once ON public.orders_cart USING btree (conversation_id) WHERE (state = ANY (ARRAY['open'::text, 'waiting'::text]));

CREATE INDEX case_by_any_update ON public.conversations_conversation USING btree (updated_at, number);

CREATE INDEX case_by_due ON public.conversations_conversation USING btree (category, due_sort, number);

CREATE INDEX case_by_update ON public.conversations_conversation USING btree (category, updated_at, number);

CREATE INDEX case_fields ON public.conversations_conversation USING gin (fields jsonb_path_ops) WITH (fastupdate=off);

CREATE INDEX case_followers ON public.conversations_conversation USING gin (follower_ids) WITH (fastupdate=off);

CREATE INDEX case_live ON public.conversations_conversation USING btree (team_id) INCLUDE (category, assignee_id, priority, status_id, channel_id, brand_id, customer_id, language, is_spam, snoozed_until, due_sort, created_at, updated_at, waiting_since, tag_ids) WHERE ((category <> 'resolved'::text) AND (merged_into_id IS NULL) AND (restricted_to IS NULL));

CREATE INDEX case_load ON public.conversations_conversation USING btree (assignee_id, category) INCLUDE (team_id, channel_id) WHERE ((assignee_id IS NOT NULL) AND (NOT (category = 'resolved'::text)) AND (NOT is_spam) AND (merged_into_id IS NULL) AND (snoozed_until IS NULL));

CREATE INDEX case_mentioned ON public.conversations_conversation USING gin (mentioned_ids) WITH (fastupdate=off);

CREATE INDEX case_of_assignee ON public.conversations_conversation USING btree (assignee_id, category, due_sort, number);

CREATE INDEX case_of_customer ON public.conversations_conversation USING btree (customer_id, created_at DESC);

CREATE INDEX case_of_problem ON public.conversations_conversation USING btree (problem_id, number) WHERE (problem_id IS NOT NULL);

CREATE INDEX case_of_team ON public.conversations_conversation USING btree (team_id, category, due_sort, number);

CREATE INDEX case_restricted ON public.conversations_conversation USING btree (id) WHERE (restricted_to IS NOT NULL);

CREATE INDEX case_snoozed ON public.conversations_conversation USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

CREATE INDEX case_spam ON public.conversations_conversation USING btree (updated_at, number) WHERE is_spam;

CREATE INDEX case_tags ON public.conversations_conversation USING gin (tag_ids) WITH (fastupdate=off);

CREATE INDEX case_waiting_in_team ON public.conversations_conversation USING btree (team_id, priority DESC, due_sort, created_at, id) WHERE ((assignee_id IS NULL) AND (category = 'open'::text) AND (NOT is_spam) AND (merged_into_id IS NULL) AND (snoozed_until IS NULL));

CREATE UNIQUE INDEX channel_address_once ON public.channels_channel USING btree (kind, address) WHERE (NOT (address = ''::text));

CREATE INDEX channels_channel_brand_id_b1f46b03 ON public.channels_channel USING btree (brand_id);

CREATE INDEX channels_channel_team_id_4c7a34c2 ON public.channels_channel USING btree (team_id);

CREATE INDEX channels_in_status_7c750b_idx ON public.channels_inbound USING btree (status, id);

CREATE INDEX channels_inbound_channel_id_3cec406d ON public.channels_inbound USING btree (channel_id);

CREATE INDEX channels_inbound_file_id_b1f77431 ON public.channels_inbound USING btree (file_id);

CREATE INDEX channels_inbound_file_id_b1f77431_like ON public.channels_inbound USING btree (file_id varchar_pattern_ops);

CREATE INDEX channels_inbound_spool_name_2b77496f_like ON public.channels_inbound USING btree (spool_name text_pattern_ops);

CREATE INDEX charge_of_subscription ON public.orders_charge USING btree (subscription_id, id DESC);

CREATE INDEX chat_identity_by_age ON public.chats_identity USING btree (expires_at);

CREATE INDEX chat_mail_due ON public.chats_thread USING btree (mail_due_at) WHERE (mail_due_at IS NOT NULL);

CREATE INDEX chat_picked_up ON public.chats_thread USING btree (channel_id, picked_up_at DESC) WHERE (picked_up_at IS NOT NULL);

CREATE INDEX chat_thread_of_visitor ON public.chats_thread USING btree (visitor_id, id DESC);

CREATE INDEX chat_thread_waiting ON public.chats_thread USING btree (channel_id, state, started_at);

CREATE INDEX chat_upload_of_visitor ON public.chats_upload USING btree (visitor_id, uploaded_at);

CREATE INDEX chat_visitor_by_age ON public.chats_visitor USING btree (seen_at);

CREATE INDEX chat_visitor_of_customer ON public.chats_visitor USING btree (customer_id);

CREATE INDEX chats_identity_channel_id_65412016 ON public.chats_identity USING btree (channel_id);

CREATE INDEX chats_identity_visitor_id_e61fac0b ON public.chats_identity USING btree (visitor_id);

CREATE INDEX chats_thread_channel_id_640ba0c6 ON public.chats_thread USING btree (channel_id);

CREATE INDEX chats_thread_conversation_id_767fffbe ON public.chats_thread USING btree (conversation_id);

CREATE INDEX chats_thread_key_ae4b092b_like ON public.chats_thread USING btree (key text_pattern_ops);

CREATE INDEX chats_thread_visitor_id_f990f7e6 ON public.chats_thread USING btree (visitor_id);

CREATE INDEX chats_upload_file_id_f06e2b93 ON public.chats_upload USING btree (file_id);

CREATE INDEX chats_upload_file_id_f06e2b93_like ON public.chats_upload USING btree (file_id varchar_pattern_ops);

CREATE INDEX chats_upload_visitor_id_140a2c14 ON public.chats_upload USING btree (visitor_id);

CREATE INDEX chats_visitor_channel_id_ac928013 ON public.chats_visitor USING btree (channel_id);

CREATE INDEX chats_visitor_customer_id_b65b9566 ON public.chats_visitor USING btree (customer_id);

CREATE INDEX chats_visitor_digest_f486fde7_like ON public.chats_visitor USING btree (digest varchar_pattern_ops);

CREATE INDEX chats_visitor_key_dda654dd_like ON public.chats_visitor USING btree (key text_pattern_ops);

CREATE UNIQUE INDEX checklist_name_once ON public.conversations_checklisttemplate USING btree (lower(name));

CREATE INDEX checklist_of_case ON public.conversations_checklistitem USING btree (conversation_id, "position");

CREATE INDEX clock_alarm ON public.sla_clock USING btree (alarm_at, id) WHERE (alarm_at IS NOT NULL);

CREATE INDEX clock_of_case ON public.sla_clock USING btree (conversation_id, kind, id);

CREATE INDEX company_brand_logo_id_8c3443fb ON public.company_brand USING btree (logo_id);

CREATE INDEX company_brand_logo_id_8c3443fb_like ON public.company_brand USING btree (logo_id varchar_pattern_ops);

CREATE INDEX company_heartbeat_part_af426bab_like ON public.company_heartbeat USING btree (part text_pattern_ops);

CREATE INDEX complaint_by_cause ON public.complaints_complaint USING btree (cause_id, id DESC);

CREATE INDEX complaint_by_due ON public.complaints_complaint USING btree (next_due_at) WHERE (next_due_at IS NOT NULL);

CREATE INDEX complaint_by_state ON public.complaints_complaint USING btree (state, id DESC);

CREATE INDEX complaint_by_time ON public.complaints_complaint USING btree (received_at);

CREATE UNIQUE INDEX complaint_category_once ON public.complaints_category USING btree (lower(name));

CREATE UNIQUE INDEX complaint_cause_once ON public.complaints_cause USING btree (parent_id, lower(name)) NULLS NOT DISTINCT;

CREATE INDEX complaint_clock_rings ON public.complaints_clock USING btree (rings_at) WHERE (rings_at IS NOT NULL);

CREATE INDEX complaint_letter_by_message ON public.complaints_entry USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX complaint_of_customer ON public.complaints_complaint USING btree (customer_id, id DESC);

CREATE INDEX complaint_on_case ON public.complaints_complaint USING btree (conversation_id, id DESC);

CREATE UNIQUE INDEX complaint_once_on_case ON public.complaints_complaint USING btree (conversation_id) WHERE ((conversation_id IS NOT NULL) AND (state = ANY (ARRAY['recorded'::text, 'acknowledged'::text, 'answered'::text])));

CREATE INDEX complaint_record ON public.complaints_entry USING btree (complaint_id, id);

CREATE INDEX complaint_rules_in_force ON public.complaints_ruleset USING btree (code, valid_from DESC, id DESC);

CREATE INDEX complaints_cause_parent_id_96942e4d ON public.complaints_cause USING btree (parent_id);

CREATE INDEX complaints_clock_complaint_id_6d025efa ON public.complaints_clock USING btree (complaint_id);

CREATE INDEX complaints_complaint_about_id_d61bd578 ON public.complaints_complaint USING btree (about_id);

CREATE INDEX complaints_complaint_brand_id_e3ce07bf ON public.complaints_complaint USING btree (brand_id);

CREATE INDEX complaints_complaint_category_id_9eb66f7d ON public.complaints_complaint USING btree (category_id);

CREATE INDEX complaints_complaint_cause_id_90a2bb93 ON public.complaints_complaint USING btree (cause_id);

CREATE INDEX complaints_complaint_decided_by_id_81f84636 ON public.complaints_complaint USING btree (decided_by_id);

CREATE INDEX complaints_complaint_investigator_id_3c27de1f ON public.complaints_complaint USING btree (investigator_id);

CREATE INDEX complaints_complaint_owner_id_f72a6213 ON public.complaints_complaint USING btree (owner_id);

CREATE INDEX complaints_complaint_product_id_170d2c47 ON public.complaints_complaint USING btree (product_id);

CREATE INDEX complaints_complaint_recorded_by_id_eaa8796d ON public.complaints_complaint USING btree (recorded_by_id);

CREATE INDEX complaints_complaint_rules_id_eeff0d4d ON public.complaints_complaint USING btree (rules_id);

CREATE INDEX complaints_correction_cause_id_90ea4b1d ON public.complaints_correction USING btree (cause_id);

CREATE INDEX complaints_correction_checked_by_id_05e515c9 ON public.complaints_correction USING btree (checked_by_id);

CREATE INDEX complaints_correction_complaint_id_2c319459 ON public.complaints_correction USING btree (complaint_id);

CREATE INDEX complaints_correction_done_by_id_d4861862 ON public.complaints_correction USING btree (done_by_id);

CREATE INDEX complaints_correction_made_by_id_5885199e ON public.complaints_correction USING btree (made_by_id);

CREATE INDEX complaints_correction_owner_id_98142151 ON public.complaints_correction USING btree (owner_id);

CREATE INDEX complaints_entry_by_agent_id_627d4703 ON public.complaints_entry USING btree (by_agent_id);

CREATE INDEX complaints_entry_complaint_id_34004144 ON public.complaints_entry USING btree (complaint_id);

CREATE INDEX complaints_entry_paper_id_c040deba ON public.complaints_entry USING btree (paper_id);

CREATE INDEX complaints_entry_paper_id_c040deba_like ON public.complaints_entry USING btree (paper_id varchar_pattern_ops);

CREATE INDEX complaints_ruleset_author_id_a81f81aa ON public.complaints_ruleset USING btree (author_id);

CREATE INDEX complaints_ruleset_brand_id_5721d87c ON public.complaints_ruleset USING btree (brand_id);

CREATE INDEX complaints_ruleset_calendar_id_b9f1a9d6 ON public.complaints_ruleset USING btree (calendar_id);

CREATE INDEX complaints_ruleset_product_id_9179e86d ON public.complaints_ruleset USING btree (product_id);

CREATE INDEX consent_for ON public.customers_consent USING btree (purpose, customer_id);

CREATE UNIQUE INDEX consent_once ON public.customers_consent USING btree (customer_id, purpose) WHERE (withdrawn_at IS NULL);

CREATE INDEX conversatio_address_5eb4a0_idx ON public.conversations_autoreply USING btree (address, at);

CREATE INDEX conversatio_word_c67fa2_idx ON public.conversations_reference USING btree (word);

CREATE INDEX conversations_attachment_file_id_29cdeb9d ON public.conversations_attachment USING btree (file_id);

CREATE INDEX conversations_attachment_file_id_29cdeb9d_like ON public.conversations_attachment USING btree (file_id varchar_pattern_ops);

CREATE INDEX conversations_attachment_message_id_9179b1e8 ON public.conversations_attachment USING btree (message_id);

CREATE INDEX conversations_bulkchange_agent_id_e3310d34 ON public.conversations_bulkchange USING btree (agent_id);

CREATE INDEX conversations_bulkitem_bulk_id_7be27389 ON public.conversations_bulkitem USING btree (bulk_id);

CREATE INDEX conversations_casefield_code_00886040_like ON public.conversations_casefield USING btree (code varchar_pattern_ops);

CREATE INDEX conversations_checklistitem_conversation_id_cf536b21 ON public.conversations_checklistitem USING btree (conversation_id);

CREATE INDEX conversations_checklistitem_done_by_id_9a31cabc ON public.conversations_checklistitem USING btree (done_by_id);

CREATE INDEX conversations_conversation_assignee_id_e845f644 ON public.conversations_conversation USING btree (assignee_id);

CREATE INDEX conversations_conversation_brand_id_0985e90f ON public.conversations_conversation USING btree (brand_id);

CREATE INDEX conversations_conversation_channel_id_c75ad9c1 ON public.conversations_conversation USING btree (channel_id);

CREATE INDEX conversations_conversation_customer_id_afb78c4a ON public.conversations_conversation USING btree (customer_id);

CREATE INDEX conversations_conversation_merged_into_id_18d56788 ON public.conversations_conversation USING btree (merged_into_id);

CREATE INDEX conversations_conversation_side_of_id_cbc7cc37 ON public.conversations_conversation USING btree (side_of_id);

CREATE INDEX conversations_conversation_status_id_a1ad1ab5 ON public.conversations_conversation USING btree (status_id);

CREATE INDEX conversations_conversation_team_id_c9f144f2 ON public.conversations_conversation USING btree (team_id);

CREATE INDEX conversations_conversation_topic_id_5e8b0cad ON public.conversations_conversation USING btree (topic_id);

CREATE INDEX conversations_delivery_channel_id_1948ae4c ON public.conversations_delivery USING btree (channel_id);

CREATE INDEX conversations_draft_agent_id_12d0db82 ON public.conversations_draft USING btree (agent_id);

CREATE INDEX conversations_draft_conversation_id_8be0ce8b ON public.conversations_draft USING btree (conversation_id);

CREATE INDEX conversations_filetext_digest_274689fb_like ON public.conversations_filetext USING btree (digest varchar_pattern_ops);

CREATE INDEX conversations_fingerprint_key_c6764eac_like ON public.conversations_fingerprint USING btree (key varchar_pattern_ops);

CREATE INDEX conversations_fingerprint_message_id_d4acddec ON public.conversations_fingerprint USING btree (message_id);

CREATE INDEX conversations_identification_agent_id_5284c2f7 ON public.conversations_identification USING btree (agent_id);

CREATE INDEX conversations_identification_customer_id_94d84895 ON public.conversations_identification USING btree (customer_id);

CREATE INDEX conversations_link_conversation_id_28534168 ON public.conversations_link USING btree (conversation_id);

CREATE INDEX conversations_link_created_by_id_61ebd99e ON public.conversations_link USING btree (created_by_id);

CREATE INDEX conversations_link_other_id_244e4626 ON public.conversations_link USING btree (other_id);

CREATE INDEX conversations_mention_agent_id_26e5ca4c ON public.conversations_mention USING btree (agent_id);

CREATE INDEX conversations_mention_message_id_092f4b14 ON public.conversations_mention USING btree (message_id);

CREATE INDEX conversations_merge_absorbed_id_ae21b03f ON public.conversations_merge USING btree (absorbed_id);

CREATE INDEX conversations_merge_into_id_7ca5d0fb ON public.conversations_merge USING btree (into_id);

CREATE INDEX conversations_merge_merged_by_id_fd714758 ON public.conversations_merge USING btree (merged_by_id);

CREATE INDEX conversations_merge_undone_by_id_bfc34a24 ON public.conversations_merge USING btree (undone_by_id);

CREATE INDEX conversations_message_channel_id_9f8b2eeb ON public.conversations_message USING btree (channel_id);

CREATE INDEX conversations_message_conversation_id_f1a2d5e9 ON public.conversations_message USING btree (conversation_id);

CREATE INDEX conversations_message_inbound_id_bafbdb87 ON public.conversations_message USING btree (inbound_id);

CREATE INDEX conversations_message_parent_id_ad2a058b ON public.conversations_message USING btree (parent_id);

CREATE INDEX conversations_noduplicate_conversation_id_6013f9c7 ON public.conversations_noduplicate USING btree (conversation_id);

CREATE INDEX conversations_noduplicate_other_id_35d3ebd7 ON public.conversations_noduplicate USING btree (other_id);

CREATE INDEX conversations_participant_conversation_id_69e50799 ON public.conversations_participant USING btree (conversation_id);

CREATE INDEX conversations_participant_customer_id_ea02ad15 ON public.conversations_participant USING btree (customer_id);

CREATE INDEX conversations_problem_created_by_id_954647d4 ON public.conversations_problem USING btree (created_by_id);

CREATE INDEX conversations_reading_agent_id_a8c528fc ON public.conversations_reading USING btree (agent_id);

CREATE INDEX conversations_reading_conversation_id_2c8d903d ON public.conversations_reading USING btree (conversation_id);

CREATE INDEX conversations_reference_message_id_65fb5a71 ON public.conversations_reference USING btree (message_id);

CREATE INDEX conversations_retentionrun_rule_id_2ae3f7bc ON public.conversations_retentionrun USING btree (rule_id);

CREATE INDEX conversations_status_code_ec890bbd_like ON public.conversations_status USING btree (code varchar_pattern_ops);

CREATE INDEX conversations_topic_parent_id_1ae4e4b4 ON public.conversations_topic USING btree (parent_id);

CREATE INDEX conversations_transcript_agent_id_d0e38f08 ON public.conversations_transcript USING btree (agent_id);

CREATE INDEX conversations_transcript_conversation_id_bfd2b141 ON public.conversations_transcript USING btree (conversation_id);

CREATE INDEX conversations_transcript_file_id_b74b6971 ON public.conversations_transcript USING btree (file_id);

CREATE INDEX conversations_transcript_file_id_b74b6971_like ON public.conversations_transcript USING btree (file_id varchar_pattern_ops);

CREATE INDEX conversations_undo_agent_id_e5c697ab ON public.conversations_undo USING btree (agent_id);

CREATE INDEX conversations_undo_conversation_id_cfea7115 ON public.conversations_undo USING btree (conversation_id);

CREATE INDEX conversations_undo_note_id_77f7639e ON public.conversations_undo USING btree (note_id);

CREATE INDEX conversations_upload_agent_id_44f97bcc ON public.conversations_upload USING btree (agent_id);

CREATE INDEX conversations_upload_conversation_id_c19a07ea ON public.conversations_upload USING btree (conversation_id);

CREATE INDEX conversations_upload_file_id_93153e2f ON public.conversations_upload USING btree (file_id);

CREATE INDEX conversations_upload_file_id_93153e2f_like ON public.conversations_upload USING btree (file_id varchar_pattern_ops);

CREATE INDEX correction_of_complaint ON public.complaints_correction USING btree (complaint_id, id);

CREATE INDEX correction_rings ON public.complaints_correction USING btree (rings_at) WHERE (rings_at IS NOT NULL);

CREATE INDEX customer_by_language ON public.customers_customer USING btree (language, id) WHERE (NOT (language = ''::text));

CREATE INDEX customer_by_name ON public.customers_customer USING btree (sort_name, id);

CREATE INDEX customer_fields ON public.customers_customer USING gin (fields jsonb_path_ops) WITH (fastupdate=off);

CREATE INDEX customer_of_organisation ON public.customers_customer USING btree (organisation_id, sort_name, id);

CREATE INDEX customer_session_seen ON public.customers_session USING btree (last_seen_at);

CREATE INDEX customer_words ON public.customers_customer USING gin (vector) WITH (fastupdate=off);

CREATE INDEX customers_address_customer_id_f042422e ON public.customers_address USING btree (customer_id);

CREATE INDEX customers_block_created_by_id_4c53cd08 ON public.customers_block USING btree (created_by_id);

CREATE INDEX customers_c_created_cdc9e7_idx ON public.customers_customer USING btree (created_at DESC, id DESC);

CREATE INDEX customers_c_name_2141d2_idx ON public.customers_customer USING btree (name, id);

CREATE INDEX customers_consent_customer_id_e5c9af2d ON public.customers_consent USING btree (customer_id);

CREATE INDEX customers_consent_given_by_id_1da48239 ON public.customers_consent USING btree (given_by_id);

CREATE INDEX customers_consent_withdrawn_by_id_3eacd289 ON public.customers_consent USING btree (withdrawn_by_id);

CREATE INDEX customers_customer_merged_into_id_2994ddb6 ON public.customers_customer USING btree (merged_into_id);

CREATE INDEX customers_customer_organisation_id_53525f42 ON public.customers_customer USING btree (organisation_id);

CREATE INDEX customers_entrylink_brand_id_a8e31b43 ON public.customers_entrylink USING btree (brand_id);

CREATE INDEX customers_erasure_customer_id_5a85f39e ON public.customers_erasure USING btree (customer_id);

CREATE INDEX customers_erasure_key_483c5c45_like ON public.customers_erasure USING btree (key varchar_pattern_ops);

CREATE INDEX customers_import_by_id_0bdfa90d ON public.customers_import USING btree (by_id);

CREATE INDEX customers_import_file_id_ea6deadc ON public.customers_import USING btree (file_id);

CREATE INDEX customers_import_file_id_ea6deadc_like ON public.customers_import USING btree (file_id varchar_pattern_ops);

CREATE INDEX customers_importrow_customer_id_075812e8 ON public.customers_importrow USING btree (customer_id);

CREATE INDEX customers_merge_merged_id_fa9d6919 ON public.customers_merge USING btree (merged_id);

CREATE INDEX customers_merge_survivor_id_4584b5fe ON public.customers_merge USING btree (survivor_id);

CREATE INDEX customers_note_author_id_269b3f5d ON public.customers_note USING btree (author_id);

CREATE INDEX customers_notsame_second_id_5110173e ON public.customers_notsame USING btree (second_id);

CREATE INDEX customers_rating_customer_id_2db3f92d ON public.customers_rating USING btree (customer_id);

CREATE INDEX customers_segment_owner_id_4e8a3405 ON public.customers_segment USING btree (owner_id);

CREATE INDEX customers_session_customer_id_0f8137f5 ON public.customers_session USING btree (customer_id);

CREATE INDEX customers_session_digest_5a091cc6_like ON public.customers_session USING btree (digest varchar_pattern_ops);

CREATE INDEX decision_by_time ON public.approvals_decision USING btree (at DESC, id DESC);

CREATE INDEX decision_of_case ON public.routing_decision USING btree (conversation_id, id DESC);

CREATE INDEX delivery_due ON public.conversations_delivery USING btree (due_at) WHERE (state = ANY (ARRAY['held'::text, 'scheduled'::text, 'queued'::text]));

CREATE INDEX delivery_under_way ON public.conversations_delivery USING btree (state) WHERE (state = ANY (ARRAY['sending'::text, 'handing_over'::text]));

CREATE INDEX deputy_due ON public.staff_deputy USING btree (told_end, ends_at);

CREATE INDEX desk_recentsearch_agent_id_c1e84d81 ON public.desk_recentsearch USING btree (agent_id);

CREATE INDEX desk_view_code_bd00a21c_like ON public.desk_view USING btree (code varchar_pattern_ops);

CREATE INDEX desk_view_owner_id_17fa8c69 ON public.desk_view USING btree (owner_id);

CREATE INDEX desk_view_team_id_7b75cee2 ON public.desk_view USING btree (team_id);

CREATE INDEX desk_viewplace_agent_id_c2c45055 ON public.desk_viewplace USING btree (agent_id);

CREATE INDEX desk_word_word_06347f80_like ON public.desk_word USING btree (word text_pattern_ops);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX effort_of_agent ON public.case_effort USING btree (agent_id, day);

CREATE INDEX entry_link_due ON public.customers_entrylink USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE UNIQUE INDEX entry_link_once ON public.customers_entrylink USING btree (digest) WHERE (NOT ((digest)::text = ''::text));

CREATE INDEX entry_link_to ON public.customers_entrylink USING btree (value, asked_at);

CREATE INDEX erasure_newest ON public.customers_erasure USING btree (id DESC);

CREATE INDEX escalation_of_case ON public.routing_escalation USING btree (conversation_id, id DESC);

CREATE INDEX export_due ON public.reports_export USING btree (due_at) WHERE (state = 'queued'::text);

CREATE INDEX export_of_agent ON public.reports_export USING btree (agent_id, id DESC);

CREATE INDEX fact_asked ON public.case_fact USING btree (asked_on) WHERE (asked_on IS NOT NULL);

CREATE INDEX fact_customer ON public.case_fact USING btree (customer_id);

CREATE INDEX fact_first_resolved ON public.case_fact USING btree (first_resolved_on);

CREATE INDEX fact_number ON public.case_fact USING btree (number);

CREATE INDEX fact_opened ON public.case_fact USING btree (opened_on, number);

CREATE INDEX fact_orders ON public.case_fact USING gin (order_ids) WITH (fastupdate=off);

CREATE INDEX fact_rated ON public.case_fact USING btree (rated_on) WHERE (rated_on IS NOT NULL);

CREATE INDEX fact_resolved ON public.case_fact USING btree (resolved_on, number);

CREATE INDEX fact_restricted ON public.case_fact USING btree (opened_on) WHERE is_restricted;

CREATE INDEX file_text_waiting ON public.conversations_filetext USING btree (digest) WHERE (state = 'waiting'::text);

CREATE INDEX files_file_digest_86e34bd8_like ON public.files_file USING btree (digest varchar_pattern_ops);

CREATE INDEX files_remotecontent_address_digest_b3d3c621_like ON public.files_remotecontent USING btree (address_digest varchar_pattern_ops);

CREATE INDEX files_remotecontent_file_id_96eb3d1a ON public.files_remotecontent USING btree (file_id);

CREATE INDEX files_remotecontent_file_id_96eb3d1a_like ON public.files_remotecontent USING btree (file_id varchar_pattern_ops);

CREATE INDEX finding_word_near ON public.knowledge_findingword USING gin (near) WITH (fastupdate=off);

CREATE INDEX follow_up_done ON public.followups_followup USING btree (done_at, id) WHERE (state = 'done'::text);

CREATE INDEX follow_up_due ON public.followups_followup USING btree (due_at, id) WHERE (state = 'open'::text);

CREATE INDEX follow_up_of_case ON public.followups_followup USING btree (conversation_id, id);

CREATE INDEX follow_up_of_owner ON public.followups_followup USING btree (owner_id, due_at, id) WHERE (state = 'open'::text);

CREATE INDEX follow_up_to_remind ON public.followups_followup USING btree (due_at) WHERE ((reminded_at IS NULL) AND (state = 'open'::text));

CREATE INDEX followups_followup_conversation_id_8fbeb0ca ON public.followups_followup USING btree (conversation_id);

CREATE INDEX followups_followup_customer_id_4abe7c0c ON public.followups_followup USING btree (customer_id);

CREATE INDEX followups_followup_owner_id_7de33e82 ON public.followups_followup USING btree (owner_id);

CREATE INDEX followups_followup_team_id_f96e145e ON public.followups_followup USING btree (team_id);

CREATE INDEX followups_review_brand_id_2793750d ON public.followups_review USING btree (brand_id);

CREATE INDEX followups_review_conversation_id_9ecaac13 ON public.followups_review USING btree (conversation_id);

CREATE INDEX followups_review_customer_id_01ae7474 ON public.followups_review USING btree (customer_id);

CREATE INDEX followups_voice_merged_into_id_e8948c9f ON public.followups_voice USING btree (merged_into_id);

CREATE INDEX followups_voice_owner_id_caa9eede ON public.followups_voice USING btree (owner_id);

CREATE INDEX followups_voice_person_id_36e72285 ON public.followups_voice USING btree (person_id);

CREATE INDEX followups_voice_product_id_c6891ac9 ON public.followups_voice USING btree (product_id);

CREATE INDEX followups_vote_conversation_id_8df665cd ON public.followups_vote USING btree (conversation_id);

CREATE INDEX followups_vote_customer_id_916e4ff6 ON public.followups_vote USING btree (customer_id);

CREATE INDEX followups_vote_voice_id_f557ed34 ON public.followups_vote USING btree (voice_id);

CREATE UNIQUE INDEX form_slug_once ON public.forms_form USING btree (slug) WHERE (NOT (slug = ''::text));

CREATE INDEX forms_form_address_a4121e84_like ON public.forms_form USING btree (address text_pattern_ops);

CREATE INDEX forms_form_brand_id_d43c663a ON public.forms_form USING btree (brand_id);

CREATE INDEX forms_form_channel_id_8ca468e5 ON public.forms_form USING btree (channel_id);

CREATE INDEX forms_heldfile_file_id_ecde5fd6 ON public.forms_heldfile USING btree (file_id);

CREATE INDEX forms_heldfile_file_id_ecde5fd6_like ON public.forms_heldfile USING btree (file_id varchar_pattern_ops);

CREATE INDEX gateway_act_due ON public.orders_gatewayact USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX gateway_act_external ON public.orders_gatewayact USING btree (external_id) WHERE (NOT (external_id = ''::text));

CREATE INDEX gateway_event_due ON public.orders_gatewayevent USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX guide_run_alone ON public.knowledge_guiderun USING btree (started_at) WHERE (conversation_id IS NULL);

CREATE INDEX guide_run_of_case ON public.knowledge_guiderun USING btree (conversation_id, id DESC) WHERE (conversation_id IS NOT NULL);

CREATE INDEX held_of_submission ON public.forms_heldfile USING btree (submission, id);

CREATE INDEX history_in_order ON ONLY public.history USING btree (tx, id);

CREATE INDEX history_of_case ON ONLY public.history USING btree (conversation_id, id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX history_of_customer ON ONLY public.history USING btree (customer_id, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX history_of_house ON ONLY public.history USING btree (at, id) WHERE (subject_kind = ANY (ARRAY['agent'::text, 'role'::text, 'team'::text, 'provider'::text]));

CREATE INDEX history_reader_name_16480c4b_like ON public.history_reader USING btree (name text_pattern_ops);

CREATE INDEX history_rest_at_id_idx ON public.history_rest USING btree (at, id) WHERE (subject_kind = ANY (ARRAY['agent'::text, 'role'::text, 'team'::text, 'provider'::text]));

CREATE INDEX history_rest_conversation_id_id_idx ON public.history_rest USING btree (conversation_id, id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX history_rest_customer_id_id_idx ON public.history_rest USING btree (customer_id, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX history_rest_tx_id_idx ON public.history_rest USING btree (tx, id);

CREATE INDEX history_seal_month_a718514a_like ON public.history_seal USING btree (month text_pattern_ops);

CREATE INDEX house_letter_due ON public.staff_houseletter USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX identified_on_case ON public.conversations_identification USING btree (conversation_id, at);

CREATE UNIQUE INDEX identified_once ON public.conversations_identification USING btree (conversation_id, customer_id) WHERE is_passed;

CREATE INDEX import_due ON public.customers_import USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX import_newest ON public.customers_import USING btree (created_at DESC, id DESC);

CREATE INDEX import_row_outcome ON public.customers_importrow USING btree (owner_id, outcome, number);

CREATE INDEX inbound_by_age ON public.channels_inbound USING btree (received_at, id) WHERE (erased_at IS NULL);

CREATE INDEX inbound_of_message ON public.channels_inbound USING btree (message_key) WHERE (NOT (message_key IS NULL));

CREATE INDEX inbound_waiting ON public.channels_inbound USING btree (id) WHERE (status = 'unprocessed'::text);

CREATE INDEX item_by_serial ON public.orders_item USING btree (serial);

CREATE INDEX key_by_age ON public.idempotency_keptanswer USING btree (at);

CREATE INDEX knowledge_article_brand_id_0bf6c870 ON public.knowledge_article USING btree (brand_id);

CREATE INDEX knowledge_article_category_id_e125b641 ON public.knowledge_article USING btree (category_id);

CREATE INDEX knowledge_article_owner_id_b40ac797 ON public.knowledge_article USING btree (owner_id);

CREATE INDEX knowledge_articleincase_agent_id_c2146dbe ON public.knowledge_articleincase USING btree (agent_id);

CREATE INDEX knowledge_articleincase_article_id_edbf5e20 ON public.knowledge_articleincase USING btree (article_id);

CREATE INDEX knowledge_articleopinion_article_id_033317f2 ON public.knowledge_articleopinion USING btree (article_id);

CREATE INDEX knowledge_articleopinion_settled_by_id_21d60d8e ON public.knowledge_articleopinion USING btree (settled_by_id);

CREATE INDEX knowledge_articlepicture_article_id_416dc855 ON public.knowledge_articlepicture USING btree (article_id);

CREATE INDEX knowledge_articlepicture_file_id_0294474e ON public.knowledge_articlepicture USING btree (file_id);

CREATE INDEX knowledge_articlepicture_file_id_0294474e_like ON public.knowledge_articlepicture USING btree (file_id varchar_pattern_ops);

CREATE INDEX knowledge_articlepicture_place_423c1d25_like ON public.knowledge_articlepicture USING btree (place text_pattern_ops);

CREATE INDEX knowledge_articletext_article_id_a2cbaaee ON public.knowledge_articletext USING btree (article_id);

CREATE INDEX knowledge_articletext_brand_id_2dc46c17 ON public.knowledge_articletext USING btree (brand_id);

CREATE INDEX knowledge_articleversion_approved_by_id_26a922e1 ON public.knowledge_articleversion USING btree (approved_by_id);

CREATE INDEX knowledge_articleversion_article_id_cba279b4 ON public.knowledge_articleversion USING btree (article_id);

CREATE INDEX knowledge_cannedfile_file_id_f9f551c2 ON public.knowledge_cannedfile USING btree (file_id);

CREATE INDEX knowledge_cannedfile_file_id_f9f551c2_like ON public.knowledge_cannedfile USING btree (file_id varchar_pattern_ops);

CREATE INDEX knowledge_cannedfile_reply_id_c79bb794 ON public.knowledge_cannedfile USING btree (reply_id);

CREATE INDEX knowledge_cannedreply_owner_id_91712736 ON public.knowledge_cannedreply USING btree (owner_id);

CREATE INDEX knowledge_cannedreply_team_id_d67e770f ON public.knowledge_cannedreply USING btree (team_id);

CREATE INDEX knowledge_category_brand_id_b29ce6d9 ON public.knowledge_category USING btree (brand_id);

CREATE INDEX knowledge_category_parent_id_653c6277 ON public.knowledge_category USING btree (parent_id);

CREATE INDEX knowledge_guide_slug_c3bde17e_like ON public.knowledge_guide USING btree (slug text_pattern_ops);

CREATE INDEX knowledge_guiderun_agent_id_5ee92775 ON public.knowledge_guiderun USING btree (agent_id);

CREATE INDEX knowledge_guiderun_token_1937eda1_like ON public.knowledge_guiderun USING btree (token text_pattern_ops);

CREATE INDEX knowledge_guiderun_version_id_73d9462b ON public.knowledge_guiderun USING btree (version_id);

CREATE INDEX knowledge_guideversion_by_id_cb085efe ON public.knowledge_guideversion USING btree (by_id);

CREATE INDEX knowledge_macro_owner_id_75b15ca8 ON public.knowledge_macro USING btree (owner_id);

CREATE INDEX knowledge_macro_team_id_138a81e3 ON public.knowledge_macro USING btree (team_id);

CREATE INDEX knowledge_search_token_68f0bd29_like ON public.knowledge_search USING btree (token text_pattern_ops);

CREATE INDEX knowledge_use_agent_id_f7c8581b ON public.knowledge_use USING btree (agent_id);

CREATE INDEX ledger_of_case ON public.sla_entry USING btree (conversation_id, id);

CREATE UNIQUE INDEX link_once ON public.conversations_link USING btree (LEAST(conversation_id, other_id), GREATEST(conversation_id, other_id));

CREATE INDEX loyalty_offer_agent_id_99592aa6 ON public.loyalty_offer USING btree (agent_id);

CREATE INDEX loyalty_offer_because_id_234401de ON public.loyalty_offer USING btree (because_id);

CREATE INDEX loyalty_offer_conversation_id_068b5ddd ON public.loyalty_offer USING btree (conversation_id);

CREATE INDEX loyalty_offer_product_id_30419985 ON public.loyalty_offer USING btree (product_id);

CREATE INDEX loyalty_referral_agent_id_37124302 ON public.loyalty_referral USING btree (agent_id);

CREATE INDEX loyalty_referral_order_id_339ddb44 ON public.loyalty_referral USING btree (order_id);

CREATE INDEX loyalty_referral_referred_credit_id_9dcf8ad2 ON public.loyalty_referral USING btree (referred_credit_id);

CREATE INDEX loyalty_referral_referrer_credit_id_aa873ee1 ON public.loyalty_referral USING btree (referrer_credit_id);

CREATE INDEX loyalty_referral_referrer_id_159e1eaf ON public.loyalty_referral USING btree (referrer_id);

CREATE INDEX loyalty_referralcode_code_ac9e2547_like ON public.loyalty_referralcode USING btree (code text_pattern_ops);

CREATE INDEX loyalty_standing_agent_id_ba8efa55 ON public.loyalty_standing USING btree (agent_id);

CREATE INDEX loyalty_standing_tier_id_e1942a45 ON public.loyalty_standing USING btree (tier_id);

CREATE INDEX loyalty_tier_code_7b4a3498_like ON public.loyalty_tier USING btree (code text_pattern_ops);

CREATE INDEX mailing_due ON public.outreach_mailing USING btree (due_at) WHERE (state = 'running'::text);

CREATE INDEX mailing_recipients ON public.outreach_recipient USING btree (mailing_id, id);

CREATE INDEX mailing_waiting ON public.outreach_recipient USING btree (mailing_id, id) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX merged_into_one ON public.conversations_merge USING btree (absorbed_id) WHERE (undone_at IS NULL);

CREATE UNIQUE INDEX merged_once ON public.customers_merge USING btree (merged_id) WHERE (undone_at IS NULL);

CREATE INDEX message_by_external_id ON public.conversations_message USING btree (external_id) WHERE (NOT (external_id = ''::text));

CREATE INDEX message_by_time ON public.conversations_message USING btree (created_at, id);

CREATE INDEX message_in_case ON public.conversations_message USING btree (conversation_id, created_at, id);

CREATE INDEX message_to_index_again ON public.conversations_message USING btree (id) WHERE (vector_version < 2);

CREATE INDEX message_words ON public.conversations_message USING gin (vector) WITH (fastupdate=off);

CREATE INDEX method_by_last_four ON public.orders_method USING btree (last_four) WHERE (NOT (last_four = ''::text));

CREATE UNIQUE INDEX method_code_once ON public.orders_method USING btree (code) WHERE (NOT (code = ''::text));

CREATE INDEX movement_of_method ON public.orders_movement USING btree (method_id, id);

CREATE UNIQUE INDEX no_duplicate_once ON public.conversations_noduplicate USING btree (LEAST(conversation_id, other_id), GREATEST(conversation_id, other_id));

CREATE INDEX note_of_customer ON public.customers_note USING btree (customer_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX notification_joins ON public.notifications_notification USING btree (agent_id, conversation_id, kind) WHERE (seen_at IS NULL);

CREATE INDEX notification_newest ON public.notifications_notification USING btree (agent_id, newest_at, id);

CREATE INDEX notification_old ON public.notifications_notification USING btree (newest_at);

CREATE INDEX notifications_device_agent_id_1d3af73e ON public.notifications_device USING btree (agent_id);

CREATE INDEX notifications_mute_agent_id_64cfccf1 ON public.notifications_mute USING btree (agent_id);

CREATE INDEX notifications_mute_conversation_id_f2dd43e2 ON public.notifications_mute USING btree (conversation_id);

CREATE INDEX notifications_notification_agent_id_ce930d95 ON public.notifications_notification USING btree (agent_id);

CREATE INDEX notifications_notification_conversation_id_7416e010 ON public.notifications_notification USING btree (conversation_id);

CREATE INDEX notifications_parcel_device_id_4aad5df5 ON public.notifications_parcel USING btree (device_id);

CREATE INDEX notifications_parcel_notification_id_4af85b54 ON public.notifications_parcel USING btree (notification_id);

CREATE INDEX offer_due ON public.routing_offer USING btree (due_at) WHERE (ended_at IS NULL);

CREATE INDEX offer_of_customer ON public.loyalty_offer USING btree (customer_id, id DESC);

CREATE UNIQUE INDEX one_brand_for_a_domain ON public.company_brand USING btree (domain) WHERE (NOT (domain = ''::text));

CREATE UNIQUE INDEX one_chat_at_a_time ON public.chats_thread USING btree (visitor_id) WHERE (state = 'open'::text);

CREATE UNIQUE INDEX one_clock_of_a_kind ON public.sla_clock USING btree (conversation_id, kind) WHERE ((cancelled_at IS NULL) AND (met_at IS NULL));

CREATE UNIQUE INDEX one_default_brand ON public.company_brand USING btree (is_default) WHERE is_default;

CREATE UNIQUE INDEX one_default_calendar ON public.calendars_calendar USING btree (is_default) WHERE is_default;

CREATE UNIQUE INDEX one_default_promise ON public.sla_policy USING btree (is_default) WHERE is_default;

CREATE UNIQUE INDEX one_draft ON public.approvals_policy USING btree (valid_from) NULLS NOT DISTINCT WHERE (valid_from IS NULL);

CREATE UNIQUE INDEX one_offer_at_a_time ON public.routing_offer USING btree (conversation_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_open_follow_up ON public.followups_followup USING btree (conversation_id) WHERE (state = 'open'::text);

CREATE UNIQUE INDEX one_open_version ON public.knowledge_articleversion USING btree (article_id, language) WHERE (state = ANY (ARRAY['draft'::text, 'review'::text, 'approved'::text, 'scheduled'::text]));

CREATE UNIQUE INDEX one_published_version ON public.knowledge_articleversion USING btree (article_id, language) WHERE (state = 'published'::text);

CREATE UNIQUE INDEX one_status_at_a_time ON public.agent_status USING btree (agent_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX one_totp_each ON public.staff_factor USING btree (agent_id) WHERE (kind = 'totp'::text);

CREATE INDEX opinion_to_settle ON public.knowledge_articleopinion USING btree (given_at DESC, id DESC) WHERE ((NOT is_helpful) AND (settled_at IS NULL));

CREATE INDEX order_by_digits ON public.orders_order USING btree (digits) WHERE (NOT (digits = ''::text));

CREATE INDEX order_by_mail ON public.orders_order USING btree (mail, id DESC) WHERE (NOT (mail = ''::text));

CREATE INDEX order_by_phone ON public.orders_order USING btree (phone, id DESC) WHERE (NOT (phone = ''::text));

CREATE INDEX order_by_state ON public.orders_order USING btree (state, id DESC);

CREATE INDEX order_of_customer ON public.orders_order USING btree (customer_id, placed_at DESC, id DESC);

CREATE INDEX orders_cart_agent_id_5d53c960 ON public.orders_cart USING btree (agent_id);

CREATE INDEX orders_cart_customer_id_b171f6ca ON public.orders_cart USING btree (customer_id);

CREATE INDEX orders_cart_order_id_8e8f80ce ON public.orders_cart USING btree (order_id);

CREATE INDEX orders_cart_revises_id_317e3103 ON public.orders_cart USING btree (revises_id);

CREATE INDEX orders_cartline_variant_id_88b6307b ON public.orders_cartline USING btree (variant_id);

CREATE INDEX orders_charge_order_id_c321d0ae ON public.orders_charge USING btree (order_id);

CREATE INDEX orders_credit_agent_id_f8258cf5 ON public.orders_credit USING btree (agent_id);

CREATE INDEX orders_credit_conversation_id_783c1bd3 ON public.orders_credit USING btree (conversation_id);

CREATE INDEX orders_credit_customer_id_90828db0 ON public.orders_credit USING btree (customer_id);

CREATE INDEX orders_credit_method_id_f48f08cb ON public.orders_credit USING btree (method_id);

CREATE INDEX orders_credit_order_id_bde385dd ON public.orders_credit USING btree (order_id);

CREATE INDEX orders_gateway_kind_a70ebf5e_like ON public.orders_gateway USING btree (kind text_pattern_ops);

CREATE INDEX orders_gatewayact_key_de839f2e_like ON public.orders_gatewayact USING btree (key text_pattern_ops);

CREATE INDEX orders_gatewayact_link_id_b5e148ce ON public.orders_gatewayact USING btree (link_id);

CREATE INDEX orders_gatewayact_payment_id_6d488648 ON public.orders_gatewayact USING btree (payment_id);

CREATE INDEX orders_item_agent_id_56048459 ON public.orders_item USING btree (agent_id);

CREATE INDEX orders_item_customer_id_440bd425 ON public.orders_item USING btree (customer_id);

CREATE INDEX orders_item_line_id_9c05e71e ON public.orders_item USING btree (line_id);

CREATE INDEX orders_item_variant_id_c641bc13 ON public.orders_item USING btree (variant_id);

CREATE INDEX orders_line_of_line_id_2d73bc64 ON public.orders_line USING btree (of_line_id);

CREATE INDEX orders_line_variant_id_d3c046c0 ON public.orders_line USING btree (variant_id);

CREATE INDEX orders_method_customer_id_1514d44b ON public.orders_method USING btree (customer_id);

CREATE INDEX orders_order_reordered_from_id_ce11a625 ON public.orders_order USING btree (reordered_from_id);

CREATE INDEX orders_outsideshop_code_e8263e25_like ON public.orders_outsideshop USING btree (code text_pattern_ops);

CREATE INDEX orders_payment_instead_of_id_d8c2fda8 ON public.orders_payment USING btree (instead_of_id);

CREATE INDEX orders_paymentlink_agent_id_1d88fc0e ON public.orders_paymentlink USING btree (agent_id);

CREATE INDEX orders_paymentlink_conversation_id_5357e3f5 ON public.orders_paymentlink USING btree (conversation_id);

CREATE INDEX orders_paymentlink_order_id_6bc53240 ON public.orders_paymentlink USING btree (order_id);

CREATE INDEX orders_paymentlink_payment_id_f86b3d80 ON public.orders_paymentlink USING btree (payment_id);

CREATE INDEX orders_proposal_conversation_id_967918fb ON public.orders_proposal USING btree (conversation_id);

CREATE INDEX orders_proposal_customer_id_63ed312a ON public.orders_proposal USING btree (customer_id);

CREATE INDEX orders_proposal_order_id_e42f990e ON public.orders_proposal USING btree (order_id);

CREATE INDEX orders_quote_agent_id_f7777cde ON public.orders_quote USING btree (agent_id);

CREATE INDEX orders_quote_conversation_id_ed16581a ON public.orders_quote USING btree (conversation_id);

CREATE INDEX orders_quote_customer_id_dedad045 ON public.orders_quote USING btree (customer_id);

CREATE INDEX orders_quote_order_id_82fb09f8 ON public.orders_quote USING btree (order_id);

CREATE INDEX orders_refund_agent_id_57982d7c ON public.orders_refund USING btree (agent_id);

CREATE INDEX orders_refund_conversation_id_4027ae7b ON public.orders_refund USING btree (conversation_id);

CREATE INDEX orders_refund_goods_id_51c56d25 ON public.orders_refund USING btree (goods_id);

CREATE INDEX orders_refund_method_id_98799715 ON public.orders_refund USING btree (method_id);

CREATE INDEX orders_refund_order_id_43062cb7 ON public.orders_refund USING btree (order_id);

CREATE INDEX orders_refundline_line_id_e7037741 ON public.orders_refundline USING btree (line_id);

CREATE INDEX orders_retention_variant_id_4b43a320 ON public.orders_retention USING btree (variant_id);

CREATE INDEX orders_retentionoffer_agent_id_feff0944 ON public.orders_retentionoffer USING btree (agent_id);

CREATE INDEX orders_retentionoffer_conversation_id_4c57a5bb ON public.orders_retentionoffer USING btree (conversation_id);

CREATE INDEX orders_retentionoffer_subscription_id_673dd82a ON public.orders_retentionoffer USING btree (subscription_id);

CREATE INDEX orders_retentionoffer_variant_id_4308cc70 ON public.orders_retentionoffer USING btree (variant_id);

CREATE INDEX orders_return_agent_id_d103f80d ON public.orders_return USING btree (agent_id);

CREATE INDEX orders_return_conversation_id_8f7e047d ON public.orders_return USING btree (conversation_id);

CREATE INDEX orders_return_method_id_8f34098d ON public.orders_return USING btree (method_id);

CREATE INDEX orders_return_order_id_cde1ef50 ON public.orders_return USING btree (order_id);

CREATE INDEX orders_returnline_line_id_16b08051 ON public.orders_returnline USING btree (line_id);

CREATE INDEX orders_returnline_variant_id_c6a7de0f ON public.orders_returnline USING btree (variant_id);

CREATE INDEX orders_shipment_order_id_661ed8ed ON public.orders_shipment USING btree (order_id);

CREATE INDEX orders_shipmentline_line_id_199620aa ON public.orders_shipmentline USING btree (line_id);

CREATE INDEX orders_shopact_key_77e69b3d_like ON public.orders_shopact USING btree (key text_pattern_ops);

CREATE INDEX orders_shopact_shop_id_e5ff7d89 ON public.orders_shopact USING btree (shop_id);

CREATE INDEX orders_subscription_method_id_38d71e2f ON public.orders_subscription USING btree (method_id);

CREATE INDEX orders_subscription_next_variant_id_f922bd29 ON public.orders_subscription USING btree (next_variant_id);

CREATE INDEX orders_subscription_number_f84f2f42_like ON public.orders_subscription USING btree (number text_pattern_ops);

CREATE INDEX orders_subscription_variant_id_c38bc67c ON public.orders_subscription USING btree (variant_id);

CREATE INDEX orders_variant_product_id_f82982f1 ON public.orders_variant USING btree (product_id);

CREATE INDEX organisation_by_name ON public.customers_organisation USING btree (sort_name, id);

CREATE INDEX organisation_domains ON public.customers_organisation USING gin (domains jsonb_path_ops);

CREATE INDEX outreach_mailing_agent_id_8bae0e09 ON public.outreach_mailing USING btree (agent_id);

CREATE INDEX outreach_mailing_channel_id_5e051922 ON public.outreach_mailing USING btree (channel_id);

CREATE INDEX outreach_mailing_segment_id_3d5d49cf ON public.outreach_mailing USING btree (segment_id);

CREATE INDEX outreach_recipient_customer_id_f2762a53 ON public.outreach_recipient USING btree (customer_id);

CREATE INDEX outreach_recipient_mailing_id_11fea15f ON public.outreach_recipient USING btree (mailing_id);

CREATE UNIQUE INDEX outside_shop_token_once ON public.orders_outsideshop USING btree (token) WHERE (NOT (token = ''::text));

CREATE UNIQUE INDEX paper_asked_once ON public.requests_paper USING btree (request_id, key) WHERE (state = 'asked'::text);

CREATE INDEX parcel_due ON public.notifications_parcel USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE UNIQUE INDEX payment_again_once ON public.orders_payment USING btree (instead_of_id) WHERE (instead_of_id IS NOT NULL);

CREATE INDEX payment_by_method ON public.orders_payment USING btree (method_id, order_id DESC);

CREATE INDEX payment_link_due ON public.orders_paymentlink USING btree (due_at) WHERE (state = 'open'::text);

CREATE INDEX payment_link_look ON public.orders_paymentlink USING btree (look_at) WHERE (look_at IS NOT NULL);

CREATE UNIQUE INDEX payment_link_open_once ON public.orders_paymentlink USING btree (order_id) WHERE (state = 'open'::text);

CREATE INDEX payment_link_session ON public.orders_paymentlink USING btree (session) WHERE (NOT (session = ''::text));

CREATE UNIQUE INDEX payment_link_token_once ON public.orders_paymentlink USING btree (token) WHERE (NOT (token = ''::text));

CREATE INDEX payment_of_order ON public.orders_payment USING btree (order_id, id);

CREATE INDEX payment_pending ON public.orders_payment USING btree (id) WHERE (state = 'pending'::text);

CREATE UNIQUE INDEX payment_reference_once ON public.orders_payment USING btree (reference) WHERE (NOT (reference = ''::text));

CREATE UNIQUE INDEX period_charged_once ON public.orders_charge USING btree (subscription_id, of) WHERE (kind = 'period'::text);

CREATE INDEX place_due ON public.routing_place USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX policy_in_force ON public.approvals_policy USING btree (valid_from DESC, id DESC);

CREATE INDEX praise_of_agent ON public.followups_voice USING btree (person_id, id DESC) WHERE (person_id IS NOT NULL);

CREATE INDEX problem_open ON public.conversations_problem USING btree (id DESC) WHERE (resolved_at IS NULL);

CREATE INDEX product_words ON public.orders_product USING gin (vector) WITH (fastupdate=off);

CREATE INDEX quote_due ON public.orders_quote USING btree (valid_until) WHERE (state = 'sent'::text);

CREATE UNIQUE INDEX quote_token_once ON public.orders_quote USING btree (token) WHERE (NOT (token = ''::text));

CREATE INDEX recount_due ON public.sla_recount USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE UNIQUE INDEX recovered_once ON public.followups_followup USING btree (answer_id) WHERE (answer_id IS NOT NULL);

CREATE INDEX report_letter_due ON public.reports_reportletter USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX reports_export_agent_id_e822161b ON public.reports_export USING btree (agent_id);

CREATE INDEX reports_reportletter_agent_id_3ae9838e ON public.reports_reportletter USING btree (agent_id);

CREATE INDEX reports_reportletter_sending_id_049d1246 ON public.reports_reportletter USING btree (sending_id);

CREATE INDEX request_by_state ON public.approvals_request USING btree (state, id DESC);

CREATE INDEX request_due ON public.approvals_request USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX request_for_approver ON public.approvals_request USING btree (approver_id, state, id DESC);

CREATE INDEX request_of_asker ON public.approvals_request USING btree (asked_by_id, id DESC);

CREATE INDEX request_on_case ON public.approvals_request USING btree (conversation_id, id DESC);

CREATE INDEX request_step_due ON public.requests_step USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (late_at IS NULL) AND (state = 'current'::text));

CREATE INDEX requests_paper_checked_by_id_81781831 ON public.requests_paper USING btree (checked_by_id);

CREATE INDEX requests_paper_file_id_2af5ff1d ON public.requests_paper USING btree (file_id);

CREATE INDEX requests_paper_file_id_2af5ff1d_like ON public.requests_paper USING btree (file_id varchar_pattern_ops);

CREATE INDEX requests_paper_request_id_50b6f317 ON public.requests_paper USING btree (request_id);

CREATE INDEX requests_request_conversation_id_5701160c ON public.requests_request USING btree (conversation_id);

CREATE INDEX requests_request_decided_by_id_e90b7441 ON public.requests_request USING btree (decided_by_id);

CREATE INDEX requests_request_opened_by_id_8c8bd62b ON public.requests_request USING btree (opened_by_id);

CREATE INDEX requests_request_version_id_b5f107a6 ON public.requests_request USING btree (version_id);

CREATE INDEX requests_step_done_by_id_87ad84a6 ON public.requests_step USING btree (done_by_id);

CREATE INDEX requests_step_skill_id_e31b9e2f ON public.requests_step USING btree (skill_id);

CREATE INDEX requests_step_team_id_69ca69ef ON public.requests_step USING btree (team_id);

CREATE INDEX requests_type_code_5c6e82d0_like ON public.requests_type USING btree (code text_pattern_ops);

CREATE INDEX requests_version_author_id_ab5030c0 ON public.requests_version USING btree (author_id);

CREATE INDEX retention_run_of_rule ON public.conversations_retentionrun USING btree (rule_id, id DESC);

CREATE INDEX return_by_state ON public.orders_return USING btree (state, id DESC);

CREATE INDEX review_by_time ON public.followups_review USING btree (recorded_at, id);

CREATE UNIQUE INDEX review_once ON public.followups_review USING btree (url) WHERE (NOT (url = ''::text));

CREATE INDEX routing_decision_agent_id_e1a58986 ON public.routing_decision USING btree (agent_id);

CREATE INDEX routing_decision_conversation_id_3ffd5961 ON public.routing_decision USING btree (conversation_id);

CREATE INDEX routing_decision_team_id_0115d458 ON public.routing_decision USING btree (team_id);

CREATE INDEX routing_escalation_agent_id_c4a89d4e ON public.routing_escalation USING btree (agent_id);

CREATE INDEX routing_escalation_by_agent_id_5a9715a3 ON public.routing_escalation USING btree (by_agent_id);

CREATE INDEX routing_escalation_conversation_id_f432b934 ON public.routing_escalation USING btree (conversation_id);

CREATE INDEX routing_escalation_team_id_ce2c0cc5 ON public.routing_escalation USING btree (team_id);

CREATE INDEX routing_ladder_topic_id_f7615568 ON public.routing_ladder USING btree (topic_id);

CREATE INDEX routing_mark_team_id_f78aac83 ON public.routing_mark USING btree (team_id);

CREATE INDEX routing_need_conversation_id_78f4db35 ON public.routing_need USING btree (conversation_id);

CREATE INDEX routing_need_skill_id_277c4e82 ON public.routing_need USING btree (skill_id);

CREATE INDEX routing_offer_agent_id_d43aa12d ON public.routing_offer USING btree (agent_id);

CREATE INDEX routing_offer_conversation_id_fc3044e5 ON public.routing_offer USING btree (conversation_id);

CREATE INDEX routing_offer_team_id_3f380117 ON public.routing_offer USING btree (team_id);

CREATE INDEX routing_place_team_id_25181f37 ON public.routing_place USING btree (team_id);

CREATE INDEX routing_queue_calendar_id_61e37eb0 ON public.routing_queue USING btree (calendar_id);

CREATE INDEX routing_requirement_brand_id_17bb2e9b ON public.routing_requirement USING btree (brand_id);

CREATE INDEX routing_requirement_channel_id_3580f831 ON public.routing_requirement USING btree (channel_id);

CREATE INDEX routing_requirement_skill_id_126e4694 ON public.routing_requirement USING btree (skill_id);

CREATE INDEX routing_requirement_team_id_2df02cdd ON public.routing_requirement USING btree (team_id);

CREATE INDEX routing_requirement_topic_id_243b9ef0 ON public.routing_requirement USING btree (topic_id);

CREATE INDEX routing_rung_ladder_id_f346e302 ON public.routing_rung USING btree (ladder_id);

CREATE INDEX routing_rung_team_id_b0309d52 ON public.routing_rung USING btree (team_id);

CREATE INDEX routing_standing_owner_id_5a564eeb ON public.routing_standing USING btree (owner_id);

CREATE INDEX routing_turn_agent_id_62e049dd ON public.routing_turn USING btree (agent_id);

CREATE INDEX routing_turn_team_id_a469f6a0 ON public.routing_turn USING btree (team_id);

CREATE INDEX routing_weight_kind_2b98ffbc_like ON public.routing_weight USING btree (kind text_pattern_ops);

CREATE INDEX rule_in_order ON public.triggers_rule USING btree ("position", id);

CREATE UNIQUE INDEX rule_runs_once ON public.triggers_run USING btree (rule_id, happening) WHERE (happening IS NOT NULL);

CREATE INDEX run_by_age ON public.triggers_run USING btree (at);

CREATE INDEX run_by_tx ON public.triggers_run USING btree (conversation_id, tx) WHERE (outcome = ANY (ARRAY['done'::text, 'partly'::text]));

CREATE INDEX run_of_case ON public.triggers_run USING btree (conversation_id, id DESC);

CREATE INDEX run_of_rule ON public.triggers_run USING btree (rule_id, id DESC);

CREATE INDEX run_waiting ON public.triggers_run USING btree (due_at) WHERE (outcome = 'waiting'::text);

CREATE INDEX schedule_due ON public.triggers_schedule USING btree (next_due_at) WHERE (next_due_at IS NOT NULL);

CREATE INDEX search_by_key ON public.knowledge_search USING btree (key, at DESC);

CREATE INDEX search_newest ON public.knowledge_search USING btree (at DESC, id DESC);

CREATE INDEX search_of_visitor ON public.knowledge_search USING btree (visitor, at DESC);

CREATE UNIQUE INDEX segment_name_once ON public.customers_segment USING btree (lower(name));

CREATE INDEX sending_due ON public.reports_sending USING btree (due_at);

CREATE INDEX sending_of_source ON public.forms_sending USING btree (source, at);

CREATE INDEX service_request_by_state ON public.requests_request USING btree (state, id DESC);

CREATE INDEX service_request_by_type ON public.requests_request USING btree (type_id, id DESC);

CREATE INDEX service_request_of_customer ON public.requests_request USING btree (customer_id, id DESC);

CREATE INDEX session_of_agent ON public.staff_session USING btree (agent_id, last_seen_at DESC);

CREATE INDEX shipment_by_tracking ON public.orders_shipment USING btree (tracking) WHERE (NOT (tracking = ''::text));

CREATE INDEX shop_act_due ON public.orders_shopact USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX shop_event_due ON public.orders_shopevent USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX shop_order_buyer ON public.orders_shoporder USING btree (shop_id, buyer) WHERE (NOT (buyer = ''::text));

CREATE INDEX simulation_due ON public.approvals_simulation USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE UNIQUE INDEX skill_name_once ON public.staff_skill USING btree (lower(name));

CREATE INDEX sla_acknowledged_sender_afbce445_like ON public.sla_acknowledged USING btree (sender varchar_pattern_ops);

CREATE INDEX sla_acknowledgement_channel_id_fd1aa0d2 ON public.sla_acknowledgement USING btree (channel_id);

CREATE INDEX sla_acknowledgement_topic_id_1a72c917 ON public.sla_acknowledgement USING btree (topic_id);

CREATE INDEX sla_policy_calendar_id_739f838a ON public.sla_policy USING btree (calendar_id);

CREATE INDEX staff_agent_email_82e01cb1_like ON public.staff_agent USING btree (email varchar_pattern_ops);

CREATE INDEX staff_agent_reports_to_id_8f18c950 ON public.staff_agent USING btree (reports_to_id);

CREATE INDEX staff_agent_role_id_e49644ea ON public.staff_agent USING btree (role_id);

CREATE INDEX staff_agentskill_agent_id_a6a09d02 ON public.staff_agentskill USING btree (agent_id);

CREATE INDEX staff_agentskill_skill_id_031cb7a5 ON public.staff_agentskill USING btree (skill_id);

CREATE INDEX staff_apitoken_agent_id_0ddf2eba ON public.staff_apitoken USING btree (agent_id);

CREATE INDEX staff_apitoken_digest_54eb45f3_like ON public.staff_apitoken USING btree (digest varchar_pattern_ops);

CREATE INDEX staff_attendance_calendar_id_acd8a85d ON public.staff_attendance USING btree (calendar_id);

CREATE INDEX staff_deputy_absent_id_18284340 ON public.staff_deputy USING btree (absent_id);

CREATE INDEX staff_deputy_deputy_id_468b4565 ON public.staff_deputy USING btree (deputy_id);

CREATE INDEX staff_extrarole_agent_id_ae940b92 ON public.staff_extrarole USING btree (agent_id);

CREATE INDEX staff_extrarole_role_id_f59a361a ON public.staff_extrarole USING btree (role_id);

CREATE INDEX staff_factor_agent_id_70fafe0b ON public.staff_factor USING btree (agent_id);

CREATE INDEX staff_grant_brand_id_37d847ac ON public.staff_grant USING btree (brand_id);

CREATE INDEX staff_grant_role_id_4d04cc_idx ON public.staff_grant USING btree (role_id, verb);

CREATE INDEX staff_grant_role_id_7ca86069 ON public.staff_grant USING btree (role_id);

CREATE INDEX staff_grant_team_id_b3a95ca1 ON public.staff_grant USING btree (team_id);

CREATE INDEX staff_houseletter_agent_id_688756c1 ON public.staff_houseletter USING btree (agent_id);

CREATE INDEX staff_identity_agent_id_11afb97c ON public.staff_identity USING btree (agent_id);

CREATE INDEX staff_identity_provider_id_6d4ec374 ON public.staff_identity USING btree (provider_id);

CREATE INDEX staff_identityprovider_code_aac45a25_like ON public.staff_identityprovider USING btree (code varchar_pattern_ops);

CREATE INDEX staff_identityprovider_role_id_a49735db ON public.staff_identityprovider USING btree (role_id);

CREATE INDEX staff_membership_agent_id_07e0e9e3 ON public.staff_membership USING btree (agent_id);

CREATE INDEX staff_membership_team_id_415b91e0 ON public.staff_membership USING btree (team_id);

CREATE INDEX staff_recoverycode_agent_id_7b143d21 ON public.staff_recoverycode USING btree (agent_id);

CREATE INDEX staff_role_code_7bda6c04_like ON public.staff_role USING btree (code varchar_pattern_ops);

CREATE INDEX staff_session_agent_id_851ac14d ON public.staff_session USING btree (agent_id);

CREATE INDEX staff_signi_key_95030e_idx ON public.staff_signinattempt USING btree (key, at);

CREATE INDEX staff_signinlink_agent_id_8aa4eddc ON public.staff_signinlink USING btree (agent_id);

CREATE INDEX staff_signinlink_digest_4eb43311_like ON public.staff_signinlink USING btree (digest varchar_pattern_ops);

CREATE INDEX staff_team_brand_id_3d122ade ON public.staff_team USING btree (brand_id);

CREATE INDEX standing_due ON public.routing_standing USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX standing_of_customer ON public.loyalty_standing USING btree (customer_id, since DESC, id DESC);

CREATE UNIQUE INDEX standing_once ON public.loyalty_standing USING btree (customer_id) WHERE (until IS NULL);

CREATE INDEX status_of_agent ON public.agent_status USING btree (agent_id, began_at);

CREATE INDEX subscription_by_state ON public.orders_subscription USING btree (state, id DESC);

CREATE INDEX subscription_due ON public.orders_subscription USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX subscription_of_customer ON public.orders_subscription USING btree (customer_id, id DESC);

CREATE INDEX survey_due ON public.surveys_invitation USING btree (due_at) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX survey_link_once ON public.surveys_invitation USING btree (digest) WHERE (NOT ((digest)::text = ''::text));

CREATE INDEX surveys_answer_agent_id_8102c73f ON public.surveys_answer USING btree (agent_id);

CREATE INDEX surveys_answer_brand_id_fb1f0638 ON public.surveys_answer USING btree (brand_id);

CREATE INDEX surveys_answer_conversation_id_114dd5cb ON public.surveys_answer USING btree (conversation_id);

CREATE INDEX surveys_answer_customer_id_8bce200c ON public.surveys_answer USING btree (customer_id);

CREATE INDEX surveys_answer_recovery_id_1982303e ON public.surveys_answer USING btree (recovery_id);

CREATE INDEX surveys_answer_survey_id_caa4663c ON public.surveys_answer USING btree (survey_id);

CREATE INDEX surveys_answer_team_id_427d68e2 ON public.surveys_answer USING btree (team_id);

CREATE INDEX surveys_invitation_agent_id_a976409e ON public.surveys_invitation USING btree (agent_id);

CREATE INDEX surveys_invitation_brand_id_6a6910de ON public.surveys_invitation USING btree (brand_id);

CREATE INDEX surveys_invitation_conversation_id_f3ef9dd4 ON public.surveys_invitation USING btree (conversation_id);

CREATE INDEX surveys_invitation_customer_id_070370bb ON public.surveys_invitation USING btree (customer_id);

CREATE INDEX surveys_invitation_survey_id_d0534764 ON public.surveys_invitation USING btree (survey_id);

CREATE INDEX surveys_invitation_team_id_a70719e1 ON public.surveys_invitation USING btree (team_id);

CREATE INDEX surveys_survey_brand_id_33171692 ON public.surveys_survey USING btree (brand_id);

CREATE INDEX surveys_survey_team_id_5adfe1b3 ON public.surveys_survey USING btree (team_id);

CREATE INDEX surveys_version_survey_id_880d8cc3 ON public.surveys_version USING btree (survey_id);

CREATE UNIQUE INDEX tag_name_once ON public.conversations_tag USING btree (lower(name));

CREATE UNIQUE INDEX team_name_once ON public.staff_team USING btree (lower(name));

CREATE INDEX transcript_due ON public.conversations_transcript USING btree (due_at) WHERE (state = 'queued'::text);

CREATE INDEX triggers_rule_author_id_91dc1d08 ON public.triggers_rule USING btree (author_id);

CREATE INDEX triggers_rule_calendar_id_f2682da3 ON public.triggers_rule USING btree (calendar_id);

CREATE INDEX triggers_schedule_author_id_27b01bc7 ON public.triggers_schedule USING btree (author_id);

CREATE INDEX triggers_schedule_calendar_id_61b82160 ON public.triggers_schedule USING btree (calendar_id);

CREATE INDEX undo_due ON public.conversations_undo USING btree (due_at);

CREATE INDEX upload_of_agent ON public.conversations_upload USING btree (agent_id, uploaded_at);

CREATE INDEX use_for_customer ON public.approvals_use USING btree (customer_id, action, at);

CREATE INDEX use_of_agent ON public.approvals_use USING btree (agent_id, action, at);

CREATE INDEX use_on_case ON public.approvals_use USING btree (conversation_id, action);

CREATE INDEX voice_by_votes ON public.followups_voice USING btree (kind, votes DESC, id DESC);

CREATE INDEX voice_due ON public.followups_voice USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX voices_of_case ON public.followups_vote USING btree (conversation_id, id);

CREATE INDEX webhook_deliveries_by_age ON public.webhooks_delivery USING btree (created_at);

CREATE INDEX webhook_deliveries_newest ON public.webhooks_delivery USING btree (webhook_id, id DESC);

CREATE INDEX webhook_due ON public.webhooks_delivery USING btree (webhook_id, due_at) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX webhook_happening_once ON public.webhooks_delivery USING btree (webhook_id, happening) WHERE (NOT (happening IS NULL));

CREATE INDEX webhook_pings ON public.webhooks_delivery USING btree (webhook_id) WHERE ((happening IS NULL) AND (state = 'waiting'::text));

CREATE INDEX webhook_unfinished ON public.webhooks_delivery USING btree (webhook_id, id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

CREATE INDEX webhook_unfinished_of_case ON public.webhooks_delivery USING btree (webhook_id, conversation_id, id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

CREATE INDEX webhooks_delivery_key_28ed5183_like ON public.webhooks_delivery USING btree (key text_pattern_ops);

CREATE INDEX webhooks_delivery_webhook_id_27345d75 ON public.webhooks_delivery USING btree (webhook_id);

CREATE INDEX webhooks_webhook_owner_id_fa512fda ON public.webhooks_webhook USING btree (owner_id);

CREATE INDEX word_near ON public.desk_word USING gin (near) WITH (fastupdate=off);

ALTER INDEX public.history_of_house ATTACH PARTITION public.history_rest_at_id_idx;

ALTER INDEX public.history_of_case ATTACH PARTITION public.history_rest_conversation_id_id_idx;

ALTER INDEX public.history_of_customer ATTACH PARTITION public.history_rest_customer_id_id_idx;

ALTER INDEX public.history_pkey ATTACH PARTITION public.history_rest_pkey;

ALTER INDEX public.history_in_order ATTACH PARTITION public.history_rest_tx_id_idx;

CREATE TRIGGER history_no_change BEFORE DELETE OR UPDATE ON public.history FOR EACH ROW EXECUTE FUNCTION public.history_is_append_only();

CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON public.history FOR EACH STATEMENT EXECUTE FUNCTION public.history_is_append_only();

ALTER TABLE ONLY public.approvals_deadline
    ADD CONSTRAINT approvals_deadline_calendar_id_e44b314d_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT approvals_limit_agent_id_9569c39a_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT approvals_limit_author_id_961c2e9c_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT approvals_limit_role_id_25481c0c_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES public.staff_role(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_limit
    ADD CONSTRAINT approvals_limit_skill_id_90b9f7cc_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_policy
    ADD CONSTRAINT approvals_policy_author_id_31665d2e_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_policy
    ADD CONSTRAINT approvals_policy_switched_on_by_id_3da43d40_fk_staff_agent_id FOREIGN KEY (switched_on_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_request
    ADD CONSTRAINT approvals_request_approver_id_c0b65298_fk_staff_agent_id FOREIGN KEY (approver_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_request
    ADD CONSTRAINT approvals_request_asked_by_id_8d1b9f5a_fk_staff_agent_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_request
    ADD CONSTRAINT approvals_request_decided_by_id_0f8bd445_fk_staff_agent_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_request
    ADD CONSTRAINT approvals_request_on_behalf_of_id_61e31ec1_fk_staff_agent_id FOREIGN KEY (on_behalf_of_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_simulation
    ADD CONSTRAINT approvals_simulation_asked_by_id_2c401022_fk_staff_agent_id FOREIGN KEY (asked_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_simulation
    ADD CONSTRAINT approvals_simulation_policy_id_637da123_fk_approvals_policy_id FOREIGN KEY (policy_id) REFERENCES public.approvals_policy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_step
    ADD CONSTRAINT approvals_step_request_id_54c86df2_fk_approvals_request_id FOREIGN KEY (request_id) REFERENCES public.approvals_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.approvals_use
    ADD CONSTRAINT approvals_use_request_id_86fa6c6c_fk_approvals_request_id FOREIGN KEY (request_id) REFERENCES public.approvals_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendars_period
    ADD CONSTRAINT calendars_period_calendar_id_99ff3650_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendars_specialday
    ADD CONSTRAINT calendars_specialday_calendar_id_33df941f_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.calendars_subscription
    ADD CONSTRAINT calendars_subscripti_calendar_id_4003706f_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_brand_id_b1f46b03_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_channel
    ADD CONSTRAINT channels_channel_team_id_4c7a34c2_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_channel_id_3cec406d_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.channels_inbound
    ADD CONSTRAINT channels_inbound_file_id_b1f77431_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_identity
    ADD CONSTRAINT chats_identity_channel_id_65412016_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_identity
    ADD CONSTRAINT chats_identity_visitor_id_e61fac0b_fk_chats_visitor_id FOREIGN KEY (visitor_id) REFERENCES public.chats_visitor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chats_thread_channel_id_640ba0c6_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chats_thread_conversation_id_767fffbe_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_thread
    ADD CONSTRAINT chats_thread_visitor_id_f990f7e6_fk_chats_visitor_id FOREIGN KEY (visitor_id) REFERENCES public.chats_visitor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_upload
    ADD CONSTRAINT chats_upload_file_id_f06e2b93_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_upload
    ADD CONSTRAINT chats_upload_visitor_id_140a2c14_fk_chats_visitor_id FOREIGN KEY (visitor_id) REFERENCES public.chats_visitor(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_visitor
    ADD CONSTRAINT chats_visitor_channel_id_ac928013_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.chats_visitor
    ADD CONSTRAINT chats_visitor_customer_id_b65b9566_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.company_brand
    ADD CONSTRAINT company_brand_logo_id_8c3443fb_fk_files_file_digest FOREIGN KEY (logo_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_cause
    ADD CONSTRAINT complaints_cause_parent_id_96942e4d_fk_complaints_cause_id FOREIGN KEY (parent_id) REFERENCES public.complaints_cause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_clock
    ADD CONSTRAINT complaints_clock_complaint_id_6d025efa_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_about_id_d61bd578_fk_staff_agent_id FOREIGN KEY (about_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_brand_id_e3ce07bf_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_category_id_9eb66f7d_fk_complaint FOREIGN KEY (category_id) REFERENCES public.complaints_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_cause_id_90a2bb93_fk_complaints_cause_id FOREIGN KEY (cause_id) REFERENCES public.complaints_cause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_decided_by_id_81f84636_fk_staff_agent_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_investigator_id_3c27de1f_fk_staff_agent_id FOREIGN KEY (investigator_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_owner_id_f72a6213_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_product_id_170d2c47_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_recorded_by_id_eaa8796d_fk_staff_agent_id FOREIGN KEY (recorded_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_rules_id_eeff0d4d_fk_complaints_ruleset_id FOREIGN KEY (rules_id) REFERENCES public.complaints_ruleset(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correctio_complaint_id_2c319459_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_cause_id_90ea4b1d_fk_complaints_cause_id FOREIGN KEY (cause_id) REFERENCES public.complaints_cause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_checked_by_id_05e515c9_fk_staff_agent_id FOREIGN KEY (checked_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_done_by_id_d4861862_fk_staff_agent_id FOREIGN KEY (done_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_made_by_id_5885199e_fk_staff_agent_id FOREIGN KEY (made_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_correction
    ADD CONSTRAINT complaints_correction_owner_id_98142151_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_entry
    ADD CONSTRAINT complaints_entry_by_agent_id_627d4703_fk_staff_agent_id FOREIGN KEY (by_agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_entry
    ADD CONSTRAINT complaints_entry_complaint_id_34004144_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_entry
    ADD CONSTRAINT complaints_entry_paper_id_c040deba_fk_files_file_digest FOREIGN KEY (paper_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_ruleset
    ADD CONSTRAINT complaints_ruleset_author_id_a81f81aa_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_ruleset
    ADD CONSTRAINT complaints_ruleset_brand_id_5721d87c_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_ruleset
    ADD CONSTRAINT complaints_ruleset_calendar_id_b9f1a9d6_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.complaints_ruleset
    ADD CONSTRAINT complaints_ruleset_product_id_9179e86d_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attach_message_id_9179b1e8_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_attachment
    ADD CONSTRAINT conversations_attachment_file_id_29cdeb9d_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_bulkchange
    ADD CONSTRAINT conversations_bulkchange_agent_id_e3310d34_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_bulkitem
    ADD CONSTRAINT conversations_bulkit_bulk_id_7be27389_fk_conversat FOREIGN KEY (bulk_id) REFERENCES public.conversations_bulkchange(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_checklistitem
    ADD CONSTRAINT conversations_checkl_conversation_id_cf536b21_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_checklistitem
    ADD CONSTRAINT conversations_checkl_done_by_id_9a31cabc_fk_staff_age FOREIGN KEY (done_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_assignee_id_e845f644_fk_staff_age FOREIGN KEY (assignee_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_brand_id_0985e90f_fk_company_b FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_channel_id_c75ad9c1_fk_channels_ FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_customer_id_afb78c4a_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_merged_into_id_18d56788_fk_conversat FOREIGN KEY (merged_into_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_problem_id_63a1a461_fk_conversat FOREIGN KEY (problem_id) REFERENCES public.conversations_problem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_side_of_id_cbc7cc37_fk_conversat FOREIGN KEY (side_of_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_status_id_a1ad1ab5_fk_conversat FOREIGN KEY (status_id) REFERENCES public.conversations_status(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conver_topic_id_5e8b0cad_fk_conversat FOREIGN KEY (topic_id) REFERENCES public.conversations_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_conversation
    ADD CONSTRAINT conversations_conversation_team_id_c9f144f2_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_delivery
    ADD CONSTRAINT conversations_delive_channel_id_1948ae4c_fk_channels_ FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_delivery
    ADD CONSTRAINT conversations_delive_message_id_1f22aefb_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_agent_id_12d0db82_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_draft
    ADD CONSTRAINT conversations_draft_conversation_id_8be0ce8b_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_fingerprint
    ADD CONSTRAINT conversations_finger_message_id_d4acddec_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_identification
    ADD CONSTRAINT conversations_identi_agent_id_5284c2f7_fk_staff_age FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_identification
    ADD CONSTRAINT conversations_identi_conversation_id_3183ff21_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_identification
    ADD CONSTRAINT conversations_identi_customer_id_94d84895_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_link
    ADD CONSTRAINT conversations_link_conversation_id_28534168_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_link
    ADD CONSTRAINT conversations_link_created_by_id_61ebd99e_fk_staff_agent_id FOREIGN KEY (created_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_link
    ADD CONSTRAINT conversations_link_other_id_244e4626_fk_conversat FOREIGN KEY (other_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_mention
    ADD CONSTRAINT conversations_mentio_message_id_092f4b14_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_mention
    ADD CONSTRAINT conversations_mention_agent_id_26e5ca4c_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_absorbed_id_ae21b03f_fk_conversat FOREIGN KEY (absorbed_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_into_id_7ca5d0fb_fk_conversat FOREIGN KEY (into_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_merged_by_id_fd714758_fk_staff_agent_id FOREIGN KEY (merged_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_merge
    ADD CONSTRAINT conversations_merge_undone_by_id_bfc34a24_fk_staff_agent_id FOREIGN KEY (undone_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_channel_id_9f8b2eeb_fk_channels_ FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_conversation_id_f1a2d5e9_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_inbound_id_bafbdb87_fk_channels_ FOREIGN KEY (inbound_id) REFERENCES public.channels_inbound(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_message
    ADD CONSTRAINT conversations_messag_parent_id_ad2a058b_fk_conversat FOREIGN KEY (parent_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_noduplicate
    ADD CONSTRAINT conversations_nodupl_conversation_id_6013f9c7_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_noduplicate
    ADD CONSTRAINT conversations_nodupl_other_id_35d3ebd7_fk_conversat FOREIGN KEY (other_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_participant
    ADD CONSTRAINT conversations_partic_conversation_id_69e50799_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_participant
    ADD CONSTRAINT conversations_partic_customer_id_ea02ad15_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_problem
    ADD CONSTRAINT conversations_problem_created_by_id_954647d4_fk_staff_agent_id FOREIGN KEY (created_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_reading
    ADD CONSTRAINT conversations_readin_conversation_id_2c8d903d_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_reading
    ADD CONSTRAINT conversations_reading_agent_id_a8c528fc_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_reference
    ADD CONSTRAINT conversations_refere_message_id_65fb5a71_fk_conversat FOREIGN KEY (message_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_retentionrun
    ADD CONSTRAINT conversations_retent_rule_id_2ae3f7bc_fk_conversat FOREIGN KEY (rule_id) REFERENCES public.conversations_retentionrule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_teamrule
    ADD CONSTRAINT conversations_teamrule_team_id_1e7fa283_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_topic
    ADD CONSTRAINT conversations_topic_parent_id_1ae4e4b4_fk_conversat FOREIGN KEY (parent_id) REFERENCES public.conversations_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_transcript
    ADD CONSTRAINT conversations_transc_conversation_id_bfd2b141_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_transcript
    ADD CONSTRAINT conversations_transcript_agent_id_d0e38f08_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_transcript
    ADD CONSTRAINT conversations_transcript_file_id_b74b6971_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_undo
    ADD CONSTRAINT conversations_undo_agent_id_e5c697ab_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_undo
    ADD CONSTRAINT conversations_undo_conversation_id_cfea7115_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_undo
    ADD CONSTRAINT conversations_undo_note_id_77f7639e_fk_conversations_message_id FOREIGN KEY (note_id) REFERENCES public.conversations_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_upload
    ADD CONSTRAINT conversations_upload_agent_id_44f97bcc_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_upload
    ADD CONSTRAINT conversations_upload_conversation_id_c19a07ea_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.conversations_upload
    ADD CONSTRAINT conversations_upload_file_id_93153e2f_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_address
    ADD CONSTRAINT customers_address_customer_id_f042422e_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_block
    ADD CONSTRAINT customers_block_created_by_id_4c53cd08_fk_staff_agent_id FOREIGN KEY (created_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_customer_id_e5c9af2d_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_given_by_id_1da48239_fk_staff_agent_id FOREIGN KEY (given_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_consent
    ADD CONSTRAINT customers_consent_withdrawn_by_id_3eacd289_fk_staff_agent_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_merged_into_id_2994ddb6_fk_customers FOREIGN KEY (merged_into_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_customer
    ADD CONSTRAINT customers_customer_organisation_id_53525f42_fk_customers FOREIGN KEY (organisation_id) REFERENCES public.customers_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_entrylink
    ADD CONSTRAINT customers_entrylink_brand_id_a8e31b43_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_erasure
    ADD CONSTRAINT customers_erasure_customer_id_5a85f39e_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_import
    ADD CONSTRAINT customers_import_by_id_0bdfa90d_fk_staff_agent_id FOREIGN KEY (by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_import
    ADD CONSTRAINT customers_import_file_id_ea6deadc_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_importrow
    ADD CONSTRAINT customers_importrow_customer_id_075812e8_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_importrow
    ADD CONSTRAINT customers_importrow_owner_id_54f7af00_fk_customers_import_id FOREIGN KEY (owner_id) REFERENCES public.customers_import(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_login
    ADD CONSTRAINT customers_login_customer_id_060a1649_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_merged_id_fa9d6919_fk_customers_customer_id FOREIGN KEY (merged_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_merge
    ADD CONSTRAINT customers_merge_survivor_id_4584b5fe_fk_customers_customer_id FOREIGN KEY (survivor_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_note
    ADD CONSTRAINT customers_note_author_id_269b3f5d_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_note
    ADD CONSTRAINT customers_note_customer_id_505ed79b_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_notsame
    ADD CONSTRAINT customers_notsame_first_id_2f128126_fk_customers_customer_id FOREIGN KEY (first_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_notsame
    ADD CONSTRAINT customers_notsame_second_id_5110173e_fk_customers_customer_id FOREIGN KEY (second_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_portal
    ADD CONSTRAINT customers_portal_brand_id_e548d798_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_rating
    ADD CONSTRAINT customers_rating_customer_id_2db3f92d_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_segment
    ADD CONSTRAINT customers_segment_owner_id_4e8a3405_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customers_session
    ADD CONSTRAINT customers_session_customer_id_0f8137f5_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_recentsearch
    ADD CONSTRAINT desk_recentsearch_agent_id_c1e84d81_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_view
    ADD CONSTRAINT desk_view_owner_id_17fa8c69_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_view
    ADD CONSTRAINT desk_view_team_id_7b75cee2_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.desk_viewplace
    ADD CONSTRAINT desk_viewplace_agent_id_c2c45055_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.files_remotecontent
    ADD CONSTRAINT files_remotecontent_file_id_96eb3d1a_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_closingrule
    ADD CONSTRAINT followups_closingrule_team_id_a9a44016_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_conversation_id_8fbeb0ca_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_customer_id_4abe7c0c_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_owner_id_7de33e82_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_followup
    ADD CONSTRAINT followups_followup_team_id_f96e145e_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_review
    ADD CONSTRAINT followups_review_brand_id_2793750d_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_review
    ADD CONSTRAINT followups_review_conversation_id_9ecaac13_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_review
    ADD CONSTRAINT followups_review_customer_id_01ae7474_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_voice
    ADD CONSTRAINT followups_voice_merged_into_id_e8948c9f_fk_followups_voice_id FOREIGN KEY (merged_into_id) REFERENCES public.followups_voice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_voice
    ADD CONSTRAINT followups_voice_owner_id_caa9eede_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_voice
    ADD CONSTRAINT followups_voice_person_id_36e72285_fk_staff_agent_id FOREIGN KEY (person_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_voice
    ADD CONSTRAINT followups_voice_product_id_c6891ac9_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_vote
    ADD CONSTRAINT followups_vote_conversation_id_8df665cd_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_vote
    ADD CONSTRAINT followups_vote_customer_id_916e4ff6_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.followups_vote
    ADD CONSTRAINT followups_vote_voice_id_f557ed34_fk_followups_voice_id FOREIGN KEY (voice_id) REFERENCES public.followups_voice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_brand_id_d43c663a_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_form
    ADD CONSTRAINT forms_form_channel_id_8ca468e5_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.forms_heldfile
    ADD CONSTRAINT forms_heldfile_file_id_ecde5fd6_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_brand_id_0bf6c870_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_category_id_e125b641_fk_knowledge_category_id FOREIGN KEY (category_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_owner_id_b40ac797_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleincase
    ADD CONSTRAINT knowledge_articleinc_article_id_edbf5e20_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleincase
    ADD CONSTRAINT knowledge_articleincase_agent_id_c2146dbe_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleopinion
    ADD CONSTRAINT knowledge_articleopi_article_id_033317f2_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleopinion
    ADD CONSTRAINT knowledge_articleopi_settled_by_id_21d60d8e_fk_staff_age FOREIGN KEY (settled_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articlephrase
    ADD CONSTRAINT knowledge_articlephr_article_id_1a6a37ec_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articlepicture
    ADD CONSTRAINT knowledge_articlepic_article_id_416dc855_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articlepicture
    ADD CONSTRAINT knowledge_articlepicture_file_id_0294474e_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletex_article_id_a2cbaaee_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletex_version_id_547366cd_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_articleversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_brand_id_2dc46c17_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_approved_by_id_26a922e1_fk_staff_age FOREIGN KEY (approved_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_article_id_cba279b4_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_cannedfile
    ADD CONSTRAINT knowledge_cannedfile_file_id_f9f551c2_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_cannedfile
    ADD CONSTRAINT knowledge_cannedfile_reply_id_c79bb794_fk_knowledge FOREIGN KEY (reply_id) REFERENCES public.knowledge_cannedreply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_cannedreply
    ADD CONSTRAINT knowledge_cannedreply_owner_id_91712736_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_cannedreply
    ADD CONSTRAINT knowledge_cannedreply_team_id_d67e770f_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_brand_id_b29ce6d9_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_parent_id_653c6277_fk_knowledge_category_id FOREIGN KEY (parent_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_guiderun
    ADD CONSTRAINT knowledge_guiderun_agent_id_5ee92775_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_guiderun
    ADD CONSTRAINT knowledge_guiderun_version_id_73d9462b_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_guideversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_guideversion
    ADD CONSTRAINT knowledge_guideversion_by_id_cb085efe_fk_staff_agent_id FOREIGN KEY (by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_guideversion
    ADD CONSTRAINT knowledge_guideversion_guide_id_eaee20d7_fk_knowledge_guide_id FOREIGN KEY (guide_id) REFERENCES public.knowledge_guide(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_macro
    ADD CONSTRAINT knowledge_macro_owner_id_75b15ca8_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_macro
    ADD CONSTRAINT knowledge_macro_team_id_138a81e3_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.knowledge_use
    ADD CONSTRAINT knowledge_use_agent_id_f7c8581b_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_agent_id_99592aa6_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_because_id_234401de_fk_orders_product_id FOREIGN KEY (because_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_conversation_id_068b5ddd_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_customer_id_81526089_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_offer
    ADD CONSTRAINT loyalty_offer_product_id_30419985_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_pair
    ADD CONSTRAINT loyalty_pair_other_id_9a5a217a_fk_orders_product_id FOREIGN KEY (other_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_pair
    ADD CONSTRAINT loyalty_pair_product_id_63e1c30a_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_preference
    ADD CONSTRAINT loyalty_preference_customer_id_3d9d3521_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_agent_id_37124302_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_order_id_339ddb44_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_referred_credit_id_9dcf8ad2_fk_orders_cr FOREIGN KEY (referred_credit_id) REFERENCES public.orders_credit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_referred_id_389c9c72_fk_customers_customer_id FOREIGN KEY (referred_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_referrer_credit_id_aa873ee1_fk_orders_cr FOREIGN KEY (referrer_credit_id) REFERENCES public.orders_credit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referral
    ADD CONSTRAINT loyalty_referral_referrer_id_159e1eaf_fk_customers_customer_id FOREIGN KEY (referrer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_referralcode
    ADD CONSTRAINT loyalty_referralcode_customer_id_57518116_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_standing
    ADD CONSTRAINT loyalty_standing_agent_id_ba8efa55_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_standing
    ADD CONSTRAINT loyalty_standing_customer_id_fef8a099_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.loyalty_standing
    ADD CONSTRAINT loyalty_standing_tier_id_e1942a45_fk_loyalty_tier_id FOREIGN KEY (tier_id) REFERENCES public.loyalty_tier(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_choice
    ADD CONSTRAINT notifications_choice_agent_id_fb450b57_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_device
    ADD CONSTRAINT notifications_device_agent_id_1d3af73e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_mute
    ADD CONSTRAINT notifications_mute_agent_id_64cfccf1_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_mute
    ADD CONSTRAINT notifications_mute_conversation_id_f2dd43e2_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notifi_conversation_id_7416e010_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_agent_id_ce930d95_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_parcel
    ADD CONSTRAINT notifications_parcel_device_id_4aad5df5_fk_notificat FOREIGN KEY (device_id) REFERENCES public.notifications_device(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notifications_parcel
    ADD CONSTRAINT notifications_parcel_notification_id_4af85b54_fk_notificat FOREIGN KEY (notification_id) REFERENCES public.notifications_notification(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_agent_id_5d53c960_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_conversation_id_ac5b4e9f_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_customer_id_b171f6ca_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_order_id_8e8f80ce_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cart
    ADD CONSTRAINT orders_cart_revises_id_317e3103_fk_orders_quote_id FOREIGN KEY (revises_id) REFERENCES public.orders_quote(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_cart_id_af5e6867_fk_orders_cart_id FOREIGN KEY (cart_id) REFERENCES public.orders_cart(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cartline
    ADD CONSTRAINT orders_cartline_variant_id_88b6307b_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_charge
    ADD CONSTRAINT orders_charge_order_id_c321d0ae_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_charge
    ADD CONSTRAINT orders_charge_subscription_id_91be20a1_fk_orders_su FOREIGN KEY (subscription_id) REFERENCES public.orders_subscription(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_agent_id_f8258cf5_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_conversation_id_783c1bd3_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_customer_id_90828db0_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_method_id_f48f08cb_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_credit
    ADD CONSTRAINT orders_credit_order_id_bde385dd_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_gatewayact
    ADD CONSTRAINT orders_gatewayact_link_id_b5e148ce_fk_orders_paymentlink_id FOREIGN KEY (link_id) REFERENCES public.orders_paymentlink(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_gatewayact
    ADD CONSTRAINT orders_gatewayact_payment_id_6d488648_fk_orders_payment_id FOREIGN KEY (payment_id) REFERENCES public.orders_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_agent_id_56048459_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_customer_id_440bd425_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_line_id_9c05e71e_fk_orders_line_id FOREIGN KEY (line_id) REFERENCES public.orders_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_product_id_260e6ee8_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_item
    ADD CONSTRAINT orders_item_variant_id_c641bc13_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_line
    ADD CONSTRAINT orders_line_of_line_id_2d73bc64_fk_orders_line_id FOREIGN KEY (of_line_id) REFERENCES public.orders_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_line
    ADD CONSTRAINT orders_line_order_id_c47dcbd1_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_line
    ADD CONSTRAINT orders_line_variant_id_d3c046c0_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_method
    ADD CONSTRAINT orders_method_customer_id_1514d44b_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_movement
    ADD CONSTRAINT orders_movement_method_id_acf79289_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_movement
    ADD CONSTRAINT orders_movement_order_id_02b8ac0e_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_customer_id_0b76f6a4_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_reordered_from_id_ce11a625_fk_orders_order_id FOREIGN KEY (reordered_from_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_payment
    ADD CONSTRAINT orders_payment_instead_of_id_d8c2fda8_fk_orders_payment_id FOREIGN KEY (instead_of_id) REFERENCES public.orders_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_payment
    ADD CONSTRAINT orders_payment_method_id_ed820f74_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_payment
    ADD CONSTRAINT orders_payment_order_id_bdccf250_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_paymentlink
    ADD CONSTRAINT orders_paymentlink_agent_id_1d88fc0e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_paymentlink
    ADD CONSTRAINT orders_paymentlink_conversation_id_5357e3f5_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_paymentlink
    ADD CONSTRAINT orders_paymentlink_order_id_6bc53240_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_paymentlink
    ADD CONSTRAINT orders_paymentlink_payment_id_f86b3d80_fk_orders_payment_id FOREIGN KEY (payment_id) REFERENCES public.orders_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_productlink
    ADD CONSTRAINT orders_productlink_product_id_63a1e304_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_proposal
    ADD CONSTRAINT orders_proposal_conversation_id_967918fb_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_proposal
    ADD CONSTRAINT orders_proposal_customer_id_63ed312a_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_proposal
    ADD CONSTRAINT orders_proposal_order_id_e42f990e_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_agent_id_f7777cde_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_cart_id_798ea43f_fk_orders_cart_id FOREIGN KEY (cart_id) REFERENCES public.orders_cart(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_conversation_id_ed16581a_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_customer_id_dedad045_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_quote
    ADD CONSTRAINT orders_quote_order_id_82fb09f8_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_agent_id_57982d7c_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_conversation_id_4027ae7b_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_goods_id_51c56d25_fk_orders_return_id FOREIGN KEY (goods_id) REFERENCES public.orders_return(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_method_id_98799715_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refund
    ADD CONSTRAINT orders_refund_order_id_43062cb7_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refundline
    ADD CONSTRAINT orders_refundline_line_id_e7037741_fk_orders_line_id FOREIGN KEY (line_id) REFERENCES public.orders_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_refundline
    ADD CONSTRAINT orders_refundline_refund_id_bbd48e7b_fk_orders_refund_id FOREIGN KEY (refund_id) REFERENCES public.orders_refund(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_retention
    ADD CONSTRAINT orders_retention_variant_id_4b43a320_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_retentionoffer
    ADD CONSTRAINT orders_retentionoffe_conversation_id_4c57a5bb_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_retentionoffer
    ADD CONSTRAINT orders_retentionoffe_subscription_id_673dd82a_fk_orders_su FOREIGN KEY (subscription_id) REFERENCES public.orders_subscription(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_retentionoffer
    ADD CONSTRAINT orders_retentionoffer_agent_id_feff0944_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_retentionoffer
    ADD CONSTRAINT orders_retentionoffer_variant_id_4308cc70_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_return
    ADD CONSTRAINT orders_return_agent_id_d103f80d_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_return
    ADD CONSTRAINT orders_return_conversation_id_8f7e047d_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_return
    ADD CONSTRAINT orders_return_method_id_8f34098d_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_return
    ADD CONSTRAINT orders_return_order_id_cde1ef50_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_returnline
    ADD CONSTRAINT orders_returnline_goods_id_d54f3966_fk_orders_return_id FOREIGN KEY (goods_id) REFERENCES public.orders_return(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_returnline
    ADD CONSTRAINT orders_returnline_line_id_16b08051_fk_orders_line_id FOREIGN KEY (line_id) REFERENCES public.orders_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_returnline
    ADD CONSTRAINT orders_returnline_variant_id_c6a7de0f_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shipment
    ADD CONSTRAINT orders_shipment_order_id_661ed8ed_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shipmentline
    ADD CONSTRAINT orders_shipmentline_line_id_199620aa_fk_orders_line_id FOREIGN KEY (line_id) REFERENCES public.orders_line(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shipmentline
    ADD CONSTRAINT orders_shipmentline_shipment_id_fa484a42_fk_orders_shipment_id FOREIGN KEY (shipment_id) REFERENCES public.orders_shipment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shopact
    ADD CONSTRAINT orders_shopact_payment_id_65e5123a_fk_orders_payment_id FOREIGN KEY (payment_id) REFERENCES public.orders_payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shopact
    ADD CONSTRAINT orders_shopact_shop_id_e5ff7d89_fk_orders_outsideshop_id FOREIGN KEY (shop_id) REFERENCES public.orders_outsideshop(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shopevent
    ADD CONSTRAINT orders_shopevent_shop_id_43909391_fk_orders_outsideshop_id FOREIGN KEY (shop_id) REFERENCES public.orders_outsideshop(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shoporder
    ADD CONSTRAINT orders_shoporder_order_id_a6f22d0e_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_shoporder
    ADD CONSTRAINT orders_shoporder_shop_id_5389295f_fk_orders_outsideshop_id FOREIGN KEY (shop_id) REFERENCES public.orders_outsideshop(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_customer_id_7b8bfd8e_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_method_id_38d71e2f_fk_orders_method_id FOREIGN KEY (method_id) REFERENCES public.orders_method(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_next_variant_id_f922bd29_fk_orders_va FOREIGN KEY (next_variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_subscription
    ADD CONSTRAINT orders_subscription_variant_id_c38bc67c_fk_orders_variant_id FOREIGN KEY (variant_id) REFERENCES public.orders_variant(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_variant
    ADD CONSTRAINT orders_variant_product_id_f82982f1_fk_orders_product_id FOREIGN KEY (product_id) REFERENCES public.orders_product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_mailing
    ADD CONSTRAINT outreach_mailing_agent_id_8bae0e09_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_mailing
    ADD CONSTRAINT outreach_mailing_channel_id_5e051922_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_mailing
    ADD CONSTRAINT outreach_mailing_segment_id_3d5d49cf_fk_customers_segment_id FOREIGN KEY (segment_id) REFERENCES public.customers_segment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_recipient
    ADD CONSTRAINT outreach_recipient_customer_id_f2762a53_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.outreach_recipient
    ADD CONSTRAINT outreach_recipient_mailing_id_11fea15f_fk_outreach_mailing_id FOREIGN KEY (mailing_id) REFERENCES public.outreach_mailing(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_export
    ADD CONSTRAINT reports_export_agent_id_e822161b_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_reportletter
    ADD CONSTRAINT reports_reportletter_agent_id_3ae9838e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reports_reportletter
    ADD CONSTRAINT reports_reportletter_sending_id_049d1246_fk_reports_sending_id FOREIGN KEY (sending_id) REFERENCES public.reports_sending(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_paper
    ADD CONSTRAINT requests_paper_checked_by_id_81781831_fk_staff_agent_id FOREIGN KEY (checked_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_paper
    ADD CONSTRAINT requests_paper_file_id_2af5ff1d_fk_files_file_digest FOREIGN KEY (file_id) REFERENCES public.files_file(digest) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_paper
    ADD CONSTRAINT requests_paper_request_id_50b6f317_fk_requests_request_id FOREIGN KEY (request_id) REFERENCES public.requests_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_conversation_id_5701160c_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_customer_id_641092b6_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_decided_by_id_e90b7441_fk_staff_agent_id FOREIGN KEY (decided_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_opened_by_id_8c8bd62b_fk_staff_agent_id FOREIGN KEY (opened_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_type_id_536cade2_fk_requests_type_id FOREIGN KEY (type_id) REFERENCES public.requests_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_request
    ADD CONSTRAINT requests_request_version_id_b5f107a6_fk_requests_version_id FOREIGN KEY (version_id) REFERENCES public.requests_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT requests_step_done_by_id_87ad84a6_fk_staff_agent_id FOREIGN KEY (done_by_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT requests_step_request_id_69c0ecf2_fk_requests_request_id FOREIGN KEY (request_id) REFERENCES public.requests_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT requests_step_skill_id_e31b9e2f_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_step
    ADD CONSTRAINT requests_step_team_id_69ca69ef_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_version
    ADD CONSTRAINT requests_version_author_id_ab5030c0_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.requests_version
    ADD CONSTRAINT requests_version_type_id_18de1722_fk_requests_type_id FOREIGN KEY (type_id) REFERENCES public.requests_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_decision
    ADD CONSTRAINT routing_decision_agent_id_e1a58986_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_decision
    ADD CONSTRAINT routing_decision_conversation_id_3ffd5961_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_decision
    ADD CONSTRAINT routing_decision_team_id_0115d458_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_escalation
    ADD CONSTRAINT routing_escalation_agent_id_c4a89d4e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_escalation
    ADD CONSTRAINT routing_escalation_by_agent_id_5a9715a3_fk_staff_agent_id FOREIGN KEY (by_agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_escalation
    ADD CONSTRAINT routing_escalation_conversation_id_f432b934_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_escalation
    ADD CONSTRAINT routing_escalation_team_id_ce2c0cc5_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_ladder
    ADD CONSTRAINT routing_ladder_topic_id_f7615568_fk_conversations_topic_id FOREIGN KEY (topic_id) REFERENCES public.conversations_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_mark
    ADD CONSTRAINT routing_mark_team_id_f78aac83_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_conversation_id_78f4db35_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_need
    ADD CONSTRAINT routing_need_skill_id_277c4e82_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_offer
    ADD CONSTRAINT routing_offer_agent_id_d43aa12d_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_offer
    ADD CONSTRAINT routing_offer_conversation_id_fc3044e5_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_offer
    ADD CONSTRAINT routing_offer_team_id_3f380117_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_opening
    ADD CONSTRAINT routing_opening_calendar_id_446bd450_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_place
    ADD CONSTRAINT routing_place_conversation_id_5e6a1e27_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_place
    ADD CONSTRAINT routing_place_team_id_25181f37_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_queue
    ADD CONSTRAINT routing_queue_calendar_id_61e37eb0_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_queue
    ADD CONSTRAINT routing_queue_team_id_2aeb4858_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_brand_id_17bb2e9b_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_channel_id_3580f831_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_skill_id_126e4694_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_team_id_2df02cdd_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_requirement
    ADD CONSTRAINT routing_requirement_topic_id_243b9ef0_fk_conversations_topic_id FOREIGN KEY (topic_id) REFERENCES public.conversations_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_rung
    ADD CONSTRAINT routing_rung_ladder_id_f346e302_fk_routing_ladder_id FOREIGN KEY (ladder_id) REFERENCES public.routing_ladder(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_rung
    ADD CONSTRAINT routing_rung_team_id_b0309d52_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_standing
    ADD CONSTRAINT routing_standing_conversation_id_6e947f05_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_standing
    ADD CONSTRAINT routing_standing_owner_id_5a564eeb_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_turn
    ADD CONSTRAINT routing_turn_agent_id_62e049dd_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.routing_turn
    ADD CONSTRAINT routing_turn_team_id_a469f6a0_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_acknowledgement
    ADD CONSTRAINT sla_acknowledgement_channel_id_fd1aa0d2_fk_channels_channel_id FOREIGN KEY (channel_id) REFERENCES public.channels_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_acknowledgement
    ADD CONSTRAINT sla_acknowledgement_topic_id_1a72c917_fk_conversations_topic_id FOREIGN KEY (topic_id) REFERENCES public.conversations_topic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_of_case FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_policy_id_55e458ff_fk_sla_policy_id FOREIGN KEY (policy_id) REFERENCES public.sla_policy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_entry
    ADD CONSTRAINT sla_entry_of_case FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_entry
    ADD CONSTRAINT sla_entry_policy_id_231bbafc_fk_sla_policy_id FOREIGN KEY (policy_id) REFERENCES public.sla_policy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_calendar_id_739f838a_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sla_silence
    ADD CONSTRAINT sla_silence_of_case FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_agent
    ADD CONSTRAINT staff_agent_reports_to_id_8f18c950_fk_staff_agent_id FOREIGN KEY (reports_to_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_agent
    ADD CONSTRAINT staff_agent_role_id_e49644ea_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES public.staff_role(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_agentskill
    ADD CONSTRAINT staff_agentskill_agent_id_a6a09d02_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_agentskill
    ADD CONSTRAINT staff_agentskill_skill_id_031cb7a5_fk_staff_skill_id FOREIGN KEY (skill_id) REFERENCES public.staff_skill(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_apitoken
    ADD CONSTRAINT staff_apitoken_agent_id_0ddf2eba_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_attendance
    ADD CONSTRAINT staff_attendance_agent_id_cdbf994e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_attendance
    ADD CONSTRAINT staff_attendance_calendar_id_acd8a85d_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_deputy
    ADD CONSTRAINT staff_deputy_absent_id_18284340_fk_staff_agent_id FOREIGN KEY (absent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_deputy
    ADD CONSTRAINT staff_deputy_deputy_id_468b4565_fk_staff_agent_id FOREIGN KEY (deputy_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_extrarole
    ADD CONSTRAINT staff_extrarole_agent_id_ae940b92_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_extrarole
    ADD CONSTRAINT staff_extrarole_role_id_f59a361a_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES public.staff_role(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_factor
    ADD CONSTRAINT staff_factor_agent_id_70fafe0b_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_brand_id_37d847ac_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_role_id_7ca86069_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES public.staff_role(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_team_id_b3a95ca1_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_houseletter
    ADD CONSTRAINT staff_houseletter_agent_id_688756c1_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_identity
    ADD CONSTRAINT staff_identity_agent_id_11afb97c_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_identity
    ADD CONSTRAINT staff_identity_provider_id_6d4ec374_fk_staff_ide FOREIGN KEY (provider_id) REFERENCES public.staff_identityprovider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_identityprovider
    ADD CONSTRAINT staff_identityprovider_role_id_a49735db_fk_staff_role_id FOREIGN KEY (role_id) REFERENCES public.staff_role(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_agent_id_07e0e9e3_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_membership
    ADD CONSTRAINT staff_membership_team_id_415b91e0_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_preference
    ADD CONSTRAINT staff_preference_agent_id_0dbd52e3_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_recoverycode
    ADD CONSTRAINT staff_recoverycode_agent_id_7b143d21_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_session
    ADD CONSTRAINT staff_session_agent_id_851ac14d_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_signinlink
    ADD CONSTRAINT staff_signinlink_agent_id_8aa4eddc_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_team
    ADD CONSTRAINT staff_team_brand_id_3d122ade_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_agent_id_8102c73f_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_brand_id_fb1f0638_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_conversation_id_114dd5cb_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_customer_id_8bce200c_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_invitation_id_9bcaccb7_fk_surveys_invitation_id FOREIGN KEY (invitation_id) REFERENCES public.surveys_invitation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_recovery_id_1982303e_fk_conversat FOREIGN KEY (recovery_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_survey_id_caa4663c_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_answer
    ADD CONSTRAINT surveys_answer_team_id_427d68e2_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_agent_id_a976409e_fk_staff_agent_id FOREIGN KEY (agent_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_brand_id_6a6910de_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_conversation_id_f3ef9dd4_fk_conversat FOREIGN KEY (conversation_id) REFERENCES public.conversations_conversation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_customer_id_070370bb_fk_customers FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_survey_id_d0534764_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_invitation
    ADD CONSTRAINT surveys_invitation_team_id_a70719e1_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_optout
    ADD CONSTRAINT surveys_optout_customer_id_a0fbb3f8_fk_customers_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers_customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_brand_id_33171692_fk_company_brand_id FOREIGN KEY (brand_id) REFERENCES public.company_brand(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_survey
    ADD CONSTRAINT surveys_survey_team_id_5adfe1b3_fk_staff_team_id FOREIGN KEY (team_id) REFERENCES public.staff_team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.surveys_version
    ADD CONSTRAINT surveys_version_survey_id_880d8cc3_fk_surveys_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_opening
    ADD CONSTRAINT triggers_opening_schedule_id_0a1ed314_fk_triggers_schedule_id FOREIGN KEY (schedule_id) REFERENCES public.triggers_schedule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_rule
    ADD CONSTRAINT triggers_rule_author_id_91dc1d08_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_rule
    ADD CONSTRAINT triggers_rule_calendar_id_f2682da3_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_run
    ADD CONSTRAINT triggers_run_rule_id_3d554e76_fk_triggers_rule_id FOREIGN KEY (rule_id) REFERENCES public.triggers_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_schedule
    ADD CONSTRAINT triggers_schedule_author_id_27b01bc7_fk_staff_agent_id FOREIGN KEY (author_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_schedule
    ADD CONSTRAINT triggers_schedule_calendar_id_61b82160_fk_calendars_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.calendars_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.triggers_standing
    ADD CONSTRAINT triggers_standing_rule_id_30dd49cb_fk_triggers_rule_id FOREIGN KEY (rule_id) REFERENCES public.triggers_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_delivery
    ADD CONSTRAINT webhooks_delivery_webhook_id_27345d75_fk_webhooks_webhook_id FOREIGN KEY (webhook_id) REFERENCES public.webhooks_webhook(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.webhooks_webhook
    ADD CONSTRAINT webhooks_webhook_owner_id_fa512fda_fk_staff_agent_id FOREIGN KEY (owner_id) REFERENCES public.staff_agent(id) DEFERRABLE INITIALLY DEFERRED;
