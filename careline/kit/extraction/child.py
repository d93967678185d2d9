"""The process that reads files: little memory, little time, no files of its own. Run as a module by `reader.Reader`.

In: a line of JSON {name, media_type, size, most}, then so many bytes. Out: a line of JSON {state, text}. Until the input ends.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from careline.kit.extraction.kinds import OFFICE, PDF, Unreadable, kind_of
from careline.kit.limits import limit_this_process

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 600
"""Of the whole process, which reads many files; how long one may take is watched from outside."""


def main() -> None:
    limit_this_process(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    answers = sys.stdout.buffer
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        content = sys.stdin.buffer.read(asked["size"])
        answers.write(json.dumps(_read(content, asked)).encode() + b"\n")
        answers.flush()


def _read(content: bytes, asked: dict[str, Any]) -> dict[str, str]:
    try:
        text = " ".join(_text(content, asked).split())
        return {"state": "read" if text else "empty", "text": text}
    except Unreadable as reason:
        return {"state": str(reason), "text": ""}
    except MemoryError:
        return {"state": "too_big", "text": ""}
    except (Exception, RecursionError):  # whatever a broken file makes a library do, it has no text for us
        return {"state": "broken", "text": ""}


def _text(content: bytes, asked: dict[str, Any]) -> str:
    kind = kind_of(asked["name"], asked["media_type"], begins=content[:1024])
    if kind == PDF:
        from careline.kit.extraction.pdf import text_of_pdf

        return text_of_pdf(content, most=asked["most"])
    if kind == OFFICE:
        from careline.kit.extraction.office import text_of_office

        return text_of_office(content, most=asked["most"])
    if kind:
        from careline.kit.extraction.plain import text_of_plain

        return text_of_plain(content, name=asked["name"], most=asked["most"])
    raise Unreadable("unknown")


if __name__ == "__main__":
    main()
