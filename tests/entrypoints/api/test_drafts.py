"""Drafts over the API: one's own, kept in the place of the one before."""

from typing import Any

from tests.world import World


def test_a_draft_is_kept_changed_and_thrown_away(ben: Any, ada: Any, world: World) -> None:
    path = f"/conversations/{world.case}/drafts/reply"
    assert ben("GET", path).status == 404
    assert ben("PUT", path, {"text": "Dear", "to": ["Carol <carol@example.com>"]}).status == 204
    assert ben.get(path) == {"text": "Dear", "to": ["Carol <carol@example.com>"], "cc": [], "bcc": []}
    assert ada("GET", path).status == 404
    assert ben("GET", path.replace("reply", "note")).status == 404
    assert ben("PUT", path, {"text": "Dear Carol"}).status == 204
    assert ben.get(path) == {"text": "Dear Carol", "to": [], "cc": [], "bcc": []}
    assert ben("DELETE", path).status == 204
    assert ben("GET", path).status == 404


def test_an_empty_draft_is_none_and_a_wrong_one_is_named(ben: Any, cleo: Any, world: World) -> None:
    path = f"/conversations/{world.case}/drafts/note"
    ben("PUT", path, {"text": "So"})
    assert ben("PUT", path, {"text": "  "}).status == 204
    assert ben("GET", path).status == 404
    assert ben("PUT", path, {"text": "So", "to": ["nobody"]}).fields == ["to[0]"]
    assert ben("PUT", path, {}).fields == ["text"]
    assert ben("PUT", f"/conversations/{world.case}/drafts/poem", {"text": "So"}).status == 404
    assert cleo("PUT", path, {"text": "So"}).status == 404
