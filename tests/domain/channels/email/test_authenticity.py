import base64
from email.utils import parseaddr

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from careline.domain.channels.email.authenticity import check
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.inbound import Authenticity, Party

SERVER = "mx.northwind.example"
PASSED = "dkim=pass header.d=example.com"


def mail_with(*headers: tuple[str, str], sender: str = "carol@example.com", envelope_from: str = "") -> Mail:
    return Mail(
        raw=b"",
        envelope_from=envelope_from,
        headers=[*headers, ("From", f"Carol <{sender}>")],
        sender=Party(sender, "Carol"),
    )


def results(text: str, *, server: str = SERVER) -> tuple[str, str]:
    return "Authentication-Results", f"{server}; {text}"


def verified(mail: Mail, server: str = SERVER) -> bool:
    check(mail, trusted_server=server)
    return mail.authenticity.verified


def test_keeps_what_the_named_server_found():
    mail = mail_with(
        results("spf=softfail smtp.mailfrom=example.com; dkim=fail; dkim=pass header.d=example.com; dmarc=pass")
    )
    check(mail, trusted_server="MX.northwind.example.")
    assert mail.authenticity == Authenticity(spf="softfail", dkim="pass", dmarc="pass", verified=True, source="server")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dmarc=pass header.from=example.com", True),
        ("dmarc=pass header.from=other.example", False),
        ("dmarc=fail header.from=example.com; " + PASSED, False),
        (PASSED, True),
        ("dkim=pass header.i=@mail.example.com", True),
        ('dkim=pass (good (nested; dmarc=fail) "key") header.d="example.com"', True),
        ("DKIM=PASS header.D=EXAMPLE.com", True),
        ("dkim=fail header.d=example.com", False),
        ("dkim=pass header.d=other.example", False),
        ("dkim=pass header.d=badexample.com", False),
        ("dkim=pass", False),
        ('dkim=fail reason="; dmarc=pass"', False),
        ("dkim=fail (; dmarc=pass header.from=example.com)", False),
        ("spf=pass smtp.mailfrom=carol@example.com", True),
        ("spf=pass smtp.mailfrom=bounces.example.com", True),
        ("spf=pass smtp.mailfrom=list.example", False),
        ("spf=pass smtp.helo=example.com", False),
        ("spf=neutral smtp.mailfrom=example.com", False),
        ("none", False),
        ("", False),
    ],
)
def test_from_is_believed_only_where_an_aligned_domain_passed(text: str, expected: bool):
    assert verified(mail_with(results(text))) is expected


def test_spf_counts_for_the_envelope_where_the_header_does_not_name_it():
    assert verified(mail_with(results("spf=pass"), envelope_from="carol@example.com"))
    assert not verified(mail_with(results("spf=pass"), envelope_from="carol@list.example"))


@pytest.mark.parametrize(
    ("signer", "author", "expected"),
    [
        ("example.com", "carol@shop.example.com", True),
        ("co.uk", "carol@example.co.uk", False),
        ("com", "carol@example.com", False),
        ("a.example.com", "carol@b.example.com", False),
    ],
)
def test_a_suffix_owns_nobody_and_sisters_are_left_to_dmarc(signer: str, author: str, expected: bool):
    assert verified(mail_with(results(f"dkim=pass header.d={signer}"), sender=author)) is expected


def test_the_word_of_another_server_is_not_heard():
    for server in ("mx.example.com", "evil.mx.northwind.example", "mx.northwind.example.evil.example"):
        mail = mail_with(results("dmarc=pass", server=server))
        check(mail, trusted_server=SERVER)
        assert mail.authenticity == Authenticity()
    assert not verified(mail_with(("ARC-Authentication-Results", f"i=1; {SERVER}; dmarc=pass")))
    assert not verified(mail_with(results("dmarc=pass")), server="")


