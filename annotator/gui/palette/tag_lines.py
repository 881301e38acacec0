"""The tags of a pass as lines of text that are searched at once, however many there are."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.gui.palette.ranking import folded
from annotator.model.coding import Tag
from annotator.model.time import to_clock

CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some tags, their lines one after another, and where in the text each line begins."""

    tags: Sequence[Tag]
    text: str
    starts: Sequence[int]


class TagLines:
    """Prepared little by little, so that nothing waits for it; what is ready can be searched.

    A line that was made before is kept as long as its tag stays the same.
    """

    def __init__(self) -> None:
        self._made: dict[str, str] = {}  # no pairs: so many new objects would be swept for garbage
        self._made_of: dict[str, Tag] = {}
        self._given: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._tags: Sequence[Tag] = ()
        self._chunks: list[_Chunk] = []

    @property
    def is_ready(self) -> bool:
        """Whether all tags can be searched."""
        return len(self._chunks) * CHUNK >= len(self._tags)

    def begin(self, tags: Sequence[Tag], names: Mapping[str, str]) -> None:
        """Take up other tags; `names` has what codes are searched by, by code id."""
        if names != self._given:
            self._given = names
            self._names = {code: folded(name) for code, name in names.items()}
            self._made.clear()
            self._made_of.clear()
        elif tags is self._tags:
            return
        self._tags, self._chunks = tags, []

    def go_on(self, seconds: float) -> bool:
        """Prepare for about so long, and at least a little; tell whether all is ready."""
        end = time.perf_counter() + seconds
        while not self.is_ready:
            first = len(self._chunks) * CHUNK
            self._chunks.append(self._chunk(self._tags[first : first + CHUNK]))
            if time.perf_counter() >= end:
                break
        return self.is_ready

    def find(self, query: str, most: int) -> tuple[list[Tag], bool]:
        """Give the first tags whose lines have all words of a folded query, in order of time.

        At most so many; the second value tells whether there are more.
        """
        words = sorted(query.split(), key=len, reverse=True)
        if not words:
            return [], False
        found: list[Tag] = []
        for tag in self._hits(words):
            if len(found) == most:
                return found, True
            found.append(tag)
        return found, False

    def _hits(self, words: Sequence[str]) -> Iterator[Tag]:
        first, *others = words
        for chunk in self._chunks:
            place = chunk.text.find(first)
            while place >= 0:
                at = bisect_right(chunk.starts, place) - 1
                end = chunk.starts[at + 1] if at + 1 < len(chunk.starts) else len(chunk.text)
                line = chunk.text[chunk.starts[at] : end]
                if all(word in line for word in others):
                    yield chunk.tags[at]
                place = chunk.text.find(first, end)

    def _chunk(self, tags: Sequence[Tag]) -> _Chunk:
        starts, lines, length = [], [], 0
        for tag in tags:
            line = self._line(tag)
            starts.append(length)
            lines.append(line)
            length += len(line)
        return _Chunk(tags, "".join(lines), starts)

    def _line(self, tag: Tag) -> str:
        if self._made_of.get(tag.id) is tag:
            return self._made[tag.id]
        note = folded(tag.note) if tag.note else ""
        line = f"{self._names.get(tag.code, tag.code)} {note} {to_clock(tag.start)}\n"
        self._made[tag.id], self._made_of[tag.id] = line, tag
        return line
