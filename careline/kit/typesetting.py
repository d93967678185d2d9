"""The child process behind typeset.py: reads a template and its data, writes the PDF."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path


def main() -> int:
    asked = json.load(sys.stdin.buffer)
    room = asked["megabytes"] << 20
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    import typst

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.typ"
        page.write_text(asked["template"], "utf-8")
        made = typst.compile(str(page), root=folder, sys_inputs={"data": asked["data"]})
    sys.stdout.buffer.write(made if isinstance(made, bytes) else b"".join(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
