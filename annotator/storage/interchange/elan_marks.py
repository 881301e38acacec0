"""The slots and marks of an ELAN document, taken from its XML as they are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.time import LONGEST_SECONDS
from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes, excerpt
from annotator.storage.interchange.tiers import Annotation
from annotator.storage.interchange.xml_streaming import DEEPEST_BELOW, Strand, refuse_depth

_SLOT, _WRAPPER, _VALUE = "TIME_SLOT", "ANNOTATION", "ANNOTATION_VALUE"
_ALIGNED, _REFERRING = "ALIGNABLE_ANNOTATION", "REF_ANNOTATION"
_OF_MORE = ("EXT_REF", "LANG_REF", "CVE_REF", "SVG_REF")
_USUAL_ATTRIBUTES = 3  # an id and two slots
_LONGEST_NUMBER = 12  # digits of milliseconds: 31 years
_NTSC, _PAL = "NTSC-frames", "PAL-frames"
_FRAMES = {_NTSC: (1_001_000_000, 30_000), _PAL: (1_000_000, 25)}

NO_SLOTS, TIMED = ("", ""), ("timed", "timed")
"""In place of a mark's slots: it refers to another, or it has its times and they are not wanted."""


@dataclass(slots=True)
class Mark(Annotation):
    """What ELAN calls an annotation: its value, and between which slots or below which other.

    `more` are its further attributes; its times are those of the file once `is_timed`.
    """

    slots: tuple[str, str] = NO_SLOTS
    parent: str = ""
    previous: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    is_timed: bool = False


@dataclass(slots=True)
class RawTier:
    """A tier as it stands: its attributes, and its marks in the order of the file."""

    id: str
    attributes: Mapping[str, str]
    marks: list[Mark] = field(default_factory=list)

    @property
    def parent(self) -> str:
        """The id of the tier that it hangs below; empty for none."""
        return self.attributes.get("PARENT_REF", "")

    @property
    def type(self) -> str:
        """The id of its linguistic type."""
        return self.attributes.get("LINGUISTIC_TYPE_REF", "")


class Slots(Strand):
    """Gathers the times of slots in microseconds, None where a slot has no time.

    Until the header has told in what they are counted, they wait.
    """

    __slots__ = ("_frames", "_is_known", "_notes", "_slots", "_waiting")

    def __init__(self, slots: dict[str, int | None], notes: Notes) -> None:
        super().__init__()
        self.hear = None
        self._slots, self._notes = slots, notes
        self._frames: tuple[int, int] | None = None
        self._is_known = False
        self._waiting: list[dict[str, str]] = []

    def count_in(self, units: str) -> None:
        """Take the units that the header tells, empty for milliseconds."""
        self._frames, self._is_known = _FRAMES.get(units), True
        if self._frames:
            self._notes.noticed(f"times are counted in frames ({units}) and became seconds")
        elif units not in {"", "milliseconds"}:
            self._notes.noticed(f"times are in {excerpt(units)}, and were read as milliseconds")
        for told in self._waiting:
            self._take_unusual(told.get("TIME_SLOT_ID", ""), told.get("TIME_VALUE"))
        self._waiting.clear()

    def enter(self, name: str, told: dict[str, str], /) -> None:
        """Take a slot."""
        self.depth += 1
        if self.depth > 1:
            if self.depth > DEEPEST_BELOW:
                refuse_depth()
        elif name == _SLOT and self._is_known:
            name, value = told.get("TIME_SLOT_ID", ""), told.get("TIME_VALUE", "")
            is_usual = self._frames is None and value.isdecimal() and len(value) <= _LONGEST_NUMBER
            if is_usual and name not in self._slots:
                self._slots[name] = int(value) * 1000
            else:
                self._take_unusual(name, told.get("TIME_VALUE"))
        elif name == _SLOT:
            self._waiting.append(told)

    def _take_unusual(self, name: str, value: str | None) -> None:
        if name in self._slots:
            told_twice = "a time slot stood twice; the first is used"
            self._notes.repaired(told_twice, f"time slot {name}")
            return
        time = None if value is None else _micros(value, self._frames)
        self._slots[name] = time
        if value is not None and time is None:
            left = f"{excerpt(value)} is no time; it was left out"
            self._notes.repaired(left, f"time slot {name}")


