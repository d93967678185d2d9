"""What articles are found by, kept up with what is published: counted anew where it changed, taken out where it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from careline.domain.knowledge.queries.terms import terms_of
from careline.domain.knowledge.rules.finding import RULES, counted, is_mendable, pair_weights, weights_of
from careline.kit import db
from careline.kit.search.spelling import LONGEST, SHORTEST, neighbours

AT_ONCE = 100
_CHANGED = """
SELECT t.id, t.article_id, t.language, t.slug, t.title, t.summary, t.text, t.version_id, p.phrases
FROM knowledge_articletext t LEFT JOIN knowledge_articleindex i ON i.text_id = t.id
LEFT JOIN LATERAL (SELECT string_agg(p.words, ' ') AS phrases FROM knowledge_articlephrase p
    WHERE p.article_id = t.article_id AND p.language = t.language) p ON true
WHERE i.text_id IS NULL OR i.version_id IS DISTINCT FROM t.version_id OR i.rules <> %s
ORDER BY t.id LIMIT %s
"""
_GONE = """
SELECT i.text_id FROM knowledge_articleindex i WHERE NOT EXISTS (SELECT FROM knowledge_articletext t WHERE t.id = i.text_id) LIMIT %s
"""
_FEWER = """
UPDATE knowledge_findingword w SET count = w.count - n.count FROM (
    SELECT i.language, word, count(*)::int AS count FROM knowledge_articleindex i, unnest(i.words) AS word
    WHERE i.text_id = ANY(%s) GROUP BY 1, 2) n
WHERE w.language = n.language AND w.word = n.word
"""
_MORE = """
INSERT INTO knowledge_findingword AS w (language, word, term, count, near)
SELECT n.language, n.word, n.term, n.count, n.near
FROM jsonb_to_recordset(%s) AS n (language text, word text, term text, count int, near text[])
ON CONFLICT (language, word) DO UPDATE SET count = w.count + excluded.count, term = excluded.term
"""


@transaction.atomic
def index_articles() -> int:
    """Some of what changed since it was counted; how many texts. Called until it answers 0."""
    db.lock_words(["article index"])
    texts = db.rows(_CHANGED, [RULES, AT_ONCE])
    gone = [row.text_id for row in db.rows(_GONE, [AT_ONCE])]
    _take_out([*gone, *(text.id for text in texts)])
    if texts:
        _put_in(texts)
    return len(texts) + len(gone)


def count_again(article: int) -> None:
    """Its texts are counted anew at the next opportunity: it is found by other words now."""
    db.execute("UPDATE knowledge_articleindex SET version_id = NULL WHERE article_id = %s", [article])


def _take_out(texts: Sequence[int]) -> None:
    held = list(texts)
    if held and db.execute(_FEWER, [held]):
        db.execute("DELETE FROM knowledge_findingword WHERE count <= 0")
    db.execute("DELETE FROM knowledge_articleword WHERE text_id = ANY(%s)", [held])
    db.execute("DELETE FROM knowledge_articleindex WHERE text_id = ANY(%s)", [held])


def _put_in(texts: Sequence[Any]) -> None:
    counts = {
        text.id: counted(title=f"{text.title}\n{text.phrases or ''}", summary=f"{text.summary}\n{text.slug}", text=text.text) for text in texts
    }  # fmt: skip
    languages = sorted({text.language for text in texts})
    terms = {
        language: terms_of({word for text in texts if text.language == language for word in counts[text.id]}, [language])[language]
        for language in languages
    }  # fmt: skip
    postings = [
        (text.id, text.language, term, weight)
        for text in texts
        for term, weight in _weights(text, counts[text.id], terms[text.language]).items()
    ]
    columns: list[list[Any]] = [list(column) for column in zip(*postings, strict=True)] or [[], [], [], []]
    db.execute(
        """INSERT INTO knowledge_articleword (text_id, language, term, weight)
           SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::float8[])""",
        columns,
    )
    rows = [
        {"text_id": text.id, "article_id": text.article_id, "language": text.language, "version_id": text.version_id,
         "words": _mendable(counts[text.id], terms[text.language])}
        for text in texts
    ]  # fmt: skip
    db.execute(
        """INSERT INTO knowledge_articleindex (text_id, article_id, language, version_id, rules, words)
           SELECT n.text_id, n.article_id, n.language, n.version_id, %s, n.words
           FROM jsonb_to_recordset(%s) AS n (text_id bigint, article_id bigint, language text, version_id bigint, words text[])""",
        [RULES, db.json(rows)],
    )
    db.execute(_MORE, [db.json(_vocabulary(rows, terms))])


def _mendable(counts: dict[str, float], terms: dict[str, str]) -> list[str]:
    """Words that a misspelt one may have meant, and their stems: ajust is near to adjust, though only adjusting was written."""
    held = [word for word in counts if word in terms and is_mendable(word)]
    return list(dict.fromkeys([*held, *(terms[word] for word in held)]))


def _weights(text: Any, counts: dict[str, float], terms: dict[str, str]) -> dict[str, float]:
    return weights_of(counts, terms) | pair_weights(title=text.title, summary=text.summary, terms=terms)


def _vocabulary(rows: Sequence[dict[str, Any]], terms: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for word in row["words"]:
            counts[row["language"], word] = counts.get((row["language"], word), 0) + 1
    return [
        {"language": language, "word": word, "term": terms[language].get(word, word), "count": count,
         "near": neighbours(word) if SHORTEST <= len(word) <= LONGEST else []}
        for (language, word), count in sorted(counts.items())
    ]  # fmt: skip
