import argparse
import json
import subprocess
import sys

from careline.entrypoints.console import mail as command
from tests.domain.channels.email.mails import multipart, part, plain

FIELDS = (
    "file kind from to cc reply_to subject date message_id in_reply_to references text html visible_text quoted "
    "signature attachments auto_reply mailing_list bounce forwarded authenticity fingerprint defects"
)


def test_shows_one_line_of_json_for_each_file(tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(plain())
    (tmp_path / "two.eml").write_bytes(
        multipart(part(b"See"), part(b"%PDF", media_type=b"application/pdf; name=bill.pdf"))
    )
    assert _run(tmp_path / "one.eml", tmp_path / "two.eml") == 0
    one, two = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert " ".join(one) == FIELDS
    assert (one["kind"], one["from"]) == ("message", {"address": "carol@example.com", "name": "Carol"})
    assert (one["date"], one["text"]) == ("2026-11-22T10:00:00Z", "The brake squeaks.")
    assert [(each["name"], each["type"], each["size"], each["inline"]) for each in two["attachments"]] == [
        ("bill.pdf", "application/pdf", 4, False)
    ]


def test_says_which_file_cannot_be_read_and_shows_the_others(tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(plain())
    assert _run(tmp_path / "none.eml", tmp_path / "one.eml") == 2
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 1
    assert shown.err == f"careline mail parse: cannot read {tmp_path / 'none.eml'}: No such file or directory.\n"


def test_reads_from_stdin_without_django_or_a_database():
    code = (
        "import argparse, sys\nfrom careline.entrypoints.console import mail\nparser = argparse.ArgumentParser()\n"
        "mail.add_arguments(parser)\nmail.run(parser.parse_args(['parse']))\nassert 'django' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=plain(), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["subject"] == "My bike"


def _run(*files) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(["parse", *map(str, files)]))
