import pytest

from careline.domain.channels.email.mime.params import clean_name, media_type_of, read_parameters


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename=a b.pdf", "a b.pdf"),
        ("attachment; filename=a.pdf;; size=3", "a.pdf"),
        ('attachment; filename="=?utf-8?q?R=C3=A4der.pdf?="', "Räder.pdf"),
        ("attachment; filename*=utf-8''R%C3%A4der.pdf", "Räder.pdf"),
        ("attachment; filename*=iso-8859-1'de'R%E4der.pdf", "Räder.pdf"),
        ('attachment; filename*0="Rae"; filename*1="der.pdf"', "Raeder.pdf"),
        ("attachment; filename*1*=der.pdf; filename*0*=utf-8''R%C3%A4", "Räder.pdf"),
        ("attachment; filename=a.pdf; filename*=utf-8''b.pdf", "b.pdf"),
        ('attachment; filename="a;b.pdf"', "a;b.pdf"),
        ('attachment; filename="a.pdf', "a.pdf"),
        (r'attachment; filename="a \"b\".pdf"', 'a "b".pdf'),
    ],
)
def test_reads_the_name_of_a_file_however_it_is_encoded(written, name):
    assert read_parameters(written)[1]["filename"] == name


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\carol\\bike.jpg", "bike.jpg"),
        ("a\r\nb\x00.txt", "a b.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 179 + ".pdf"),
    ],
)
def test_cleans_names_of_paths_and_controls(written, clean):
    assert clean_name(written) == clean


def test_mends_media_types():
    written = ["", "text", "multipart", "TEXT/HTML".lower(), "zip", "image/png foo", "/"]
    assert [media_type_of(each) for each in written] == [
        "text/plain", "text/plain", "multipart/mixed", "text/html", "application/octet-stream", "image/png", "text/plain",
    ]  # fmt: skip
