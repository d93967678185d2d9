"""Articles that answer a question: any of its words, the rarest first of all; misspelt ones by what was likely meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.knowledge.queries.terms import terms_of
from careline.domain.knowledge.rules.finding import ENOUGH, Asked, asked_of, is_mendable, pairs_in
from careline.kit import db
from careline.kit.search.snippets import Marks
from careline.kit.search.spelling import LONGEST, SHORTEST, asked_neighbours, best

PUBLIC = "public"
_OTHER_LANGUAGE, _BEGINNING, _MENDED = 0.35, 0.7, 0.8
_MOST_BEGINNINGS = 12
_PAIRS = 1000
"""Where places of pairs of words begin: they add to an article's rank, and to nothing else."""
_NEAR = "SELECT language, word, term, count, near FROM knowledge_findingword WHERE language = ANY(%s) AND near && %s::text[] LIMIT 400"
_BEGINS = """
SELECT language, word, term, count FROM knowledge_findingword WHERE language = ANY(%s) AND word >= %s AND word < %s
ORDER BY count DESC LIMIT %s
"""
_LONG = 8
_PARTS = """
(SELECT language, word, term FROM knowledge_findingword WHERE language = ANY(%(languages)s) AND length(word) >= 4
    AND left(%(word)s, length(word)) = word ORDER BY length(word) DESC LIMIT 1)
UNION ALL
(SELECT language, word, term FROM knowledge_findingword WHERE language = ANY(%(languages)s) AND length(word) >= 4
    AND right(%(word)s, length(word)) = word ORDER BY length(word) DESC LIMIT 1)
"""
# `place` is the word's place in the question: of several terms that stand for one word, the best counts. `cover` is how much of what
# was asked an article holds, by weight; a word that nobody ever wrote weighs as much as the others on average. Common words are in
# thousands of articles: what is known of a term is told once, by its number, and only the best are looked up.
_FOUND = """
WITH asked AS MATERIALIZED (SELECT * FROM unnest(%(places)s::int[], %(languages)s::text[], %(terms)s::text[], %(boosts)s::float8[])
    WITH ORDINALITY AS a (place, language, term, boost, nth)),
hits AS MATERIALIZED (SELECT a.nth, w.text_id, w.weight FROM asked a
    JOIN knowledge_articleword w ON w.language = a.language AND w.term = a.term),
total AS MATERIALIZED (SELECT language, count(*)::float8 AS n FROM knowledge_articleindex WHERE language = ANY(%(of)s) GROUP BY language),
rare AS MATERIALIZED (SELECT a.nth, a.place, a.boost, ln(1 + (t.n - h.n + 0.5) / (h.n + 0.5)) AS idf
    FROM (SELECT nth, count(*) AS n FROM hits GROUP BY nth) h JOIN asked a USING (nth) JOIN total t USING (language)),
best AS MATERIALIZED (SELECT h.text_id, r.place, max(r.boost * h.weight * r.idf) AS score, max(r.idf) AS idf
    FROM hits h JOIN rare r USING (nth) GROUP BY h.text_id, r.place),
usual AS (SELECT avg(idf) AS idf FROM (SELECT max(idf) AS idf FROM rare WHERE place < 1000 GROUP BY place) k),
weighs AS (SELECT p.place, coalesce(max(r.idf), (SELECT idf FROM usual)) AS idf FROM
    unnest(%(all_places)s::int[]) AS p (place) LEFT JOIN rare r USING (place) GROUP BY p.place),
found AS (SELECT text_id, sum(score) AS score,
    coalesce(sum(idf) FILTER (WHERE place < 1000), 0) / (SELECT greatest(sum(idf), 0.0001) FROM weighs) AS cover FROM best GROUP BY text_id),
ranked AS MATERIALIZED (SELECT text_id, score * (0.4 + 0.6 * cover) AS score, cover FROM found ORDER BY 2 DESC, 1)
SELECT t.id, t.article_id, t.language, t.slug, t.title, t.summary, t.kind, t.audience, t.brand_id, r.score, r.cover
FROM ranked r JOIN knowledge_articletext t ON t.id = r.text_id
WHERE (%(brand)s::bigint IS NULL OR t.brand_id = %(brand)s) AND (%(audience)s::text IS NULL OR t.audience = %(audience)s)
ORDER BY r.score DESC, r.text_id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """`articles`: rows with article_id, language, slug, title, summary, audience, score and cover (0 to 1), the best first. `mended`:
    word → what it was taken for. `marks`: what a snippet shows."""

    articles: list[Any]
    mended: dict[str, str] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)

    @property
    def cover(self) -> float:
        return float(self.articles[0].cover) if self.articles else 0.0


@dataclass(slots=True)
class _Terms:
    """What is asked of the index, in columns."""

    places: list[int] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    boosts: list[float] = field(default_factory=list)

    def add(self, place: int, language: str, term: str, boost: float) -> None:
        self.places.append(place)
        self.languages.append(language)
        self.terms.append(term)
        self.boosts.append(boost)


def articles_for(
    text: str, *, brand: int | None, language: str, languages: Sequence[str], audience: str | None = PUBLIC, is_typing: bool = False,
    limit: int = 10, least: float = ENOUGH,
) -> Found:  # fmt: skip
    """`language` is the reader's, `languages` those of the brand; `audience` None is everything the house may read. What holds less
    than `least` of the question is left out."""
    asked = asked_of(text, is_typing=is_typing)
    spoken = list(dict.fromkeys([language, *languages]))
    terms, mended, places = _asked(asked, spoken)
    if not places:
        return Found([], mended)
    rows = db.rows(
        _FOUND,
        {
            "places": terms.places, "languages": terms.languages, "terms": terms.terms, "boosts": terms.boosts, "of": spoken,
            "all_places": places, "brand": brand, "audience": audience, "limit": limit * 3,
        },
    )  # fmt: skip
    once: dict[int, Any] = {}
    for row in rows:
        if row.cover >= least:
            once.setdefault(row.article_id, row)
    marks = Marks(
        frozenset([*asked.words, *mended.values()]),
        tuple({term for term in terms.terms if len(term) > 3 and " " not in term}),
    )
    return Found(list(once.values())[:limit], mended, marks)


def texts_of(found: Sequence[Any]) -> dict[int, str]:
    """The plain words of what was found, by the row's id."""
    rows = db.rows("SELECT id, text FROM knowledge_articletext WHERE id = ANY(%s)", [[row.id for row in found]])
    return {row.id: row.text for row in rows}


