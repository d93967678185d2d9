"""The sink for fault tests, as a process of its own."""

import smtplib
import subprocess
import sys

from careline.kit.spool import Spool


def test_keeps_every_mail_in_its_folder_and_fails_as_often_as_it_is_told(tmp_path):
    command = [sys.executable, "-m", "tests.sinks", "--folder", tmp_path / "caught", "--drop-after-dot", "0.2"]
    sink = subprocess.Popen([*command, "--refuse-for-now", "0.2", "--seed", "7"], stdout=subprocess.PIPE, text=True)
    try:
        host, port = sink.stdout.readline().removeprefix("ready ").strip().split(":")
        outcomes = [send(host, int(port), number) for number in range(40)]
    finally:
        sink.kill()
        sink.wait()
        sink.stdout.close()
    spool = Spool(tmp_path / "caught")
    kept = [int(spool.read(name).raw) for name in spool.names(100)]
    assert kept == [number for number, outcome in enumerate(outcomes) if outcome != "refused"]
    assert {outcome: outcomes.count(outcome) > 0 for outcome in ("sent", "refused", "dropped")} == {
        "sent": True,
        "refused": True,
        "dropped": True,
    }


def send(host, port, number):
    try:
        with smtplib.SMTP(host, port, local_hostname="test.example", timeout=10) as client:
            client.sendmail("support@northwind.example", ["carol@example.com"], b"%d" % number)
            return "sent"
    except smtplib.SMTPDataError:
        return "refused"
    except smtplib.SMTPServerDisconnected:
        return "dropped"
