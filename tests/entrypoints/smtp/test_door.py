import errno
import smtplib
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from careline.entrypoints.smtp.door import MailDoor, tls_context
from careline.entrypoints.smtp.listening import DoorStuck, listen_address
from careline.entrypoints.smtp.session import Limits
from careline.kit import spool as spool_module
from careline.kit.spool import Spool
from tests.certificates import self_signed

OURS = "support@northwind.example"
CAROL = "carol@example.com"
MAIL = b"From: carol@example.com\r\nSubject: Brakes\r\n\r\nThey squeak.\r\n"
HALF_A_MAIL = b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<support@northwind.example>\r\nDATA\r\nhalf\r\n"


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool")


@pytest.fixture
def open_door(spool):
    doors = []

    def opened(protocol="smtp", **more):
        accepts = more.pop("accepts", lambda address: address == OURS)
        door = MailDoor(spool, host="127.0.0.1", port=0, protocol=protocol, accepts=accepts, **more)
        door.start()
        doors.append(door)
        return door

    yield opened
    for door in doors:
        door.stop()


def client_of(door, kind=smtplib.SMTP):
    return kind(*door.address, local_hostname="mail.example.com", timeout=10)


def spooled(spool):
    return [spool.read(name) for name in spool.names(1000)]


def said(error):
    return error.value.smtp_code


def test_a_mail_is_kept_with_who_brought_it_before_it_is_answered(open_door, spool):
    with client_of(open_door()) as client:
        assert client.sendmail(CAROL, [OURS], MAIL) == {}
        (mail,) = spooled(spool)
    received_at = mail.envelope.pop("received_at")
    assert mail.envelope == {
        "to": [OURS],
        "from": CAROL,
        "door": "smtp",
        "channel": None,
        "peer": "127.0.0.1",
        "extra": {"tls": False},
    }
    assert received_at.endswith("Z")
    return_path, received, *_ = mail.raw.split(b"\r\n")
    assert return_path == b"Return-Path: <carol@example.com>"
    assert received == b"Received: from mail.example.com ([127.0.0.1])"
    assert mail.raw.endswith(b"\r\n" + MAIL)
    assert b"with ESMTP id" in mail.raw
    assert b"for <support@northwind.example>;" in mail.raw


def test_plus_addresses_are_ours_and_strangers_are_refused(open_door, spool):
    with client_of(open_door()) as client:
        refused = client.sendmail(CAROL, ["support+x1@northwind.example", "ben@northwind.example"], MAIL)
    assert {address: code for address, (code, _) in refused.items()} == {"ben@northwind.example": 550}
    assert [mail.envelope["to"] for mail in spooled(spool)] == [["support+x1@northwind.example"]]


def test_lmtp_takes_every_recipient_and_answers_for_each(open_door, spool):
    with client_of(open_door("lmtp"), smtplib.LMTP) as client:
        client.ehlo()
        client.docmd("MAIL", "FROM:<>")
        assert [client.rcpt(address)[0] for address in (OURS, "ben+x@northwind.example")] == [250, 250]
        assert client.data(MAIL)[0] == 250
        assert client.getreply()[0] == 250
        assert client.noop()[0] == 250
    assert [(mail.envelope["to"], mail.envelope["from"], mail.envelope["door"]) for mail in spooled(spool)] == [
        ([OURS, "ben+x@northwind.example"], "", "lmtp")
    ]


def test_lmtp_has_its_own_greeting(open_door):
    with client_of(open_door("lmtp")) as client:
        assert (client.docmd("EHLO", "x")[0], client.docmd("LHLO", "x")[0]) == (500, 250)


@pytest.mark.parametrize("raw", [b"", b".\n", b"\n.\n..\n", b"x" * 200_000 + b"\n", bytes(range(256)) * 9 + b"\n"])
def test_odd_bytes_come_through(open_door, spool, raw):
    raw = raw.replace(b"\r", b"").replace(b"\n", b"\r\n")
    with client_of(open_door()) as client:
        client.sendmail(CAROL, [OURS], raw)
    (mail,) = spooled(spool)
    body = mail.raw.split(b"\r\n", 5)[5]
    assert body.rstrip(b"\r\n") == raw.rstrip(b"\r\n")


def test_8_bit_and_utf8_addresses_come_through(open_door, spool):
    door = open_door(accepts=lambda address: True)
    with client_of(door) as client:
        client.ehlo()
        assert {"8bitmime", "smtputf8", "size", "pipelining"} <= set(client.esmtp_features)
        client.sendmail("jürgen@bücher.example", ["grüße@bücher.example"], MAIL, ["SMTPUTF8", "BODY=8BITMIME"])
    (mail,) = spooled(spool)
    assert (mail.envelope["from"], mail.envelope["to"]) == ("jürgen@bücher.example", ["grüße@bücher.example"])


