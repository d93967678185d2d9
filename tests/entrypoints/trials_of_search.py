"""How the rows of docs/permissions.csv about searching are tried."""

from typing import Any

HOUSE = "house"
TRIALS_OF_SEARCH: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.search.results_of", "conversation:read|customer:read"): (
        HOUSE,
        ("GET", "/search?q=bell", None),
        ("GET", "/search?q=bell", None),
    ),
    ("desk.search.suggestions_for", "conversation:read|customer:read"): (
        HOUSE,
        ("GET", "/search/suggestions?q=bell", None),
        ("GET", "/search/suggestions?q=bell", None),
    ),
    ("desk.recent_searches.forget", "any"): (HOUSE, None, ("DELETE", "/search/recent", {})),
}
