"""What was answered with 250 is there, whatever moment the server dies at."""

import multiprocessing
import random
import smtplib
import threading

import pytest

from careline.entrypoints.smtp.door import MailDoor
from careline.kit.spool import Spool


def keep_open(folder, pipe):
    door = MailDoor(Spool(folder), host="127.0.0.1", port=0, protocol="lmtp", accepts=bool)
    door.start()
    pipe.send(door.address)
    threading.Event().wait()


class Sender(threading.Thread):
    """Sends as fast as it can until the line breaks; notes what was answered for."""

    def __init__(self, address, number):
        super().__init__()
        self.address, self.number, self.answered = address, number, []

    def run(self):
        try:
            with smtplib.LMTP(*self.address, local_hostname="mail.example.com") as client:
                for count in range(10_000):
                    name = f"{self.number}/{count}"
                    body = f"Subject: {name}\r\n\r\n".encode() + b"x" * (count % 5 * 30_000) + b"\r\n"
                    client.sendmail("carol@example.com", ["support@northwind.example"], body)
                    self.answered.append(name)
        except (OSError, smtplib.SMTPException):
            return


@pytest.mark.parametrize("seed", [1, 2, pytest.param(range(3, 30), marks=pytest.mark.full)])
def test_no_mail_that_was_answered_for_is_lost_when_the_door_is_killed(tmp_path, seed):
    for one in [seed] if isinstance(seed, int) else seed:
        folder = tmp_path / str(one)
        folder.mkdir()
        kill_in_the_middle(folder / "spool", random.Random(one))


def kill_in_the_middle(folder, chance):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    door = context.Process(target=keep_open, args=(folder, theirs), daemon=True)
    door.start()
    senders = [Sender(ours.recv(), 0)]
    senders += [Sender(senders[0].address, number) for number in range(1, 4)]
    for sender in senders:
        sender.start()
    spool, enough = Spool(folder), chance.randint(20, 120)
    while len(spool.names(enough)) < enough:
        spool.wait(0.05)
    door.kill()
    door.join()
    for sender in senders:
        sender.join(20)
    mails = [spool.read(name).raw for name in spool.names(10_000)]
    kept = [mail.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for mail in mails]
    assert all(mail.endswith(b"\r\n") for mail in mails)
    assert set().union(*(sender.answered for sender in senders)) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(kept) <= sum(len(sender.answered) for sender in senders) + len(senders)
    assert [entry.name for entry in folder.parent.iterdir()] == ["spool"]
