"""The identifier of languages as a plain table, made in a process of its own: the numerical library it takes ends with it.

Run as `python -m careline.kit.language_model CODE …` it writes to stdout: the length of the head in eight bytes; the head as
JSON (`classes`; `codes`, the first of ours for each; `priors`; `parts`, each a name, a typecode and a length in bytes); then
the parts, each filled up to eight bytes. `row`, `next` and `feature` are the automaton; a part for each class, named by its
place, says how much each feature speaks for it.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Sequence
from typing import Any, BinaryIO

OURS = {"nb": "no", "iw": "he", "in": "id"}
"""Codes that the identifier calls otherwise."""


def main() -> None:
    os.nice(10)  # nobody waits for it: a server that starts has more to do
    write(sys.argv[1:], sys.stdout.buffer)


def write(allowed: Sequence[str], out: BinaryIO) -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    codes = _codes(allowed, set(whole.labels))
    parts: list[tuple[str, Any]] = []
    if codes:
        whole.set_languages(list(codes))
        parts = [
            ("next", whole.tk_nextmove),
            ("row", array("I", (row << 8 for row in whole.tk_row))),
            ("feature", array("i", whole.tk_output)),
            *((str(n), array("f", whole.nb_ptc[:, n].tolist())) for n in range(len(whole.nb_classes))),
        ]
    head = {
        "classes": whole.nb_classes if codes else [], "codes": codes, "priors": whole.nb_pc.tolist() if codes else [],
        "parts": [(name, table.typecode, len(table) * table.itemsize) for name, table in parts],
    }  # fmt: skip
    said = json.dumps(head).encode()
    said += b" " * (-len(said) % 8)
    out.write(len(said).to_bytes(8, "big") + said)
    for _, table in parts:
        out.write(table.tobytes() + b"\0" * (-len(table) * table.itemsize % 8))
    out.flush()


def _codes(allowed: Sequence[str], known: set[str]) -> dict[str, str]:
    """For each language that the identifier knows, the first of `allowed` that means it."""
    codes: dict[str, str] = {}
    for code in allowed:
        base = code.replace("_", "-").lower().partition("-")[0]
        base = OURS.get(base, base) if base not in known else base
        if base in known:
            codes.setdefault(base, code)
    return codes


if __name__ == "__main__":
    main()
