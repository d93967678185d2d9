-- Case numbers: 1, 2, 3 … as people say them; gaps allowed, never used twice.
CREATE SEQUENCE case_number;

-- Default statistics make "the newest 20 of a rare word" choose a plan of seconds.
ALTER TABLE conversations_message ALTER COLUMN vector SET STATISTICS 1000;

-- One vector per message: plain words (made in Python) and stems marked by language, as in `de:rechnung`.
CREATE FUNCTION message_vector(words text[], body text, config regconfig, mark text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(words || CASE WHEN mark = '' THEN '{}'::text[]
        ELSE ARRAY(SELECT mark || ':' || lexeme FROM unnest(to_tsvector(config, body))) END)
$$;