def _micros(value: str, frames: tuple[int, int] | None) -> int | None:
    if frames is None:
        return micros_of_millis(value)
    text = value.strip()
    if not text.lstrip("-").isdecimal() or len(text) > _LONGEST_NUMBER:
        return None
    micros = (int(text) * frames[0] + frames[1] // 2) // frames[1]
    return micros if abs(micros) < LONGEST_SECONDS * 1_000_000 else None


class Marks(Strand):
    """Puts what stands on a tier onto it, mark by mark.

    `counted` is how many annotations there were so far. A mark that lies between slots whose times
    are told has these at once.
    """

    __slots__ = (
        "_are_told",
        "_at",
        "_children",
        "_has_value",
        "_ids",
        "_inner",
        "_looked_at",
        "_mark",
        "_notes",
        "_slots",
        "_text",
        "_tier",
        "counted",
    )

    def __init__(self, slots: Mapping[str, int | None], notes: Notes) -> None:
        super().__init__()
        self._slots, self._notes = slots, notes
        self._ids: set[str] = set()
        self._tier = RawTier("", {})
        self._mark: Mark | None = None
        self._at = self._inner = self._children = self.counted = 0
        self._looked_at = 0
        self._has_value = self._are_told = False
        self._text: str | None = None

    def begin(self, tier: RawTier) -> None:
        """Begin another tier."""
        self._notes.watch(0)
        self._tier = tier
        if len(self._slots) != self._looked_at:
            self._looked_at, self._are_told = len(self._slots), None not in self._slots.values()

    def enter(self, name: str, told: dict[str, str], /) -> None:
        """Take the beginning of a mark, of what wraps it, or of its value."""
        self.depth = depth = self.depth + 1
        if depth == 1 and name == _WRAPPER:
            self._at, self._inner = 2, 0
        elif depth == 1:
            self._at, self._inner = 1, 1
            self._mark = self._made(name, told)
        elif depth == self._at:
            self._inner += 1
            self._mark = self._made(name, told)
        elif depth == self._at + 1:
            self._children += 1
            self.texts.clear()
        elif depth > DEEPEST_BELOW:
            refuse_depth()
        elif depth == self._at + 2 and self._text is None:
            self._text = "".join(self.texts)  # what follows an element is no text of a value

    def leave(self, name: str, /) -> None:
        """Take the end of a mark, of what wraps it, or of its value."""
        depth = self.depth
        self.depth = depth - 1
        if depth == self._at + 1 and depth > 1:
            texts = self.texts
            mark, is_usual = self._mark, self._children == 1 and self._text is None
            if is_usual and name == _VALUE and mark is not None:
                mark.value = texts[0] if len(texts) == 1 else "".join(texts)
                self._has_value = True
            else:
                self._take_value(name)
        elif depth == 1:
            self.counted += self._inner or 1
            if not self._inner:
                self._notes.not_carried("an annotation is empty", f"tier “{self._tier.id}”")
        elif depth == 0:
            self.finish()

    def _take_value(self, name: str) -> None:
        """Take a value; where a mark has one child alone, its text is the value whatever it is."""
        text, self._text = self._text, None
        if text is None:
            text = self.texts[0] if len(self.texts) == 1 else "".join(self.texts)
        if self._mark is None or (self._has_value and self._children > 1):
            return
        self._has_value = name == _VALUE
        self._mark.value = text if self._has_value or self._children == 1 else ""

    def _made(self, kind: str, told: dict[str, str]) -> Mark | None:
        """Put a mark on the tier; None, which is told, where it is none."""
        self._children, self._has_value = 0, False
        name = told.get("ANNOTATION_ID", "")
        place = f"annotation {name}"
        if not name or name in self._ids:
            name, place = "", self._unnamed(name)
        self._ids.add(name)
        if kind == _ALIGNED:
            first, last = told.get("TIME_SLOT_REF1", ""), told.get("TIME_SLOT_REF2", "")
            start, end = self._slots.get(first), self._slots.get(last)
            mark = Mark(start or 0, end or 0, "", place, name, NOTHING, NO_EXTRA, TIMED)
            mark.is_timed = start is not None and end is not None
            if not (self._are_told and mark.is_timed):
                mark.slots = (first, last)
            if len(told) > _USUAL_ATTRIBUTES:
                mark.more = _more(told)
        elif kind == _REFERRING:
            parent, before = told.get("ANNOTATION_REF", ""), told.get("PREVIOUS_ANNOTATION", "")
            mark = Mark(0, 0, "", place, name, NOTHING, NO_EXTRA, NO_SLOTS, parent, before)
            if len(told) > _USUAL_ATTRIBUTES - (not before):
                mark.more = _more(told)
        else:
            no_mark = f"it is no annotation: {excerpt(kind)}"
            self._notes.not_carried(no_mark, f"tier “{self._tier.id}”")
            return None
        self._tier.marks.append(mark)
        return mark

    def _unnamed(self, name: str) -> str:
        """Tell of an annotation without an id of its own; gives where it is."""
        if name:
            place = f"annotation {name}"
            self._notes.repaired("an id stood twice; the later one was given another", place)
        else:
            place = f"tier “{self._tier.id}”, annotation {len(self._tier.marks) + 1}"
            self._notes.repaired("an annotation has no id; it was given one", place)
        return place


def _more(told: Mapping[str, str]) -> Mapping[str, str]:
    return {key: told[key] for key in _OF_MORE if told.get(key)} or NOTHING
