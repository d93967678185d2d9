"""Mails that other projects collected, where they lie beside the checkout: all are understood, none crashes."""

from pathlib import Path

import pytest

from careline.domain.channels.email.parse import parse
from careline.domain.channels.email.reading import inbound_of


def _folder() -> Path | None:
    for parent in Path(__file__).resolve().parents:
        if (parent / "pyproject.toml").exists():
            found = parent.parent / "shared" / "data" / "mail"
            return found if found.is_dir() else None
    return None


FOLDER = _folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="no collected mails beside this checkout")


def test_every_collected_mail_ends_as_text_or_says_why_not():
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file()) if FOLDER else []
    silent, broken = [], []
    for path in files:
        mail = parse(path.read_bytes())
        inbound = inbound_of(mail)
        if not (inbound.text or inbound.defects):
            silent.append(path.name)
        broken += [(path.name, defect) for defect in inbound.defects if " failed: " in defect]
    assert (silent, broken) == ([], [])
    assert len(files) > 400


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("mime_tools/testmsgs/multi-2gifs.msg", [("3d-compress.gif", 419), ("3d-eye.gif", 357)]),
        (
            "mime_tools/testmsgs/dup-names.msg",
            [("one.gif", 419), ("one.gif", 357), ("two.nice.gif", 419), ("two.nice.gif", 357), ("two.nice.gif", 357)],
        ),
        ("mime_tools/testmsgs/uu-zeegee.msg", [("up.gif", 110), ("zeegee.gif", 4834)]),
        ("rt5_mail/emails/notes-uuencoded", [("Naz_Head.jpg", 104846)]),
    ],
)
def test_attachments_have_the_names_and_sizes_that_the_collection_gives(name, sizes):
    mail = parse((FOLDER / name).read_bytes()) if FOLDER else None
    assert mail is not None
    assert [(each.name, len(each.content)) for each in mail.attachments] == sizes
