"""Broken mails through the whole of intake: each ends as a case or in Unrouted with a reason, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from careline.domain.channels.email.envelope import envelope_of
from careline.kit.spool import Spool
from tests.faults.install import ROOT, Beside, Install
from tests.faults.post import SUPPORT, by_lmtp, letter
from tests.faults.test_poison import RECEIVED
from tests.faults.wreckage import broken
from tests.waiting import eventually

COLLECTED = ROOT.parent / "shared" / "data" / "mail"
LONGEST_ANSWER = 3.0


@pytest.mark.parametrize(
    "megabytes", [8, pytest.param(60, marks=[pytest.mark.full, pytest.mark.timeout(600)])]
)  # fmt: skip
def test_each_ends_somewhere_with_a_reason_and_those_behind_are_taken_in(
    install: Callable[..., Install], megabytes: int
) -> None:
    house = install().start()
    mails = dict(broken(megabytes=megabytes))
    names = {_spool(house, raw): name for name, raw in mails.items()}
    behind = _spool(house, letter("9-0", sender="carol9@example.com"))
    longest = [0.0]
    with Beside(lambda: _keep_asking(house, longest, until=lambda: house.spooled() == 0)):
        assert eventually(lambda: house.spooled() == 0, within=90 + megabytes), house.said()[-3000:]
    assert eventually(house.has_settled, within=30)

    found = {
        name: rest for name, *rest in house.sql("SELECT spool_name, status, outcome, reason FROM channels_inbound")
    }
    assert found.pop(behind) == ["processed", "opened", ""]
    ended = {names[name]: outcome for name, outcome in found.items()}
    assert set(ended) == set(mails)
    assert {name: end for name, end in ended.items() if end[0] == "unprocessed" and not end[2]} == {}
    crashed = {name: end[2] for name, end in ended.items() if end[1] == "failed"}
    assert crashed == {}
    assert "worker died" not in house.said()
    assert longest[0] < LONGEST_ANSWER
    header = house.sql(
        "SELECT subject FROM conversations_message WHERE subject LIKE %s OR subject LIKE %s", "%\r%", "%\n%"
    )
    assert header == []


@pytest.mark.skipif(not COLLECTED.is_dir(), reason="the collected mails are not here")
@pytest.mark.timeout(240)
def test_of_the_collected_mails_none_is_lost_and_none_fails(
    install: Callable[..., Install], capsys: pytest.CaptureFixture[str]
) -> None:
    house = install().start()
    names = {}
    for path in sorted(COLLECTED.rglob("*")):
        if path.is_file() and path.name != "README.md":
            names[_spool(house, path.read_bytes())] = path
    assert eventually(lambda: house.spooled() == 0, within=200)
    assert eventually(house.has_settled, within=30)
    found = house.sql("SELECT spool_name, status, outcome, reason FROM channels_inbound")
    assert {name for name, *_ in found} == set(names)
    assert [(str(names[name]), reason) for name, _, outcome, reason in found if outcome == "failed"] == []
    assert [names[name] for name, status, _, reason in found if status == "unprocessed" and not reason] == []
    with capsys.disabled():
        tally = house.sql("SELECT status, outcome, count(*) FROM channels_inbound GROUP BY 1, 2 ORDER BY 3 DESC")
        print(
            f"\n{len(names)} collected mails: " + ", ".join(f"{n} {status}/{outcome}" for status, outcome, n in tally)
        )


def test_lmtp_takes_what_a_pipe_takes(install: Callable[..., Install]) -> None:
    house = install().start()
    by_lmtp(house, [raw for name, raw in broken(megabytes=1) if raw.strip()])
    assert eventually(house.has_settled, within=60)
    assert house.sql("SELECT reason FROM channels_inbound WHERE outcome = 'failed'") == []


def _spool(house: Install, raw: bytes) -> str:
    """As `careline deliver` does, without a process for each."""
    envelope = envelope_of(to=[SUPPORT], sender="carol@example.com", door="deliver", received_at=RECEIVED)
    return Spool(house.data / "spool").put(raw, envelope=envelope)


def _keep_asking(house: Install, longest: list[float], *, until: Callable[[], bool]) -> None:
    while not until():
        began = time.monotonic()
        assert house.is_well()
        longest[0] = max(longest[0], time.monotonic() - began)
        time.sleep(0.05)
