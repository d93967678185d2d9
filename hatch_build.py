"""What the wheel needs besides what stands in the repository: the compiled words of each language."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledWords(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for written in sorted(Path(self.root, "careline/locale").glob("*/LC_MESSAGES/django.po")):
            with written.open("rb") as po, written.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        build_data["artifacts"].append("careline/locale/*/LC_MESSAGES/django.mo")
