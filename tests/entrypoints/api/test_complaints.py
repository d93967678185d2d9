"""The register over the API alone: from a letter to the check of a corrective action."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.entrypoints.api.conftest import API, Caller
from tests.world import World

_LETTER = {
    "form": "letter",
    "kind": "incoming",
    "subject": "My bike",
    "text": "It came broken.",
    "caller": {"name": "Dan"},
}


def test_a_letter_becomes_a_case_and_a_complaint_and_is_answered_on_paper(ada: Caller, world: World) -> None:
    kind = ada("POST", "/complaint-categories", {"name": "Delivery"}).json["id"]
    top = ada("POST", "/complaint-causes", {"name": "Carrier"}).json["id"]
    below = ada("POST", "/complaint-causes", {"name": "Lost", "parent": top}).json
    assert below["path"] == ["Carrier", "Lost"]
    made = ada("POST", "/complaints", {"case": _LETTER, "category": kind, "wish": "A new one"})
    one = made.json["complaint"]
    assert (made.status, one["text"], one["number"], one["category"]) == (
        201, "It came broken.", f"COMP-{one['id']}", {"id": kind, "name": "Delivery"},
    )  # fmt: skip
    where = f"/complaints/{one['id']}"
    assert ada("PUT", f"/conversations/{one['conversation']}/resolution").json["code"] == "complaint_open"
    assert ada("POST", f"{where}/letters", {"kind": "final", "preview": True}).json["code"] == "not_decided"
    said = {"outcome": "upheld", "reasons": "It fell.", "cause": below["id"], "remedies": ["apology"]}
    assert ada("PUT", f"{where}/decision", said).json["complaint"]["outcome"] == "upheld"
    sent = ada("POST", f"{where}/letters", {"kind": "final", "way": "paper"})
    assert (sent.status, "It fell." in sent.json["text"]) == (201, True)
    paper = ada("GET", f"{where}/papers/{sent.json['entry']}")
    assert (paper.status, paper.content[:5]) == (200, b"%PDF-")
    assert ada("PUT", f"{where}/closure", {"is_satisfied": True}).json["complaint"]["state"] == "closed"
    today = datetime.now(UTC).date()
    asked = {
        "text": "Pack it better.",
        "owner": "ben@northwind.example",
        "due_on": (today + timedelta(days=3)).isoformat(),
    }
    mended = ada("POST", f"{where}/corrections", asked).json
    assert ada("PUT", f"/corrections/{mended['id']}/completion", {"result": "Done."}).status == 200
    found = ada("PUT", f"/corrections/{mended['id']}/finding", {"is_effective": True, "finding": "None since."})
    assert (found.json["code"] if found.status != 200 else "", found.status) == ("not_independent", 409)
    trend = ada.get("/complaint-trends?length=year")
    assert [(one["name"], one["causes"], one["now"]) for one in trend["causes"]] == [
        ("Carrier", [top, below["id"]], 1), ("Lost", [below["id"]], 1),
    ]  # fmt: skip
    behind = ada.get(
        f"/complaints?cause={','.join(trend['causes'][0]['causes'])}&since={trend['since']}&until={trend['until']}"
    )
    assert [row["id"] for row in behind["items"]] == [one["id"]]
    file = ada.client.get(f"{API}/complaint-export?format=csv&figure=upheld", headers=ada.headers)
    lines = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert [line.split(",")[0] for line in lines.decode("utf-8-sig").splitlines()] == ["number", one["number"]]


def test_pages_of_the_register_hold_their_place_while_more_come_in(ada: Caller, world: World) -> None:
    keys = [ada("POST", "/complaints", {"case": _LETTER}).json["complaint"]["id"] for _ in range(3)]
    first = ada.get("/complaints?limit=2")
    ada("POST", "/complaints", {"conversation": world.case})
    rest = ada.get(f"/complaints?limit=2&cursor={first['next']}")
    assert [row["id"] for row in (*first["items"], *rest["items"])] == keys[::-1]
    assert (rest["next"], ada.get("/complaints?state=closed")["items"]) == (None, [])


def test_what_can_t_be_is_refused_by_name_and_changes_nothing(ada: Caller, world: World) -> None:
    both = ada("POST", "/complaints", {"conversation": world.case, "case": _LETTER})
    assert (both.status, both.fields) == (422, ["conversation"])
    future = {"conversation": world.case, "received_at": "2999-01-01T00:00:00Z"}
    assert ada("POST", "/complaints", future).json["code"] == "in_the_future"
    assert ada("POST", "/complaints", {**future, "received_at": "2001-01-01T00:00:00Z"}).json["code"] == "too_long_ago"
    assert (
        ada("POST", "/complaints", {"conversation": world.case, "category": "999"}).json["code"] == "no_such_category"
    )
    assert ada.get("/complaints")["items"] == []
    assert ada("GET", "/complaints/1").status == 404
    assert ada("GET", "/complaint-trends?day=0001-01-01").json["code"] == "bad_day"
    rules = {"name": "Ours", "terms": {"final": {"count": 8, "unit": "weeks"}}, "country": "DE"}
    made = ada("POST", "/complaint-rules", rules).json
    assert (made["holds"], made["terms"]["acknowledgement"]) == (True, None)
    off = ada("POST", f"/complaint-rules/{made['id']}/versions", {**rules, "is_off": True}).json
    assert (off["holds"], [row["holds"] for row in ada.get("/complaint-rules")["items"]]) == (False, [False, False])


def test_whoever_a_complaint_is_about_finds_nothing_of_it_by_api_search_or_events(
    ada: Caller, ben: Caller, world: World
) -> None:
    said = {"conversation": world.case, "about": "ben@northwind.example", "text": "Zanzibar was rude."}
    key = ada("POST", "/complaints", said).json["complaint"]["id"]
    assert ada("POST", f"/complaints/{key}/notes", {"text": "Zanzibar shouted."}).status == 201
    for way, path, body in (
        ("GET", f"/complaints/{key}", None), ("PATCH", f"/complaints/{key}", {"severity": "low"}),
        ("POST", f"/complaints/{key}/notes", {"text": "No."}), ("PUT", f"/complaints/{key}/closure", {"is_satisfied": True}),
    ):  # fmt: skip
        assert ben(way, path, body).status == 404, path
    assert ben.get("/complaints")["items"] == []
    assert (_events(ben, world), _events(ada, world)) == ([], ["complaint.recorded", "complaint.noted"])
    assert ben.get("/search?q=Zanzibar")["items"] == []
    again = ada("PATCH", f"/complaints/{key}", {"about": "ada@northwind.example", "owner": None})
    assert (again.status, again.json["about"]["name"], ada("GET", f"/complaints/{key}").status) == (200, "Ada", 404)
    assert ben.get(f"/complaints/{key}")["complaint"]["id"] == key


def _events(who: Caller, world: World) -> list[str]:
    found = who.get(f"/conversations/{world.case}/events")["items"]
    return [one["name"] for one in found if one["name"].startswith("complaint.")]
