import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from careline.kit.spool import Spool

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "careline.entrypoints.console.deliver"]
MAIL = b"From: carol@example.com\r\nSubject: Brakes\r\n\r\nThey squeak.\r\n"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def environment(**more):
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **more}


def deliver(*arguments, mail=b"", cwd=None, **more):
    command, env = [*COMMAND, *arguments], environment(**more)
    return subprocess.run(command, input=mail, capture_output=True, timeout=60, cwd=cwd, env=env, check=False)


def spooled(data):
    spool = Spool(data / "spool")
    return [spool.read(name) for name in spool.names(1000)]


def outcome(done):
    return done.returncode, done.stdout, done.stderr.decode()


def test_a_mail_from_a_pipe_is_kept_with_its_envelope(data):
    done = deliver("--to", "support@northwind.example", "--from", "carol@example.com", "--data", data, mail=MAIL)
    assert outcome(done) == (0, b"", "")
    (mail,) = spooled(data)
    received_at = mail.envelope.pop("received_at")
    assert mail.raw == MAIL
    assert mail.envelope == {
        "to": ["support@northwind.example"],
        "from": "carol@example.com",
        "door": "deliver",
        "channel": None,
        "peer": "",
        "extra": {},
    }
    assert received_at.endswith("Z")


def test_files_are_kept_one_by_one_in_order(data, tmp_path):
    files = [tmp_path / f"{n}.eml" for n in range(3)]
    for n, file in enumerate(files):
        file.write_bytes(b"Subject: %d\n\n" % n)
    done = deliver("--to", "a@example.com", "--to", "<b@example.com>", "--data", data, *files)
    assert outcome(done) == (0, b"", "")
    assert [mail.raw for mail in spooled(data)] == [file.read_bytes() for file in files]
    assert spooled(data)[0].envelope["to"] == ["a@example.com", "b@example.com"]


def test_finds_the_data_folder_by_environment_or_beside_it(tmp_path):
    (tmp_path / "careline-data").mkdir()
    (tmp_path / "other").mkdir()
    assert deliver("--to", "a@example.com", mail=MAIL, cwd=tmp_path).returncode == 0
    assert deliver("--to", "a@example.com", mail=MAIL, CARELINE_DATA=str(tmp_path / "other")).returncode == 0
    assert len(spooled(tmp_path / "careline-data")) == len(spooled(tmp_path / "other")) == 1


def test_a_bounce_has_an_empty_sender(data):
    assert deliver("--to", "a@example.com", "--from", "<>", "--data", data, mail=MAIL).returncode == 0
    assert spooled(data)[0].envelope["from"] == ""


def test_a_missing_data_folder_is_to_be_tried_again_and_is_not_made(tmp_path):
    done = deliver("--to", "a@example.com", "--data", tmp_path / "gone", mail=MAIL)
    assert done.returncode == 75
    assert "does not exist" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / "gone").exists()


def test_a_folder_that_cannot_be_written_is_to_be_tried_again(data):
    (data / "spool").write_bytes(b"")
    assert deliver("--to", "a@example.com", "--data", data, mail=MAIL).returncode == 75


def test_a_full_disk_is_to_be_tried_again_and_keeps_none_of_the_files(data, tmp_path):
    small, large = tmp_path / "small.eml", tmp_path / "large.eml"
    small.write_bytes(MAIL)
    large.write_bytes(b"x" * 200_000)

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [*COMMAND, "--to", "a@example.com", "--data", data, small, large],
        capture_output=True,
        timeout=60,
        env=environment(),
        preexec_fn=no_room,
        check=False,
    )
    assert done.returncode == 75
    assert "No room left" in done.stderr.decode()
    assert list((data / "spool").iterdir()) == []


@pytest.mark.parametrize(
    "address", ["", "carol", "@example.com", "carol@", "a@b\nRCPT TO:<c@d>", "a@" + "x" * 400, "a@b c", "\r@x"]
)
def test_a_recipient_that_is_no_address_is_wrong_use(data, address):
    done = deliver("--to", address, "--data", data, mail=MAIL)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert spooled(data) == []


