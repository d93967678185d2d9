"""The MIME tree of a mail (RFC 2046), found in one pass over the lines that begin with two hyphens.

No recursion and no second look: each such line is compared with the boundaries that are open at that point, so the work
grows with the size of the mail and not with its depth or its number of parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from careline.domain.channels.email.mime.headers import HeaderBlock, read_headers
from careline.domain.channels.email.mime.params import media_type_of, read_parameters

MOST_LEAVES = 1_000
DEEPEST = 150
MOST_IN_VAIN = 50_000
"""Lines with two hyphens that are no delimiter, before only those that can be one are looked for."""


LONGEST_PART_HEADERS = 65_536

_LIKELY_BOUNDARY = re.compile(
    rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-[a-z\-]{2,30}:)", re.MULTILINE | re.IGNORECASE
)
_CR = 13
_LINE = re.compile(rb"[^\r\n]{0,1000}")
_DELIMITER = re.compile(rb"\n--([^\r\n]{0,1000})")


@dataclass(slots=True)
class Node:
    """A leaf, or a container with children. `start`–`end` is its body in the raw mail, without the last line break."""

    block: HeaderBlock
    media_type: str
    params: dict[str, str]
    start: int
    end: int = -1
    path: str = ""
    within: tuple[str, ...] = ()
    boundary: bytes = b""
    children: int = 0
    preamble: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Tree:
    leaves: list[Node] = field(default_factory=list)
    containers: list[Node] = field(default_factory=list)
    epilogues: list[tuple[int, int]] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def read_tree(raw: bytes, block: HeaderBlock) -> Tree:
    """Leaves in reading order. Never raises; parts beyond the limits are left in the raw mail, with a defect."""
    tree = Tree()
    root = _node(block, len(raw), path="", within=(), default="text/plain")
    if root.media_type.startswith("multipart/") and (not root.boundary or raw.find(root.boundary, root.start) < 0):
        root.boundary = _guessed_boundary(raw, root.start) or root.boundary
        tree.defects.append("The boundary between the parts is missing.")
    if not root.boundary:
        root.end = len(raw)
        tree.leaves.append(root)
        return tree
    scan = _Scan(raw, tree)
    scan.open_container(root)
    at = max(0, root.start - 2)  # the blank line's end may be the first delimiter's beginning
    while at >= 0:
        at = scan.go_on(at)
    scan.finish()
    return tree


class _Scan:
    """What is open while the raw mail is read once from top to bottom."""

    def __init__(self, raw: bytes, tree: Tree) -> None:
        self.raw = raw
        self.tree = tree
        self.open: list[Node] = []
        self.leaf: Node | None = None
        self.closed_at = -1
        self.resume = 0
        self.in_vain = 0

    def go_on(self, start: int) -> int:
        """Read until what is looked for changes: the offset to go on at, or -1 at the end."""
        has_many = self.in_vain >= MOST_IN_VAIN
        pattern = _pattern_of({node.boundary for node in self.open}) if has_many else _DELIMITER
        for found in pattern.finditer(self.raw, start):
            opened, missed = len(self.open), self.in_vain
            if not self.meet(found.group(1), at=self._line_end_before(found.start()), after=found.end()):
                return -1
            if len(self.open) != opened if has_many else (missed < self.in_vain == MOST_IN_VAIN):
                return found.end()
        return -1

    def open_container(self, node: Node) -> None:
        node.preamble = (node.start, len(self.raw))
        self.open.append(node)
        self.tree.containers.append(node)
        self.closed_at = -1

    def _line_end_before(self, at: int) -> int:
        return at - 1 if at and self.raw[at - 1] == _CR else at

    def meet(self, line: bytes, *, at: int, after: int) -> bool:
        """One line that begins with two hyphens; False when the limits are reached."""
        if at < self.resume:
            return True
        depth, is_end = self._matching(line)
        if depth < 0:
            self.in_vain += 1
            return True
        self._close_leaf(at)
        if self.closed_at >= 0:
            self._keep_epilogue(self.closed_at, at)
        for left in self.open[depth + 1 :]:
            self._leave(left, at)
        del self.open[depth + 1 :]
        container = self.open[depth]
        if container.children == 0:
            container.preamble = (container.start, at)
        self.closed_at = -1
        if is_end:
            self._leave(self.open.pop(), at)
            self.closed_at = after
            return bool(self.open)
        return self._begin_part(container, after)

    def finish(self) -> None:
        end = len(self.raw)
        self._close_leaf(end)
        if self.closed_at >= 0:
            self._keep_epilogue(self.closed_at, end)
        if self.open:
            self.tree.defects.append("The mail ends before its last part is closed.")
        for left in self.open:
            self._leave(left, end)

    def _matching(self, line: bytes) -> tuple[int, bool]:
        """(depth of the open container this line belongs to or -1, whether it closes it)."""
        line = line.rstrip(b" \t\x00")
        for depth in range(len(self.open) - 1, -1, -1):
            boundary = self.open[depth].boundary
            if line.startswith(boundary):
                rest = line[len(boundary) :]
                if not rest:
                    return depth, False
                if rest == b"--" or (rest.startswith(b"--") and not rest[2:].strip(b"- \t")):
                    return depth, True
        return -1, False

    def _begin_part(self, container: Node, after: int) -> bool:
        if len(self.tree.leaves) >= MOST_LEAVES:
            self.tree.defects.append(f"More than {MOST_LEAVES} parts; the rest is in the raw mail only.")
            self.open.clear()
            return False
        container.children += 1
        start = after + 2 if self.raw[after : after + 2] == b"\r\n" else min(after + 1, len(self.raw))
        # A delimiter inside what looks like headers ends them: a part without a blank line, or without anything.
        limit = min(start + LONGEST_PART_HEADERS, len(self.raw))
        inside = self.raw.find(b"\n--", max(0, start - 1), limit)
        if inside >= 0 and self._matching(_line_at(self.raw, inside + 3))[0] >= 0:
            limit = max(inside, start)
        block = read_headers(self.raw, start, limit)
        path = f"{container.path}.{container.children}".lstrip(".")
        default = "message/rfc822" if container.media_type == "multipart/digest" else "text/plain"
        node = _node(block, len(self.raw), path=path, within=(*container.within, container.media_type), default=default)
        self.tree.defects.extend(block.defects)
        # The delimiter that may stand right behind the headers begins with their last line break.
        self.resume = max(after, node.start - 2) if node.start > start else after
        if node.boundary and len(self.open) < DEEPEST:
            self.open_container(node)
        else:
            if node.boundary:
                self.tree.defects.append(f"Parts nested deeper than {DEEPEST} are kept unopened.")
            self.leaf = node
        return True

    def _close_leaf(self, at: int) -> None:
        if self.leaf:
            self.leaf.end = max(at, self.leaf.start)
            self.tree.leaves.append(self.leaf)
            self.leaf = None

    def _leave(self, container: Node, at: int) -> None:
        container.end = at
        if container.children == 0:
            self.tree.defects.append("A multipart without parts was read as text.")
            container.end = max(at, container.start)
            self.tree.leaves.append(container)

    def _keep_epilogue(self, start: int, end: int) -> None:
        if self.raw[start : min(end, start + 10_000)].strip(b" \t\r\n-\x00."):
            self.tree.epilogues.append((start, end))


def _node(block: HeaderBlock, end: int, *, path: str, within: tuple[str, ...], default: str) -> Node:
    head, params = read_parameters(_best_content_type(block))
    media_type = media_type_of(head, default=default)
    boundary = b""
    if media_type.startswith("multipart/"):
        boundary = params.get("boundary", "").strip().encode("utf-8", "replace")[:1000]
    return Node(block, media_type, params, block.body_start, end, path, within, boundary)


def _best_content_type(block: HeaderBlock) -> str:
    """The first; of several the first multipart with a boundary, since without it the mail falls apart."""
    values = [value for key, value in block.fields if key.lower() == "content-type"]
    if len(values) > 1:
        block.defects.append("More than one Content-Type.")
        whole = (value for value in values if value.lower().startswith("multipart/") and "boundary" in value.lower())
        return next(whole, values[0])
    return values[0] if values else ""


def _pattern_of(boundaries: set[bytes]) -> re.Pattern[bytes]:
    either = b"|".join(re.escape(boundary) for boundary in sorted(boundaries))
    return re.compile(rb"\n--((?:" + either + rb")[^\r\n]{0,1000})")


def _line_at(raw: bytes, start: int) -> bytes:
    found = _LINE.match(raw, start)
    return found.group() if found else b""


def _guessed_boundary(raw: bytes, start: int) -> bytes:
    """The first line of two hyphens and more that a header of a part follows: for a boundary no header names."""
    found = _LIKELY_BOUNDARY.search(raw, max(0, start - 2), start + 1_000_000)
    return found.group(1).rstrip(b" \t") if found else b""
