"""Which views a person has: those of all, then their own, their teams' and everybody's, in the order they gave them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from careline.domain.desk.rules import DEFAULT_VIEWS, BadFilter, Filter, View, filter_from
from careline.domain.sla.rules.silence import shown_silences, silences_from
from careline.domain.staff.rules import Person, may
from careline.kit import db

_STANDING = {view.code: view for view in DEFAULT_VIEWS}
_KEPT = """
SELECT
    (SELECT coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'code', v.code, 'filter', v.filter, 'sort', v.sort,
        'columns', v.columns, 'kind', v.kind, 'split', v.split, 'owner_id', v.owner_id, 'team_id', v.team_id) ORDER BY v.position, v.id), '[]')
     FROM desk_view v
     WHERE v.owner_id = %(me)s OR v.team_id = ANY(%(teams)s) OR (v.owner_id IS NULL AND v.team_id IS NULL)) AS views,
    (SELECT coalesce(json_object_agg(p.code, json_build_array(p.position, p.is_hidden)), '{}')
     FROM desk_viewplace p WHERE p.agent_id = %(me)s) AS places,
    (SELECT settings->'untouched' FROM company ORDER BY id LIMIT 1) AS silences
"""


def views_of(person: Person, *, hidden: bool = False) -> list[View]:
    """Every view of this person in their order; those they hid only where they are asked for."""
    kept = db.row(_KEPT, {"me": person.id, "teams": list(person.team_ids)}, prepared=True)
    assert kept is not None
    silences = shown_silences(silences_from(kept.silences), person.team_ids)
    standing = (replace(view, silences=silences) if view.filter.untouched else view for view in DEFAULT_VIEWS)
    sees_complaints = may(person, "complaint:read")
    found = [
        *(view for view in standing if sees_complaints or not view.filter.complaints),
        *(view_from(row) for row in kept.views),
    ]
    if not kept.places:
        return found
    last = len(kept.places) + 1
    ordered = sorted(found, key=lambda view: kept.places.get(view.code, (last,))[0])
    marked = [replace(view, is_hidden=True) if kept.places.get(view.code, (0, False))[1] else view for view in ordered]
    return marked if hidden else [view for view in marked if not view.is_hidden]


def view_of(person: Person, code: str) -> View | None:
    """One view of this person, whether they hid it or not; None for absent and not theirs alike.

    Who keeps the views of all reaches those of every team, though they do not stand in the list.
    """
    if (standing := _STANDING.get(code)) is not None:
        return standing
    found = next((view for view in views_of(person, hidden=True) if view.code == code), None)
    keeps_all = any(grant.scope == "all" for grant in person.grants.get("view:manage", ()))
    if found is not None or not keeps_all or not code.isdecimal() or len(code) > 18:
        return found
    row = db.row(
        """SELECT id, name, code, filter, sort, columns, kind, split, owner_id, team_id FROM desk_view
           WHERE id = %s AND team_id IS NOT NULL""",
        [int(code)],
    )
    return view_from(row._asdict()) if row is not None else None


def view_from(row: dict[str, Any]) -> View:
    """A kept view. One whose filter nobody can read any more shows nothing rather than everything."""
    try:
        wanted = filter_from(row["filter"])
    except BadFilter:
        wanted = Filter(assignee="0")
    audience = "me" if row["owner_id"] else "team" if row["team_id"] else "all"
    return View(
        row["code"] or str(row["id"]), row["name"], wanted, row["sort"], "saved", audience, row["id"], tuple(row["columns"]),
        row["team_id"], row["owner_id"], kind=row["kind"], split=row["split"],
    )  # fmt: skip
