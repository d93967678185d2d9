"""What an image says of itself."""

import struct

import pytest

from careline.kit.images import Raster, raster_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02"
GIF = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80"
JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 16)
    + b"JFIF\0"
    + b"\0" * 9
    + b"\xff\xc0"
    + struct.pack(">HBHH", 17, 8, 48, 64)
    + b"\0" * 12
)
WEBP = (
    b"RIFF"
    + b"\0" * 4
    + b"WEBPVP8X"
    + b"\x0a\0\0\0"
    + b"\0" * 4
    + (99).to_bytes(3, "little")
    + (49).to_bytes(3, "little")
)


@pytest.mark.parametrize(
    ("content", "raster"),
    [
        (PNG, Raster("image/png", 640, 480)),
        (GIF, Raster("image/gif", 1, 1)),
        (JPEG, Raster("image/jpeg", 64, 48)),
        (WEBP, Raster("image/webp", 100, 50)),
    ],
)
def test_kind_and_size_are_read_from_the_bytes(content, raster):
    assert raster_of(content) == raster


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", PNG[:18], JPEG[:12], b"RIFF", b"GIF89a", b"\xff\xd8\xff" * 50],
)
def test_anything_else_is_no_image(content):
    assert raster_of(content) is None
