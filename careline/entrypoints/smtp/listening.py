"""Where a mail door listens; light, because the supervisor asks it before anything else starts."""

from __future__ import annotations


class DoorStuck(Exception):
    """The door cannot be opened. The text is one sentence with the mend."""


def listen_address(text: str) -> tuple[str, int]:
    """`host:port`, `[::1]:port` or `:port` (loopback) as in CARELINE_LMTP. Raises DoorStuck."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise DoorStuck(f"{text!r} is not an address to listen on; write host:port, for example 127.0.0.1:8024.")
    return host.strip("[]") or "127.0.0.1", int(port)
