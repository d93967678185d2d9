import pytest

from careline.domain.channels.email.mime.charsets import codec_of, decode_text, storable

GREETING = "Grüße aus Köln"


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (GREETING, "utf-8", "utf-8"),
        (GREETING, "latin-1", "ISO-8859-1"),
        ("“Grüße” – €", "cp1252", "iso-8859-1"),
        ("“Grüße” – €", "cp1252", "cp-1252"),
        ("“Grüße” – €", "cp1252", "windows1252"),
        ("Привет, мир", "koi8-r", "koi8-r"),
        ("Привет, мир", "cp1251", "win-1251"),
        ("测试中文", "gb18030", "gb2312"),
        ("한국어 편지", "cp949", "ks_c_5601-1987"),
        ("한국어 편지", "cp949", "KS_C_5601"),
        ("日本語の手紙", "shift_jis", "x-sjis"),
        ("日本語の手紙", "iso2022_jp", "iso-2022-jp"),
        ("שלום עולם", "iso8859_8", "iso-8859-8-i"),
        ("Grüße ✓", "utf-7", "unicode-1-1-utf-7"),
        ("ภาษาไทย", "cp874", "tis-620"),
        (GREETING, "utf-16", "utf-16"),
        ("Grüße", "utf-8", '"UTF-8"'),
    ],
)
def test_reads_a_charset_under_the_name_that_mails_give_it(text, codec, declared):
    assert decode_text(text.encode(codec), declared) == (text, "")


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (GREETING, "utf-8", "iso-8859-1"),
        (GREETING, "utf-8", "us-ascii"),
        (GREETING, "latin-1", "utf-8"),
        (GREETING, "latin-1", "us-ascii"),
        (GREETING, "latin-1", "nonsense-42"),
        ("тест тест", "koi8-r", ""),
        ("Привет, мир", "cp1251", "utf-8"),
    ],
)
def test_finds_the_right_charset_where_another_is_declared(text, codec, declared):
    found, defect = decode_text(text.encode(codec), declared)
    assert found == text
    assert defect != ""


def test_says_nothing_where_none_is_declared_and_it_is_utf8():
    assert decode_text(GREETING.encode(), "") == (GREETING, "")


def test_leaves_out_what_postgresql_cannot_store():
    assert decode_text(b"a\x00b", "utf-8") == ("ab", "NUL bytes in the text were left out.")
    assert storable("a\ud800\x00b") == "ab"


@pytest.mark.parametrize(
    "name", ["base64", "rot13", "zlib", "idna", "unicode_escape", "undefined", "", "\x00", "a" * 5000]
)
def test_takes_no_codec_that_is_no_charset(name):
    assert codec_of(name) == ""
