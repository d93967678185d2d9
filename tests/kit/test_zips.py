"""A zip file of a stranger is opened without trust."""

import io
import stat
import zipfile

import pytest

from careline.kit.zips import BadZip, unzipped, zipped


def made(*entries: tuple[str, bytes], mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_what_was_packed_comes_out_again() -> None:
    files = [("a/b.md", b"# A"), ("c.png", bytes(range(256)))]
    assert unzipped(zipped(files)) == files
    assert zipped(files) == zipped(files)


@pytest.mark.parametrize("path", ["../out.md", "a/../../out.md", "/etc/out.md", "C:/out.md", "..\\out.md"])
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(BadZip, match="leads out"):
        unzipped(made((path, b"x")))


def test_a_bomb_is_refused() -> None:
    with pytest.raises(BadZip, match="far more than its size tells"):
        unzipped(made(("a.md", b"0" * 40_000_000)))


def test_a_link_in_place_of_a_file_is_refused() -> None:
    with pytest.raises(BadZip, match="a link in place"):
        unzipped(made(("a.md", b"/etc/passwd"), mode=stat.S_IFLNK))


@pytest.mark.parametrize("broken", [b"PK\x03\x04 nothing", b"", b"PK" + bytes(200)])
def test_a_broken_one_is_refused(broken: bytes) -> None:
    with pytest.raises(BadZip, match="broken"):
        unzipped(broken)


def test_one_that_is_cut_off_is_refused() -> None:
    whole = made(("a.md", bytes(range(256)) * 50))
    with pytest.raises(BadZip):
        unzipped(whole[: len(whole) // 2])


def test_one_with_a_damaged_file_inside_is_refused() -> None:
    whole = bytearray(made(("a.md", bytes(range(256)) * 50)))
    whole[60] ^= 0xFF
    with pytest.raises(BadZip):
        unzipped(bytes(whole))
