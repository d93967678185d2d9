-- As before, but stems have no accents either: who types `genereux` finds `généreux`.
CREATE OR REPLACE FUNCTION message_vector(words text[], body text, config regconfig, mark text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(words || CASE WHEN mark = '' THEN '{}'::text[]
        ELSE ARRAY(SELECT mark || ':' || CASE WHEN octet_length(lexeme) = char_length(lexeme) THEN lexeme
                ELSE regexp_replace(normalize(lexeme, NFKD), '[\u0300-\u036f]', '', 'g') END
            FROM unnest(to_tsvector(config, body))) END)
$$;
