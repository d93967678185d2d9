"""The text inside files, read by a child process; hostile files lose their own text and nothing else."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator

import pytest

from careline.kit.extraction.reader import Extracted, Reader

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCUMENT = (
    '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>Your inv</w:t></w:r><w:r><w:t>oice</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>is late</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(seconds=5) as opened:
        yield opened


def read(reader: Reader, content: bytes, name: str, media_type: str = "application/octet-stream") -> Extracted:
    return reader.text_of(content, name=name, media_type=media_type, most=10_000)


def zipped(**parts: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def pdf(words: str, *, catalog: str = "") -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(), b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def test_a_pdf(reader):
    assert read(reader, pdf("Invoice 1001"), "a.pdf") == Extracted("read", "Invoice 1001")


def test_a_word_file(reader):
    assert read(reader, zipped(word__document_xml=DOCUMENT), "a.docx", WORD) == Extracted(
        "read", "Your invoice is late"
    )


def test_an_excel_file(reader):
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    book.active.title = "Prices"
    book.active.append(["Bell", 12.5])
    book.save(made)

    assert sorted(read(reader, made.getvalue(), "a.xlsx").text.split()) == ["12.5", "Bell", "Prices"]


def test_slides_and_open_documents(reader):
    slide = '<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>Ring {}</a:t></a:r></a:p></p:sld>'
    slides = zipped(ppt__slides__slide10_xml=slide.format("ten"), ppt__slides__slide2_xml=slide.format("two"))
    odt = zipped(content_xml='<office xmlns:text="urn:t"><text:p>Dear<text:s/>Carol</text:p></office>')

    assert (read(reader, slides, "a.pptx").text, read(reader, odt, "a.odt").text) == ("Ring two Ring ten", "Dear Carol")


def test_text_in_any_writing(reader):
    assert read(reader, "Grüße".encode("cp1252"), "a.txt") == Extracted("read", "Grüße")
    assert read(reader, b"<p>Dear <b>Carol</b><script>x()</script></p>", "a.html") == Extracted("read", "Dear Carol")


@pytest.mark.parametrize(
    ("content", "name", "state"),
    [
        (b"", "a.txt", "empty"),
        (b"\x89PNG", "a.png", "unknown"),
        (b"MZ\0\0", "a.txt", "unknown"),
        (b"%PDF-1.4 nothing", "a.pdf", "broken"),
        (b"PK\x03\x04 nothing", "a.docx", "broken"),
        (zipped(word__document_xml=b"\0" * (80 * 1024 * 1024)), "a.docx", "too_big"),
        (zipped(**{f"word__part{n}": "" for n in range(6_000)}), "a.docx", "too_big"),
    ],
    ids=["empty", "picture", "program", "no pdf", "no zip", "zip bomb", "zip of many"],
)
def test_what_has_no_text(reader, content, name, state):
    assert read(reader, content, name) == Extracted(state)


def test_entities_are_not_expanded_and_nothing_is_fetched(reader):
    laughs = (
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    document = DOCUMENT.replace("is late", "&b;&f;")

    assert read(reader, zipped(word__document_xml=laughs + document), "a.docx").text == "Your invoice"


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read():
    with Reader(seconds=0.4) as impatient:
        read(impatient, b"ready", "a.txt")
        began = time.monotonic()
        deep = b"%PDF-1.4\n" + b"1 0 obj\n" + b"[" * 3_000_000
        slow = read(impatient, deep, "a.pdf")

        assert slow.state in ("failed", "broken")
        assert time.monotonic() - began < 10
        assert Reader(seconds=20).text_of(b"Carol", name="a.txt", media_type="text/plain", most=100) == Extracted(
            "read", "Carol"
        )


def test_a_child_that_dies_costs_the_file_alone(reader):
    read(reader, b"first", "a.txt")
    assert reader._child is not None
    reader._child.kill()
    reader._child.wait()

    assert read(reader, b"second", "a.txt") == Extracted("read", "second")


def test_most_is_not_exceeded(reader):
    assert len(reader.text_of(b"word " * 100_000, name="a.txt", media_type="text/plain", most=1000).text) <= 1000