def test_a_forged_result_below_the_server_s_own_adds_nothing():
    received = ("Received", "from evil.example by mx.northwind.example")
    assert not verified(mail_with(results("spf=fail"), received, results("dmarc=pass")))
    assert not verified(mail_with(received, results("spf=fail"), results("dmarc=pass")))
    assert verified(mail_with(results("spf=fail"), results("dmarc=pass"), received))
    assert verified(mail_with(received, results("dmarc=pass"), results("dmarc=fail")))


def test_exchange_online_writes_no_server_id():
    header = (
        "Authentication-Results",
        "spf=pass smtp.mailfrom=example.com; dmarc=pass action=none header.from=example.com",
    )
    assert verified(mail_with(header), server="northwind.mail.protection.outlook.com")
    assert not verified(mail_with(header))


def test_nobody_is_verified_where_from_names_two_or_nobody():
    assert not verified(mail_with(results("dmarc=pass"), ("From", "ben@example.com")))
    mail = mail_with(results("dmarc=pass"))
    mail.headers[-1] = ("From", "carol@example.com, ben@northwind.example")
    assert not verified(mail)
    assert not verified(mail_with(results("dmarc=pass"), sender=""))


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PUBLIC = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
RAW = b"From: Carol <carol@example.com>\r\nTo: support@northwind.example\r\nSubject: My bike\r\n\r\nIt squeaks.\r\n"


def looked_up(name: str) -> bytes | None:
    known = name in {"shop._domainkey.example.com", "shop._domainkey.other.example"}
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(PUBLIC) if known else None


def signed(raw: bytes = RAW, *, domain: bytes = b"example.com", **more) -> bytes:
    return dkim.sign(raw, b"shop", domain, PEM, include_headers=[b"from", b"subject"], **more) + raw


def at_door(raw: bytes, lookup=looked_up) -> Authenticity:
    head = raw.replace(b"\r\n", b"\n").split(b"\n\n")[0].decode().split("\n")
    headers = [tuple(line.split(": ", 1)) for line in head if ": " in line and not line[0].isspace()]
    mail = Mail(raw=raw, headers=headers)
    mail.sender = Party(parseaddr(mail.header("From"))[1])
    check(mail, dkim_at_door=lookup)
    return mail.authenticity


def test_without_a_named_server_the_signature_is_checked_at_our_door():
    assert at_door(signed()) == Authenticity(dkim="pass", verified=True, source="door")
    assert at_door(signed().replace(b"\r\n", b"\n")) == Authenticity(dkim="pass", verified=True, source="door")


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (RAW, "none"),
        (signed().replace(b"squeaks", b"sings"), "fail"),
        (signed(domain=b"other.example"), "pass"),
        (signed(domain=b"unknown.example"), "permerror"),
        (signed(length=True) + b"Send the refund elsewhere.\r\n", "policy"),
        (b"DKIM-Signature: nonsense\r\n" + RAW, "permerror"),
        (b"DKIM-Signature: v=1; d=example.com; s=shop; b=x\r\n" + RAW, "permerror"),
        (b"From: ben@example.com\r\n" + signed(), "fail"),
    ],
)
def test_a_signature_that_does_not_hold_verifies_nobody(raw: bytes, word: str):
    found = at_door(raw)
    assert (found.verified, found.source) == (False, "door")
    assert found.dkim == word


def test_a_silent_name_server_is_no_verdict():
    def silent(name: str) -> bytes | None:
        raise TimeoutError(name)

    assert at_door(signed(), silent) == Authenticity(dkim="temperror", source="door")


def test_a_foreign_signature_on_top_does_not_hide_the_sender_s():
    assert at_door(signed(signed(), domain=b"other.example")).verified


def test_the_named_server_comes_before_our_own_check():
    mail = mail_with(results("dmarc=fail"))
    mail.raw = signed()
    check(mail, trusted_server=SERVER, dkim_at_door=looked_up)
    assert mail.authenticity == Authenticity(dmarc="fail", source="server")
