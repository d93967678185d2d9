"""Leaves of the MIME tree as parts: transfer encoding undone, named, with what their headers say."""

from __future__ import annotations

import re

from careline.domain.channels.email.mail import Part
from careline.domain.channels.email.mime.headers import HeaderBlock
from careline.domain.channels.email.mime.params import clean_name, read_parameters
from careline.domain.channels.email.mime.transfer import decode_transfer
from careline.domain.channels.email.mime.tree import Node, Tree
from careline.domain.channels.email.mime.words import decode_words

_FOR_OLD_PROGRAMS = re.compile(rb"multi-?part message|MIME[- ](?:format|message|encapsulated)", re.IGNORECASE)


def read_parts(raw: bytes, tree: Tree) -> tuple[list[Part], list[str]]:
    """(parts in reading order, defects). Text around the parts comes along where it says something."""
    parts: list[Part] = []
    defects: list[str] = []
    for node in tree.leaves:
        part, leftover, defect = _part(raw, node)
        parts.append(part)
        if leftover:
            parts.append(Part("text/plain", leftover, path=f"{part.path}.1", within=part.within))
        if defect:
            defects.append(defect)
    for start, end in tree.epilogues:
        defects.append("Text behind the last part was kept.")
        parts.append(Part("text/plain", raw[start:end].strip(b"\r\n"), path=f"{len(parts) + 1}"))
    if not any(part.media_type.startswith("text/") for part in parts):
        parts[:0] = _preamble(raw, tree)
    return parts, defects


def _part(raw: bytes, node: Node) -> tuple[Part, bytes, str]:
    encoding = node.block.value("Content-Transfer-Encoding") if node.block.fields else ""
    disposition, given = read_parameters(node.block.value("Content-Disposition")) if node.block.fields else ("", {})
    content, leftover, defect = decode_transfer(raw[node.start : node.end], encoding)
    name = given.get("filename") or node.params.get("name") or given.get("name") or ""
    part = Part(
        media_type=_leaf_type(node.media_type),
        content=content,
        charset=node.params.get("charset", ""),
        name=clean_name(name) if name else "",
        content_id=_content_id(node.block),
        disposition=disposition if disposition in ("inline", "attachment", "") else "attachment",
        path=node.path or "1",
        headers=[(key, decode_words(value)) for key, value in node.block.fields] if node.path else [],
        params=node.params,
        within=node.within,
    )
    return part, leftover, defect


def _leaf_type(media_type: str) -> str:
    """A multipart that could not be taken apart is read as text, so that nothing in it is lost."""
    return "text/plain" if media_type.startswith("multipart/") else media_type


def _content_id(block: HeaderBlock) -> str:
    value = block.value("Content-ID") if block.fields else ""
    return decode_words(value).strip().strip("<>").strip()[:500] if value else ""


def _preamble(raw: bytes, tree: Tree) -> list[Part]:
    """What stands before the first part: only where the mail has no other text, else it is for old programs."""
    for container in tree.containers[:1]:
        start, end = container.preamble
        content = raw[start : min(end, start + 1_000_000)].strip()
        if content and container.children and not _FOR_OLD_PROGRAMS.search(content[:500]):
            return [Part("text/plain", content, path="0")]
    return []