def _asked(asked: Asked, spoken: Sequence[str]) -> tuple[_Terms, dict[str, str], list[int]]:
    """(what is asked of the index, word → what it was taken for, places of the words that weigh in the question)."""
    of = terms_of(asked.words, spoken)
    said = [(n, word) for n, word in enumerate(asked.words) if word in of[spoken[0]]]
    terms, mended = _Terms(), {}
    for n, word in said:
        for language in spoken:
            if word in of[language]:
                terms.add(n, language, of[language][word], _boost(language, spoken))
    begun, held = _begun(asked, spoken), _held(terms)
    for language in spoken:
        for n, pair in enumerate(pairs_in(asked.words, of[language])):
            terms.add(_PAIRS + n, language, pair, _boost(language, spoken))
    unknown = []
    for n, word in said:
        if word == asked.beginning and begun:
            for row in begun:
                terms.add(n, row.language, row.term, _boost(row.language, spoken) * _BEGINNING)
        elif n not in held and is_mendable(word):
            unknown.append((n, word))
    for n, word, rows in _meant(unknown, spoken):
        mended[word] = rows[0].word
        for row in rows:
            terms.add(n, row.language, row.term, _boost(row.language, spoken) * _MENDED)
    places = [n for n, word in said if n in held or begun or word != asked.beginning]
    return terms, mended, places


def _boost(language: str, spoken: Sequence[str]) -> float:
    return 1.0 if language == spoken[0] else _OTHER_LANGUAGE


def _held(terms: _Terms) -> set[int]:
    """Places of words that some article holds."""
    rows = db.rows(
        """SELECT a.place FROM unnest(%s::int[], %s::text[], %s::text[]) AS a (place, language, term)
           WHERE EXISTS (SELECT FROM knowledge_articleword w WHERE w.language = a.language AND w.term = a.term)""",
        [terms.places, terms.languages, terms.terms],
    )
    return {row.place for row in rows}


def _begun(asked: Asked, spoken: Sequence[str]) -> list[Any]:
    """What the last word may become."""
    word = asked.beginning
    return db.rows(_BEGINS, [list(spoken), word, word + "\uffff", _MOST_BEGINNINGS]) if word else []


def _meant(unknown: Sequence[tuple[int, str]], spoken: Sequence[str]) -> list[tuple[int, str, list[Any]]]:
    """For words that no article holds: what was likely meant, in the reader's language if it can be; else the known words that a
    long one is put together from (Fahrradkette: Fahrrad, Kette)."""
    words = [(n, word) for n, word in unknown if SHORTEST <= len(word) <= LONGEST]
    if not words:
        return []
    near = {word: set(asked_neighbours(word)) for _n, word in words}
    rows = db.rows(_NEAR, [list(spoken), sorted(set().union(*near.values()))])
    found = []
    for n, word in words:
        close = [row for row in rows if near[word] & set(row.near)]
        ranked = [
            row for language in spoken for row in close
            if row.language == language and row.word == best(word, [(r.word, r.count) for r in close if r.language == language])
        ]  # fmt: skip
        if ranked := ranked[:1] or _parts(word, spoken):
            found.append((n, word, ranked))
    return found


def _parts(word: str, spoken: Sequence[str]) -> list[Any]:
    if len(word) < _LONG:
        return []
    return db.rows(_PARTS, {"word": word, "languages": list(spoken)})
