"""A TextGrid as it stands in a text file of Praat, in whichever of its three forms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from annotator.storage.interchange.praat_tokens import Kind, Tokens, to_micros
from annotator.storage.interchange.report import OFTEN, ForeignFileError, Notes, excerpt
from annotator.storage.interchange.tiers import Annotation

STRETCHES, MOMENTS = "IntervalTier", "TextTier"
CHRONOLOGICAL = "Praat chronological TextGrid text file"

_QUOTED = r'"([^"]*+(?:""[^"]*+)*+)"'
_NUMBER = r"[-+]?[\d.][^\s\"<]*"
_IN_COLLECTION = re.compile(
    rf'"TextGrid[^"]*"\s+(?:name\s*=\s*)?{_QUOTED}\s+(?:xmin\s*=\s*)?{_NUMBER}\s+'
    rf"(?:xmax\s*=\s*)?{_NUMBER}\s+(?:tiers\?\s*)?<"
)
_FINEST = re.compile(r"\d[.,]\d{7,}")
_MOST_TOLD = 9  # digits
MOST_TIERS = 2000


@dataclass(slots=True)
class GridTier:
    """A tier of a TextGrid: its labels that are not empty, and all its points.

    `start` and `end` are where the tier begins and ends, in microseconds.
    """

    name: str
    are_moments: bool
    start: int = 0
    end: int = 0
    labels: list[Annotation] = field(default_factory=list)
    counted: int = 0


@dataclass(slots=True)
class Grid:
    """A TextGrid, its name where it is one of several, and from when to when it goes.

    `astray` counts the labels that stand on none of its tiers.
    """

    name: str
    start: int = 0
    end: int = 0
    tiers: list[GridTier] = field(default_factory=list)
    astray: int = 0

    @property
    def counted(self) -> int:
        """How many labels stand in it."""
        return sum(tier.counted for tier in self.tiers) + self.astray


def read_grids(text: str, name: str, notes: Notes) -> list[Grid]:
    """Read the TextGrids of a text of Praat's; `name` is the file's.

    Raises ForeignFileError where there are none.
    """
    tokens = Tokens(text)
    if tokens.is_at(Kind.TEXT) and tokens.value == CHRONOLOGICAL:
        tokens.advance()
        return [_GridReader(tokens, notes).read_in_order_of_time(Grid(""))]
    if tokens.value.startswith("ooTextFile"):
        tokens.advance()
    kind = tokens.take_text() or ""
    if kind.startswith("Collection"):
        return _collected(text, tokens, notes)
    if not kind.startswith("TextGrid"):
        told = f" but {excerpt(kind)}" if kind else ""
        raise ForeignFileError(
            f"“{name}” holds no TextGrid of Praat{told}.",
            "Choose the .TextGrid file, saved by Praat as a text file.",
        )
    return [_GridReader(tokens, notes).read(Grid(""))]


def _collected(text: str, tokens: Tokens, notes: Notes) -> list[Grid]:
    told = _count(tokens)
    grids: list[Grid] = []
    line, counted = 1, 0
    for one in _IN_COLLECTION.finditer(text):
        start = one.end(1) + 1
        line, counted = line + text.count("\n", counted, start), start
        name = one[1].replace('""', '"')
        grids.append(_GridReader(Tokens(text, start, line), notes).read(Grid(name)))
    if len(grids) > 1:
        notes.noticed(f"the file holds {len(grids)} TextGrids; each became a session")
    if told > len(grids):
        others = told - len(grids)
        notes.noticed(f"objects of other kinds stand in the file and were passed over: {others}")
    return grids


def _count(tokens: Tokens) -> int:
    digits = tokens.take_number() or "0"
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_TOLD else 0


def _time(tokens: Tokens) -> int:
    return to_micros(tokens.take_number() or "0") or 0


class _GridReader:
    """Reads one TextGrid from where its times stand."""

    def __init__(self, tokens: Tokens, notes: Notes) -> None:
        self.tokens, self.notes = tokens, notes
        self._names: Counter[str] = Counter()

    def read(self, grid: Grid) -> Grid:
        """Read the long or the short form, which differ in nothing that counts."""
        tokens = self.tokens
        grid.start, grid.end = _time(tokens), _time(tokens)
        has_tiers = tokens.value != "absent"
        if tokens.is_at(Kind.FLAG):
            tokens.advance()
        told = _count(tokens) if has_tiers else 0
        while has_tiers and self._is_at_tier():
            grid.tiers.append(self._tier())
        if tokens.is_at(Kind.OPEN):
            told_so = "a quotation mark is never closed; what follows was not read"
            self.notes.noticed(told_so, tokens.line)
        elif not tokens.is_at(Kind.END) and not grid.name:
            self.notes.noticed("what follows belongs to no tier and was not read", tokens.line)
        if told != len(grid.tiers):
            self.notes.noticed(f"the file speaks of {told} tiers, and has {len(grid.tiers)}")
        return grid

    def read_in_order_of_time(self, grid: Grid) -> Grid:
        """Read the form in which each label stands after the number of its tier."""
        tokens = self.tokens
        grid.start, grid.end = _time(tokens), _time(tokens)
        told = _count(tokens)
        while len(grid.tiers) < told and self._is_at_tier():
            grid.tiers.append(self._new_tier())
        labels = _Labels(tokens, self.notes)
        while tokens.is_at(Kind.NUMBER):
            line, number = tokens.line, _count(tokens)
            if 0 < number <= len(grid.tiers):
                labels.read(grid.tiers[number - 1])
                continue
            while tokens.is_at(Kind.NUMBER):
                tokens.advance()
            tokens.advance()
            grid.astray += 1
            self.notes.not_carried("a label belongs to a tier that is not there", line)
        return grid

    def _is_at_tier(self) -> bool:
        return self.tokens.is_at(Kind.TEXT) and self.tokens.value in {STRETCHES, MOMENTS}

    def _new_tier(self) -> GridTier:
        """Read the head of a tier, up to where it ends; two of one name are told apart."""
        if len(self._names) >= MOST_TIERS:
            raise ForeignFileError(
                f"The file was not read: it has more than {MOST_TIERS:,} tiers.",
                "No program of the field writes such a file; ask where it comes from.",
            )
        are_moments = self.tokens.take_text() == MOMENTS
        line = self.tokens.line
        name = bare = self.tokens.take_text() or ""
        while name in self._names:
            self._names[bare] += 1
            name = f"{bare} ({self._names[bare]})"
        if name != bare:
            told = f"two tiers are called “{bare}”; the later was given a number"
            self.notes.repaired(told, line)
        self._names[name] = 1
        return GridTier(name, are_moments, _time(self.tokens), _time(self.tokens))

    def _tier(self) -> GridTier:
        tier = self._new_tier()
        line = self.tokens.line
        told = _count(self.tokens)
        labels = _Labels(self.tokens, self.notes)
        there = 0
        while self.tokens.is_at(Kind.NUMBER):
            there += 1
            labels.read(tier)
        if told != there:
            self.notes.noticed(f"a tier speaks of {told} labels, and has {there}", line)
        return tier


class _Labels:
    """Reads labels with their times."""

    def __init__(self, tokens: Tokens, notes: Notes) -> None:
        self.tokens, self.notes = tokens, notes
        self._last: tuple[str, int | None] = ("", None)
        self._count = 0

    def read(self, tier: GridTier) -> None:
        """Read a label onto its tier; what lacks a time or a text is told."""
        self._count += 1
        if not self._count & OFTEN - 1:
            self.notes.watch(0)
        tokens = self.tokens
        line = tokens.line
        start = self._time(line)
        end = start if tier.are_moments else self._time(line)
        is_whole = tokens.is_at(Kind.TEXT)
        label = self._label() if is_whole else ""
        if not tier.are_moments and is_whole and not label.strip():
            if label:
                self.notes.noticed("a label of blanks alone is taken for a gap", line)
            return
        tier.counted += 1
        if start is None or end is None:
            self.notes.not_carried(f"its time cannot be read: {excerpt(label)}", line)
        elif not is_whole:
            self.notes.not_carried("the file ends before the label", line)
        else:
            if start == end and not tier.are_moments:
                self.notes.noticed("an interval has no length and is taken for a moment", line)
            tier.labels.append(Annotation(start, end, label, line))

    def _time(self, line: int) -> int | None:
        number = self.tokens.take_number()
        if number is None:
            return None
        if number == self._last[0]:  # an interval begins where the last one ended
            return self._last[1]
        if "," in number:
            self.notes.repaired("a comma before the decimals was read as a point", line)
        if _FINEST.search(number):
            self.notes.repaired("times finer than a microsecond were rounded to it")
        self._last = (number, to_micros(number))
        return self._last[1]

    def _label(self) -> str:
        """Read a label; what goes on in its line after a lone quotation mark belongs to it."""
        tokens = self.tokens
        first, last, line = tokens.start, tokens.end, tokens.line
        label = tokens.take_text() or ""
        is_broken = False
        while tokens.is_at(Kind.TEXT) and tokens.value not in {STRETCHES, MOMENTS}:
            if "\n" in tokens.text[last : tokens.start]:
                break
            is_broken, last = True, tokens.end
            tokens.advance()
        if not is_broken:
            return label
        self.notes.repaired("a quotation mark within a label stood alone; it was kept", line)
        return tokens.text[first + 1 : last - 1].replace('""', '"')
