"""Under which address the install is reached."""

import os
from pathlib import Path

DEFAULT = "http://127.0.0.1:8000"


def public_url(data: Path) -> str:
    """CARELINE_URL; without it where the server of this data folder listened last, for links that a command makes."""
    said = os.environ.get("CARELINE_URL")
    if said is None:
        try:
            said = (data / "address").read_text().strip()
        except (OSError, UnicodeDecodeError):
            said = ""
    return (said or DEFAULT).rstrip("/")
