"""Bytes of a text, whatever charset they claim, to a string that PostgreSQL can store."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

SAMPLE = 16_384
"""Bytes that guessing looks at: enough to tell, and bounded."""

_ALIASES = {
    "ascii": "",
    "us-ascii": "",
    "ansi_x3.4-1968": "",
    "7bit": "",
    "8bit": "",
    "binary": "",
    "default": "",
    "default_charset": "",
    "none": "",
    "unknown": "",
    "unknown-8bit": "",
    "x-unknown": "",
    "x-user-defined": "",
    "_iso-2022-jp$esc": "iso2022_jp",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "8859_1": "cp1252",
    "ansi": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-6-i": "iso8859_6",
    "iso-8859-6-e": "iso8859_6",
    "visual": "iso8859_8",
    "logical": "iso8859_8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "chinesegb": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "euc-kr": "cp949",
    "korean": "cp949",
    "windows-949": "cp949",
    "big5": "cp950",
    "x-x-big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "koi8": "koi8_r",
    "koi": "koi8_r",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-2-0-utf-8": "utf-8",
    "unicode-2-0-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "csunicode11utf7": "utf-7",
}
_MISNAMED_WINDOWS = re.compile(r"(?:x-)?(?:cp|win|windows|ms|ibm)[-_ ]?(\d{3,5})")
_NOT_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_SEVEN_BIT = {"iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2", "iso2022_kr", "hz", "utf-7"}
_WIDE = re.compile(r"utf[-_]?(16|32)")
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_JAPANESE_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([JB])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def decode_text(content: bytes, declared: str = "") -> tuple[str, str]:
    """(text, defect): never raises, holds no NUL and no lone surrogate; no defect where all was as declared."""
    text, defect = _decode(content, declared)
    if "\x00" in text:
        text, defect = text.replace("\x00", ""), defect or "NUL bytes in the text were left out."
    return text, defect


def charset_in_html(content: bytes) -> str:
    """The charset a page names in its own <meta>, for parts whose Content-Type names none."""
    found = _HTML_CHARSET.search(content[:4096])
    return found.group(1).decode("ascii") if found else ""


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which neither UTF-8 nor PostgreSQL takes."""
    return text if text.isascii() and "\x00" not in text else _UNSTORABLE.sub("", text)


@lru_cache(maxsize=512)
def codec_of(declared: str) -> str:
    """Python's codec for a charset name as mails write it; empty for none, ASCII or an unknown one."""
    name = declared.strip().strip("\"'").split(";")[0].split("*")[0].strip().lower()[:60]
    if name in _ALIASES:
        return _ALIASES[name]
    windows = _MISNAMED_WINDOWS.fullmatch(name)
    candidate = "cp" + windows.group(1) if windows else name
    if candidate in _ALIASES:
        return _ALIASES[candidate]
    try:
        found = codecs.lookup(candidate)
    except (LookupError, ValueError, UnicodeError):
        return ""
    is_text = bool(getattr(found, "_is_text_encoding", True)) and found.name.replace("-", "_") not in _NOT_CHARSETS
    return _ALIASES.get(found.name, found.name) if is_text else ""


def _decode(content: bytes, declared: str) -> tuple[str, str]:
    codec = codec_of(declared) if declared else ""
    if codec in _SEVEN_BIT or _WIDE.match(codec):
        return _decode_special(content, codec, declared)
    if content.isascii():
        if b"\x1b" in content and _JAPANESE_ESCAPE.search(content):
            return content.decode("iso2022_jp_ext", "replace"), "A Japanese text did not name its charset."
        return content.decode("ascii"), ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_not_utf8(content, codec, declared)
    if codec in ("utf-8", "utf_8", "utf_8_sig", "utf-8-sig") or _is_decodable_multibyte(content, codec):
        return (text, "") if codec.startswith("utf") else (content.decode(codec), "")
    return text, f"The text is UTF-8 although it says {declared[:40] or 'nothing'!r}." if declared else ""