def test_several_mails_in_one_packet_are_several_mails(open_door, spool):
    with socket.create_connection(open_door().address) as peer:
        one = b"MAIL FROM:<carol@example.com>\r\nRCPT TO:<support@northwind.example>\r\nDATA\r\n%d\r\n.\r\n"
        peer.sendall(b"EHLO x\r\n" + one % 1 + one % 2 + b"QUIT\r\n")
        with peer.makefile("rb") as answers:
            codes = [line[:3] for line in answers if line[3:4] == b" "]
    assert codes == [b"220", b"250", *[b"250", b"250", b"354", b"250"] * 2, b"221"]
    assert [mail.raw[-3:] for mail in spooled(spool)] == [b"1\r\n", b"2\r\n"]


def test_a_mail_cannot_be_smuggled_inside_another(open_door, spool):
    inner = b"MAIL FROM:<x@example.com>\r\nRCPT TO:<support@northwind.example>\r\nDATA\r\nsmuggled\r\n"
    with socket.create_connection(open_door().address) as peer:
        head = b"EHLO x\r\nMAIL FROM:<carol@example.com>\r\nRCPT TO:<support@northwind.example>\r\nDATA\r\n"
        peer.sendall(head + b"a\n.\n" + inner + b"\r.\r" + inner + b"\n.\r\n" + inner + b".\r\nQUIT\r\n")
        with peer.makefile("rb") as answers:
            answers.read()
    assert len(spooled(spool)) == 1


def test_nothing_of_the_peers_begins_a_header_field(open_door, spool):
    with socket.create_connection(open_door().address) as peer:
        peer.sendall(
            b"EHLO a\rX-Evil: 1\r\nMAIL FROM:<a\rX-Evil: 2@example.com>\r\nMAIL FROM:<carol@example.com>\r\n"
            b"RCPT TO:<support\0@northwind.example>\r\nRCPT TO:<support@northwind.example>\r\nDATA\r\n.\r\nQUIT\r\n"
        )
        with peer.makefile("rb") as answers:
            answers.read()
    (mail,) = spooled(spool)
    assert (mail.envelope["from"], mail.envelope["to"], b"\rX-Evil" in mail.raw) == (CAROL, [OURS], False)


def test_a_mail_that_is_too_large_is_refused_when_announced_and_when_sent(open_door, spool):
    with client_of(open_door(max_size=10_000)) as client:
        client.ehlo()
        with pytest.raises(smtplib.SMTPSenderRefused) as announced:
            client.sendmail(CAROL, [OURS], b"x" * 10_001)
        client.rset()
        client.mail(CAROL)
        client.rcpt(OURS)
        assert (said(announced), client.data(b"x\r\n" * 4000)[0]) == (552, 552)
        client.sendmail(CAROL, [OURS], MAIL)
    assert len(spooled(spool)) == 1


def test_lmtp_says_too_large_for_every_recipient(open_door):
    with client_of(open_door("lmtp", max_size=1000), smtplib.LMTP) as client:
        client.ehlo()
        client.mail(CAROL)
        client.rcpt(OURS)
        client.rcpt("ben@northwind.example")
        assert (client.data(b"x\r\n" * 4000)[0], client.getreply()[0], client.noop()[0]) == (552, 552, 250)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, 452), (errno.EIO, 451)])
def test_a_disk_that_cannot_keep_it_is_a_failure_for_now(open_door, spool, monkeypatch, number, code):
    def broken(*args):
        raise OSError(number, "broken")

    with client_of(open_door()) as client:
        with monkeypatch.context() as patch:
            patch.setattr(spool_module.os, "fsync", broken)
            with pytest.raises(smtplib.SMTPDataError) as refusal:
                client.sendmail(CAROL, [OURS], MAIL)
        assert (said(refusal), spooled(spool)) == (code, [])
        client.sendmail(CAROL, [OURS], MAIL)
    assert len(spooled(spool)) == 1


def test_where_nobody_can_say_whose_address_it_is_the_mail_is_to_come_again(open_door, spool):
    def broken(address):
        raise RuntimeError("database is down")

    with client_of(open_door(accepts=broken)) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        client.sendmail(CAROL, [OURS], MAIL)
    assert (refusal.value.recipients[OURS][0], spooled(spool)) == (451, [])


def test_too_many_recipients_are_to_come_in_another_mail(open_door):
    door = open_door(accepts=lambda address: True, limits=Limits(recipients=2))
    with client_of(door) as client:
        refused = client.sendmail(CAROL, [f"{n}@northwind.example" for n in range(3)], MAIL)
    assert {address: code for address, (code, _) in refused.items()} == {"2@northwind.example": 452}


