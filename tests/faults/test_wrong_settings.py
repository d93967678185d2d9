"""Each setting, wrong: one sentence with the mend, exit 2, and nothing was started."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faults.install import CARELINE, environment

WRONG = [
    ("CARELINE_DATA", "/dev/null/data", "The data folder /dev/null/data cannot be made ("),
    ("CARELINE_DATABASE_URL", "mysql://a@127.0.0.1/b", "CARELINE_DATABASE_URL must begin with postgresql://"),
    ("CARELINE_DATABASE_URL", "postgresql://a@127.0.0.1:port/b", "CARELINE_DATABASE_URL "),
    ("CARELINE_DATABASE_URL", "postgresql://a@127.0.0.1:1/b", "The database of CARELINE_DATABASE_URL does not answer ("),
    ("CARELINE_DATABASE_URL", "postgresql://a@127.0.0.1/b?nonsense=1", "The database of CARELINE_DATABASE_URL does not answer ("),
    ("CARELINE_SECRET_KEY", "short", "CARELINE_SECRET_KEY is too short"),
    ("CARELINE_URL", "desk.example.com", "CARELINE_URL "),
    ("CARELINE_URL", "https://", "CARELINE_URL "),
    ("CARELINE_URL", "https://desk.example.com:port", "CARELINE_URL "),
    ("CARELINE_LMTP", "8024", "CARELINE_LMTP: '8024' is not an address to listen on; write host:port"),
    ("CARELINE_LMTP", "192.0.2.1:8024", "Cannot listen on 192.0.2.1 port 8024 (Cannot assign requested address); write another"),
    ("CARELINE_LMTP", "no..host:8024", "Cannot listen on no..host port 8024 (no such host); write another"),
    ("CARELINE_SMTP_URL", "mail.example.com", "CARELINE_SMTP_URL: The way out for mail must begin with smtp://"),
    ("CARELINE_SMTP_URL", "smtp://mail.example.com?tls=maybe", "CARELINE_SMTP_URL: tls=maybe is unknown"),
    ("CARELINE_LOG", "LOUD", "CARELINE_LOG is 'LOUD'; write DEBUG, INFO, WARNING or ERROR."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "begins"), WRONG)
def test_a_wrong_setting_gets_one_sentence_with_the_mend(tmp_path: Path, name: str, value: str, begins: str) -> None:
    env = environment(**{"CARELINE_DATA": str(tmp_path / "data"), name: value})
    done = subprocess.run(
        [*CARELINE, "serve", "--port", "0"], capture_output=True, text=True, env=env, check=False, timeout=30
    )
    said = done.stderr.removeprefix("careline: ")
    assert (done.returncode, done.stdout, said.count("\n")) == (2, "", 1), done.stderr
    assert said.startswith(begins), said
    assert not (tmp_path / "data" / "postgres").exists()
