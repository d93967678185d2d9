"""The end of a mail on the wire, and the dots that are doubled so that it is not mistaken (RFC 5321, 4.5.2)."""

from __future__ import annotations

END = b"\r\n.\r\n"


class DotStream:
    """Feed it what arrives; it gives back the mail's own bytes.

    Only CR LF dot CR LF ends a mail: a reader content with a bare LF could be made to see a second, smuggled one.
    """

    def __init__(self) -> None:
        # The line before the first one ends, so to speak, with the DATA command.
        self._held = b"\r\n"
        self._skip = 2
        self.ended = False
        self.rest = b""

    def feed(self, chunk: bytes) -> bytes:
        """The mail's bytes known so far; sets `ended`, and `rest` to what came behind the end."""
        wire = self._held + chunk
        end = wire.find(END)
        if end >= 0:
            self.ended, self.rest = True, wire[end + len(END) :]
            cut = end + 2
        else:
            cut = len(wire) - _begun_end(wire)
            self._held = wire[cut:]
        mail = wire[:cut].replace(b"\r\n.", b"\r\n")
        skipped, self._skip = mail[self._skip :], max(0, self._skip - len(mail))
        return skipped


def _begun_end(wire: bytes) -> int:
    """How many bytes at the end of `wire` may be the beginning of END."""
    return next((size for size in (4, 3, 2, 1) if wire.endswith(END[:size])), 0)
