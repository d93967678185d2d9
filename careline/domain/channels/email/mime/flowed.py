"""format=flowed (RFC 3676): lines that end in a blank go on in the next one."""

from __future__ import annotations

SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Paragraphs joined, quote marks kept once per paragraph, stuffed blanks taken away; the signature line stays."""
    if " \n" not in text and "\n " not in text and not text.startswith(" "):
        return text
    out: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        quotes = len(line) - len(bare)
        bare = bare[1:] if bare.startswith(" ") else bare
        is_signature = bare == SIGNATURE
        if pieces and (quotes != depth or is_signature):
            out.append(_quoted(pieces, depth))
            pieces = []
        depth = quotes
        is_flowed = bare.endswith(" ") and not is_signature
        pieces.append(bare[:-1] if is_flowed and delete_space else bare)
        if not is_flowed:
            out.append(_quoted(pieces, depth))
            pieces = []
    if pieces:
        out.append(_quoted(pieces, depth))
    return "\n".join(out)


def _quoted(pieces: list[str], depth: int) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth and line else ">" * depth + line