def _is_decodable_multibyte(content: bytes, codec: str) -> bool:
    """True where a multi-byte charset was declared and fits: then it is believed, though UTF-8 would fit as well."""
    if codec not in ("gb18030", "cp949", "cp950", "big5hkscs", "cp932", "euc_jp", "johab"):
        return False
    if len(content) > 200:
        return False
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _decode_special(content: bytes, codec: str, declared: str) -> tuple[str, str]:
    """Seven-bit shift charsets, and UTF-16/32, which other text never fits by chance."""
    try:
        text = content.decode(codec)
    except (UnicodeError, ValueError):
        if content.isascii() and not _WIDE.match(codec):
            return content.decode(codec, "replace"), f"The text is not wholly {declared[:40]!r}."
        return _decode_otherwise(content, declared)
    if _WIDE.match(codec) and content.isascii() and b"\x00" not in content:
        return content.decode("ascii"), f"The text is ASCII although it says {declared[:40]!r}."
    return text, ""


def _decode_otherwise(content: bytes, declared: str) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), f"The text is UTF-8 although it says {declared[:40]!r}."
    except UnicodeDecodeError:
        return _decode_not_utf8(content, "", declared)


def _decode_not_utf8(content: bytes, codec: str, declared: str) -> tuple[str, str]:
    if codec == "cp1252":
        return _as_western(content), ""
    if codec and not codec.startswith("utf"):
        try:
            return content.decode(codec), ""
        except (UnicodeError, ValueError):
            if codec.startswith(("iso8859", "cp12", "koi8", "mac")):
                return content.decode(codec, "replace"), f"A few characters are not {declared[:40]!r}."
    if _is_mostly_utf8(content):
        return content.decode("utf-8", "replace"), "A few characters are broken."
    guessed = guess_codec(content)
    said = repr(declared[:40]) if declared else "none"
    text = _as_western(content) if guessed == "cp1252" else content.decode(guessed, "replace")
    return text, f"Charset said {said}; read as {guessed}."


def _as_western(content: bytes) -> str:
    """Windows-1252 as browsers read ISO-8859-1; its five holes stay the C1 characters they are in ISO-8859-1."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(_C1_AS_WINDOWS)


def _is_mostly_utf8(content: bytes) -> bool:
    sample = content[:SAMPLE]
    high = sum(1 for byte in sample if byte >= 0x80)
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    return high >= 4 and broken * 10 <= high


def guess_codec(content: bytes) -> str:
    """The likeliest codec of a text that is not UTF-8, from a bounded sample."""
    sample = content[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    high = sum(1 for byte in sample if byte >= 0x80)
    if high < 6 or high * 30 < len(sample):
        return "cp1252"
    if cyrillic := _cyrillic(sample):
        return cyrillic
    from charset_normalizer import from_bytes

    try:
        best = from_bytes(sample, steps=3, chunk_size=512).best()
    except Exception:
        return "cp1252"
    codec = codec_of(best.encoding) if best else ""
    return codec if codec and not codec.startswith(("utf", "cp037", "cp5", "cp10", "cp11", "cp14")) else "cp1252"


def _cyrillic(sample: bytes) -> str:
    """Short Russian, which statistics guess badly: whole words of letters that stand in the upper quarter of the table.

    Most letters are small: they stand at 0xE0 and above in Windows-1251, and at 0xC0 to 0xDF in KOI8-R.
    """
    letters = [byte for byte in sample if byte >= 0x80]
    upper = sum(1 for byte in letters if byte >= 0xC0)
    if not letters or upper * 100 < len(letters) * 97 or not _WHOLE_WORD.search(sample):
        return ""
    return "cp1251" if sum(1 for byte in letters if byte >= 0xE0) * 2 > upper else "koi8_r"


_WHOLE_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xc0-\xff]{3,}(?![A-Za-z])")
_C1_AS_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
