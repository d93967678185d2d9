import binascii
import struct

from careline.domain.channels.email.mime.calendar import read_calendar
from careline.domain.channels.email.mime.flowed import unflow
from careline.domain.channels.email.mime.rtf import decompress_rtf, read_rtf
from careline.domain.channels.email.mime.tnef import read_tnef
from careline.domain.channels.email.mime.uuencode import uuencoded_blocks

INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Bike\\, fitting
 \\nand tea
DTSTART;TZID=Europe/Berlin:20261124T100000
DTEND;TZID=Europe/Berlin:20261124T110000
LOCATION:Shop
ORGANIZER;CN="Ada: Front":mailto:ada@northwind.example
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_becomes_four_short_lines():
    assert read_calendar(INVITATION).splitlines() == [
        "Invitation: Bike, fitting and tea",
        "When: 2026-11-24 10:00 – 11:00 (Europe/Berlin)",
        "Where: Shop",
        "Organiser: Ada: Front <ada@northwind.example>",
    ]


def test_an_answer_to_an_invitation_says_who_and_what():
    answer = (
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=DECLINED:mailto:carol@example.com\nEND:VEVENT\n"
    )
    assert read_calendar(answer) == "Answer to an invitation\ncarol@example.com: declined"


def test_garbage_is_no_invitation():
    assert read_calendar("BEGIN:VEVENT:::\n;;;:\nEND") == ""


def test_flowing_lines_are_joined_and_the_signature_line_is_not():
    flowed = "My bike \nis broken.\n> Which \n> one?\n>> This \nThe red one.\n-- \nCarol \nDoe"
    assert unflow(flowed) == "My bike is broken.\n> Which one?\n>> This \nThe red one.\n-- \nCarol Doe"


def test_flowing_lines_lose_their_blank_where_the_sender_says_so():
    assert unflow("自転 \n車", delete_space=True) == "自転車"


def test_files_inside_a_text_are_found_with_names_and_places():
    words = b"Look:\n"
    files = b"".join(
        b"begin 644 " + name + b"\n" + binascii.b2a_uu(content) + b"`\nend\n"
        for name, content in ((b"one.bin", bytes(range(45))), (b"two.bin", b"\xff" * 41))
    )
    found = uuencoded_blocks(words + files + b"Bye")
    assert [(block.name, block.content) for block in found] == [
        ("one.bin", bytes(range(45))),
        ("two.bin", b"\xff" * 41),
    ]
    assert (words + files + b"Bye")[found[0].start :].startswith(b"begin 644 one")
    assert (words + files + b"Bye")[found[1].end :] == b"Bye"


def test_words_that_look_like_a_uuencoded_file_stay_words():
    assert uuencoded_blocks(b"begin 644 tea\nWhat a day it was, we began at 6\nend\n") == []


def test_winmail_dat_gives_its_words_and_files():
    found = read_tnef(winmail(text=b"Hello", files=[(b"bike.txt", b"red"), (b"two.bin", b"\x00\x01")]))
    assert (found.text, found.is_whole) == ("Hello", True)
    assert [(file.name, file.content) for file in found.files] == [("bike.txt", b"red"), ("two.bin", b"\x00\x01")]


def test_a_broken_winmail_dat_gives_what_was_whole():
    whole = winmail(text=b"Hello", files=[(b"bike.txt", b"red"), (b"two.bin", b"x" * 100)])
    found = read_tnef(whole[:-50])
    assert found.is_whole is False
    assert [file.name for file in found.files] == ["bike.txt", "two.bin"]


def test_outlooks_rich_text_is_read_as_words():
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Gr\'fc\'dfe \u8364?\par Carol}"
    stored = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    assert read_rtf(decompress_rtf(stored)) == ("Grüße €\nCarol", False)


def test_outlooks_rich_text_that_wraps_a_page_is_read_as_html():
    rtf = rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}Hello {\htmlrtf \b hidden\htmlrtf0}{\*\htmltag84 <b>}you{\*\htmltag92 </b>}}"
    assert read_rtf(rtf) == ("<p>Hello <b>you</b>", True)


def test_compressed_rich_text_is_decompressed():
    compressed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompress_rtf(compressed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def winmail(*, text: bytes, files: list[tuple[bytes, bytes]]) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x0002800C, text + b"\x00")
    for name, content in files:
        out += _attribute(2, 0x00069002, b"\x00" * 14)
        out += _attribute(2, 0x00018010, name + b"\x00") + _attribute(2, 0x0006800F, content)
    return out


def _attribute(level: int, key: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, key, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