def test_bytes_that_are_no_text_are_wrong_use(data):
    done = deliver("--to", b"caf\xff@example.com", "--data", data, mail=MAIL, LC_ALL="C.UTF-8")
    assert (done.returncode, spooled(data)) == (2, [])


@pytest.mark.parametrize("address", ["-x@example.com", '"a b"@example.com', "grüße@bücher.example", "$(id)@x.example"])
def test_odd_but_lawful_recipients_are_kept_as_written(data, address):
    done = deliver(f"--to={address}", "--data", data, mail=MAIL, LC_ALL="C.UTF-8")
    assert (done.returncode, [mail.envelope["to"] for mail in spooled(data)]) == (0, [[address]])


@pytest.mark.parametrize("arguments", [[], ["--to"], ["--unknown", "x"], ["--to", "a@example.com", "/no/such/file"]])
def test_wrong_use_keeps_nothing(data, arguments):
    done = deliver(*arguments, "--data", data, mail=MAIL)
    assert (done.returncode, spooled(data)) == (2, [])
    assert b"Traceback" not in done.stderr


def test_two_at_once_keep_both(data):
    running = [
        subprocess.Popen(
            [*COMMAND, "--to", f"{n}@example.com", "--data", data], stdin=subprocess.PIPE, env=environment()
        )
        for n in range(2)
    ]
    for n, child in enumerate(running):
        child.stdin.write(b"%d" % n)
    for child in running:
        child.stdin.close()
    assert [child.wait(30) for child in running] == [0, 0]
    assert sorted((mail.envelope["to"], mail.raw) for mail in spooled(data)) == [
        (["0@example.com"], b"0"),
        (["1@example.com"], b"1"),
    ]


def test_killed_in_the_middle_keeps_nothing_that_could_be_seen(data):
    child = subprocess.Popen(
        [*COMMAND, "--to", "a@example.com", "--data", data], stdin=subprocess.PIPE, env=environment()
    )
    child.stdin.write(b"x" * 3_000_000)
    child.stdin.flush()
    child.kill()
    child.wait(30)
    child.stdin.close()
    assert spooled(data) == []
    assert deliver("--to", "a@example.com", "--data", data, mail=MAIL).returncode == 0
    assert [mail.raw for mail in spooled(data)] == [MAIL]


def test_60_mb_from_a_pipe_are_never_held_in_memory(data):
    block = os.urandom(1_000_000)
    code = (
        "import pathlib, sys; from careline.entrypoints.console import deliver; code = deliver.main();"
        "print(pathlib.Path('/proc/self/status').read_text()); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "--to", "a@example.com", "--data", data]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
    for _ in range(60):
        child.stdin.write(block)
    status, _ = child.communicate(timeout=60)
    assert (child.returncode, spooled(data)[0].raw == block * 60) == (0, True)
    peak_kb = int(re.search(rb"VmHWM:\s+(\d+) kB", status)[1])
    assert peak_kb < 50_000


def test_costs_at_most_150_ms_of_cpu_and_imports_no_django(data):
    code = (
        "import sys; from careline.entrypoints.console import deliver; code = deliver.main();"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'imapclient', 'aiosmtpd')]);"
        "sys.exit(code)"
    )
    arguments = [sys.executable, "-c", code, "--to", "a@example.com", "--data", data]
    done = subprocess.run(arguments, input=MAIL, capture_output=True, env=environment(), timeout=60, check=False)
    assert outcome(done) == (0, b"[]\n", "")
    costs = []
    for _ in range(3):
        child = subprocess.Popen(
            [*COMMAND, "--to", "a@example.com", "--data", data], stdin=subprocess.DEVNULL, env=environment()
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        costs.append(usage.ru_utime + usage.ru_stime)
    assert min(costs) < 0.15, json.dumps(costs)
