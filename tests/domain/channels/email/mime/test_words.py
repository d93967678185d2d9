import pytest

from careline.domain.channels.email.mime.words import decode_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?utf-8?q?a_b?= =?utf-8?q?_c?=", "a b c"),
        ("=?utf-8?q?a?= and =?utf-8?q?b?=", "a and b"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LD?=\r\n =?UTF-8?B?vMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?q?Gr=FC=DFe?=", "Grüße"),
        ("=?us-ascii?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ('"=?utf-8?q?Doe=2C_Carol?="', '"Doe, Carol"'),
        ("=?utf-8?q?two words?=", "two words"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?q?really??=", "really?"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?iso-2022-jp?B?GyRCOGwbKEI=?=", "日本語"),
        ("Grüße", "Grüße"),
    ],
)
def test_reads_encoded_words_as_senders_write_them(written, read):
    assert decode_words(written) == read


@pytest.mark.parametrize("written", ["=?utf-8?q?a=0D=0ABcc:_x?=", "a\r\nBcc: x", "a\x00\x07b", "=?utf-8?b?AA0KAA==?="])
def test_never_lets_a_line_break_or_nul_through(written):
    assert not set(decode_words(written)) & set("\r\n\x00\x07")
