"""Views are saved, changed, thrown away and put in order: private ones by anybody, those of a team or of all by who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.desk import commands as desk
from careline.domain.desk.queries.views import view_of, views_of
from careline.domain.desk.rules import COLUMNS, KINDS, SORTS, SPLITS, BadFilter, View, filter_data, filter_from
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Forbidden, Person, require

VERB = "view:manage"
MOST_OWN = 100
"""Each is counted again and again."""
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view as somebody wants it. `audience`: me, team (then `team_id`) or all."""

    name: str
    filter: dict[str, Any] = field(default_factory=dict)
    sort: str = "due"
    columns: tuple[str, ...] = ()
    audience: str = "me"
    team_id: int | None = None
    kind: str = "list"
    split: str = "status"


def add_view(agent: Person, wanted: Wanted, *, by: Actor, at: datetime) -> int:
    """A new view; its id. Raises Forbidden, BadFilter, Refused."""
    require(agent, "conversation:read")
    fit = _fit(agent, wanted)
    if fit.audience == "me" and sum(view.audience == "me" for view in views_of(agent, hidden=True)) >= MOST_OWN:
        raise Refused(f"Nobody has more than {MOST_OWN} views of their own: throw away one that is no longer used.")
    return int(desk.save_view(fit.name, **_kept(agent, fit), by=by, at=at).pk)


def change_view(agent: Person, code: str, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """The view says this from now on. Raises NotFound, Forbidden, BadFilter, Refused."""
    found = _saved_one(agent, code)
    _guard_audience(agent, found.audience, found.team_id)
    fit = _fit(agent, wanted)
    desk.rewrite_view(found.id or 0, name=fit.name, **_kept(agent, fit), by=by, at=at)


def remove_view(agent: Person, code: str, *, by: Actor, at: datetime) -> None:
    """Throws a view away. Raises NotFound, Forbidden, Refused."""
    found = _saved_one(agent, code)
    _guard_audience(agent, found.audience, found.team_id)
    desk.delete_view(found.id or 0, by=by, at=at)


def arrange_views(agent: Person, codes: Sequence[str], *, hidden: Sequence[str]) -> None:
    """The agent's own list in this order, without those hidden; codes of views that are not theirs are left out."""
    require(agent, "conversation:read")
    desk.place_views(agent.id, codes=[code for code in codes if view_of(agent, code)][:500], hidden=hidden)


def _saved_one(agent: Person, code: str) -> View:
    found = view_of(agent, code)
    if found is None:
        raise NotFound(f"There is no view {code}.")
    if found.id is None:
        raise Refused("This view belongs to every house; hide it, or copy it and change the copy.")
    return found


def _fit(agent: Person, wanted: Wanted) -> Wanted:
    name = " ".join(wanted.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadFilter("name", f"A view needs a name of at most {LONGEST_NAME} characters.")
    if wanted.sort not in SORTS:
        raise BadFilter("sort", f"A list is sorted by {', '.join(SORTS)}.")
    if not set(wanted.columns) <= set(COLUMNS):
        raise BadFilter("columns", f"A row may show {', '.join(COLUMNS)}.")
    if wanted.kind not in KINDS:
        raise BadFilter("kind", f"A view is shown as {', '.join(KINDS)}.")
    if wanted.split not in SPLITS:
        raise BadFilter("split", f"The columns of a board stand for {', '.join(SPLITS)}.")
    if wanted.audience not in ("me", "team", "all"):
        raise BadFilter("audience", "A view is for me, for a team or for all.")
    if wanted.audience == "team" and wanted.team_id is None:
        raise BadFilter("team", "Say whose view it is: name the team.")
    _guard_audience(agent, wanted.audience, wanted.team_id)
    columns = tuple(column for column in COLUMNS if column in wanted.columns)
    plain = filter_data(filter_from(wanted.filter))
    return replace(wanted, name=name, filter=plain, columns=columns)


def _guard_audience(agent: Person, audience: str, team: int | None) -> None:
    """A team's view takes the verb for one's own teams, everybody's takes it for all."""
    if audience == "me":
        return
    scopes = {grant.scope for grant in agent.grants.get(VERB, ())}
    if "all" in scopes or (audience == "team" and scopes and team in agent.team_ids):
        return
    raise Forbidden(VERB)


def _kept(agent: Person, fit: Wanted) -> dict[str, Any]:
    return {
        "filter": fit.filter, "sort": fit.sort, "columns": fit.columns, "kind": fit.kind, "split": fit.split,
        "owner_id": agent.id if fit.audience == "me" else None,
        "team_id": fit.team_id if fit.audience == "team" else None,
    }  # fmt: skip
