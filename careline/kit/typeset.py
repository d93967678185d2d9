"""Documents as PDF, set by typst in a child process with limits on memory and time.

Fonts: what the package carries (Latin, Greek, Cyrillic; Arabic in a monospaced face), and those of the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SECONDS = 60
MEGABYTES = 1024


class CannotTypeset(Exception):
    """No document came of it; the text is one sentence."""


def pdf_of(template: Path, data: dict[str, Any], *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """The template filled with `data`, which it reads as JSON. Raises CannotTypeset."""
    asked = json.dumps(
        {"template": template.read_text("utf-8"), "data": json.dumps(data), "megabytes": megabytes, "seconds": seconds}
    )
    try:
        made = subprocess.run(
            [sys.executable, "-m", "careline.kit.typesetting"],
            input=asked.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotTypeset(f"It took longer than {seconds} s.") from None
    if made.returncode or not made.stdout.startswith(b"%PDF"):
        last = made.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it ended without a word"]
        raise CannotTypeset(f"The document could not be made ({last[0][:200]}).")
    return made.stdout
