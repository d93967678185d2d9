"""Logs name no secret: a word of an address that opens something without sign-in is left out of them."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?=[/?#\s]|$)")


class WithoutTokens(logging.Filter):
    """Shortens what is as long as a token in every address that a line names."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = _short(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_short(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def _short(words: str) -> str:
    return _TOKEN.sub("…", words)
