"""What a late message does to a resolved case, by team, over the API."""

from __future__ import annotations

from tests.entrypoints.api.conftest import Caller
from tests.world import World


def test_a_team_says_what_a_late_message_does(ada: Caller, ben: Caller, world: World) -> None:
    path = f"/teams/{world.front.pk}/reopening"
    before = ben.get(path)
    changed = ada("PUT", path, {"policy": "within", "days": 30})
    assert (changed.status, changed.json, ben.get(path)) == (200, {"policy": "within", "days": 30}, changed.json)
    assert before != changed.json
    assert ben("PUT", path, {"policy": "new"}).status == 403
    assert (
        ada("PUT", path, {"policy": "never"}).status == ada("PUT", path, {"policy": "within", "days": 0}).status == 422
    )
    assert (
        ada("PUT", "/teams/999/reopening", {"policy": "new"}).status == ada("GET", "/teams/999/reopening").status == 404
    )