def test_too_many_connections_are_told_so(open_door):
    door = open_door(limits=Limits(connections=1))
    with client_of(door):
        with pytest.raises(smtplib.SMTPConnectError) as refusal:
            client_of(door)
        assert said(refusal) == 421


@pytest.mark.parametrize("begin", [b"", b"EHLO x\r\n", HALF_A_MAIL])
def test_a_peer_that_falls_silent_is_dropped(open_door, spool, begin):
    door = open_door(limits=Limits(silence_seconds=0.2))
    with socket.create_connection(door.address, timeout=5) as peer:
        peer.sendall(begin)
        with peer.makefile("rb") as answers:
            assert answers.read().splitlines()[-1][:3] == b"421"
    assert spooled(spool) == []


def test_a_peer_that_drips_its_mail_for_ever_is_dropped(open_door, spool):
    door = open_door(limits=Limits(silence_seconds=10, mail_seconds=0.3))
    with socket.create_connection(door.address, timeout=5) as peer:
        peer.sendall(HALF_A_MAIL)
        started = time.monotonic()
        with pytest.raises(OSError):
            while time.monotonic() - started < 5:
                peer.sendall(b"x")
                time.sleep(0.01)
    assert spooled(spool) == []


def test_a_mail_broken_off_in_the_middle_is_not_kept(open_door, spool):
    door = open_door()
    with socket.create_connection(door.address) as peer:
        peer.sendall(HALF_A_MAIL)
    while door.connections:
        time.sleep(0.005)
    assert spooled(spool) == []


def test_starttls_where_a_certificate_is_given(open_door, spool, tmp_path):
    certificate, key = self_signed(tmp_path)
    trust = ssl.create_default_context(cafile=certificate)
    trust.check_hostname = False
    with client_of(open_door(tls=tls_context(certificate, key))) as client:
        client.starttls(context=trust)
        client.sendmail(CAROL, [OURS], MAIL)
        assert "auth" not in client.esmtp_features
    (mail,) = spooled(spool)
    assert (mail.envelope["extra"], b"with ESMTPS id" in mail.raw) == ({"tls": True}, True)


def test_fifty_at_once_are_all_kept(open_door, spool):
    door = open_door()

    def send(number):
        with client_of(door) as client:
            client.sendmail(CAROL, [OURS], b"%d\r\n" % number)

    with ThreadPoolExecutor(50) as crowd:
        list(crowd.map(send, range(50)))
    assert sorted(int(mail.raw.rsplit(b"\r\n", 2)[1]) for mail in spooled(spool)) == list(range(50))


def test_a_slow_disk_holds_nobody_else_up(open_door, spool, monkeypatch):
    gate = threading.Event()
    fsync = spool_module.os.fsync
    monkeypatch.setattr(spool_module.os, "fsync", lambda file: (gate.wait(5), fsync(file)))
    door = open_door()
    with ThreadPoolExecutor(1) as other, client_of(door) as slow, client_of(door) as quick:
        sending = other.submit(slow.sendmail, CAROL, [OURS], MAIL)
        assert quick.noop()[0] == 250
        assert not sending.done()
        gate.set()
        assert sending.result(5) == {}


def test_stopping_lets_a_mail_under_way_finish(spool):
    door = MailDoor(spool, host="127.0.0.1", port=0, protocol="smtp", accepts=lambda address: True)
    door.start()
    with client_of(door) as client:
        client.ehlo()
        client.mail(CAROL)
        client.rcpt(OURS)
        client.docmd("DATA")
        stopping = threading.Thread(target=door.stop)
        stopping.start()
        client.send(b"late\r\n.\r\n")
        assert client.getreply()[0] == 250
        client.close()
        stopping.join(10)
    assert [mail.raw[-6:] for mail in spooled(spool)] == [b"late\r\n"]


def test_a_port_in_use_is_said(open_door, spool):
    host, port = open_door().address
    other = MailDoor(spool, host=host, port=port, protocol="lmtp", accepts=bool)
    with pytest.raises(DoorStuck, match=f"Cannot take LMTP on 127.0.0.1:{port}"):
        other.start()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8024", ("127.0.0.1", 8024)),
        ("[::1]:24", ("::1", 24)),
        (":24", ("127.0.0.1", 24)),
        ("mx.example:0", ("mx.example", 0)),
    ],
)
def test_reads_an_address_to_listen_on(text, address):
    assert listen_address(text) == address


@pytest.mark.parametrize("text", ["", "8024", "host:", "host:mail", "host:70000", "host:-1"])
def test_says_what_an_address_to_listen_on_looks_like(text):
    with pytest.raises(DoorStuck, match="host:port"):
        listen_address(text)
