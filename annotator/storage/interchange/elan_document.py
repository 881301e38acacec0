"""An ELAN document as it stands in its XML: its tiers, their marks, its slots, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotator.model.time import LONGEST_SECONDS
from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING
from annotator.storage.interchange.elan_names import Names
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes, excerpt
from annotator.storage.interchange.tiers import Annotation

ROOT, VOCABULARY_ROOT = "ANNOTATION_DOCUMENT", "CV_RESOURCE"
KEPT = (
    "LICENSE",
    "LINGUISTIC_TYPE",
    "LOCALE",
    "LANGUAGE",
    "CONTROLLED_VOCABULARY",
    "LEXICON_REF",
    "REF_LINK_SET",
    "EXTERNAL_REF",
)
"""Parts of a document that are kept as they stand."""

_WRAPPER = "ANNOTATION"
_ALIGNED, _REFERRING, _VALUE = "ALIGNABLE_ANNOTATION", "REF_ANNOTATION", "ANNOTATION_VALUE"
_OF_MORE = ("EXT_REF", "LANG_REF", "CVE_REF", "SVG_REF")
_USUAL_ATTRIBUTES = 3  # an id and two slots
_LONGEST_NUMBER = 12  # digits of milliseconds: 31 years
_NTSC, _PAL = "NTSC-frames", "PAL-frames"
_FRAMES = {_NTSC: (1_001_000_000, 30_000), _PAL: (1_000_000, 25)}
_KNOWN_ROOT = (
    "AUTHOR",
    "DATE",
    "FORMAT",
    "VERSION",
    "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
)


NO_SLOTS = ("", "")

Slots = Mapping[str, int | None]
"""Times in microseconds by the ids of slots; None where a slot has no time."""


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


@dataclass(slots=True)
class Document:
    """What stands in a document; slots are microseconds, None where a slot has no time."""

    attributes: Mapping[str, str]
    header: Element
    slots: dict[str, int | None]
    tiers: list[RawTier]
    parts: Mapping[str, list[Element]]
    properties: list[tuple[str, str]]
    types: Mapping[str, Mapping[str, str]]
    counted: int = 0

    def part(self, name: str) -> list[Element]:
        """Give the elements of that name below the root."""
        return self.parts.get(name, [])

    def marks(self) -> Iterator[Mark]:
        """Yield the marks of all tiers."""
        return (mark for tier in self.tiers for mark in tier.marks)


def read_document(root: Element, notes: Notes) -> Document:
    """Read what stands below the root; the elements of tiers are emptied meanwhile."""
    header = root.find("HEADER")
    if header is None:
        header = Element("HEADER")
    made = Document(
        {name.rpartition("}")[2]: value for name, value in root.attrib.items()},
        header,
        _slots(root, header.get("TIME_UNITS", ""), notes),
        [],
        {name: root.findall(name) for name in KEPT},
        [(one.get("NAME", ""), one.text or "") for one in header.iterfind("PROPERTY")],
        {one.get("LINGUISTIC_TYPE_ID", ""): one.attrib for one in root.iterfind("LINGUISTIC_TYPE")},
    )
    made.counted = _tell_root(root, notes)
    ids: set[str] = set()
    names = Names()
    for number, element in enumerate(root.iterfind("TIER"), 1):
        tier = RawTier(_tier_id(element, number, names, notes), element.attrib.copy())
        made.counted += _read_marks(element, tier, ids, made.slots, notes)
        made.tiers.append(tier)
        element.clear()
    return made


def _tell_root(root: Element, notes: Notes) -> int:
    """Tell what is strange about the file as a whole; gives how many of its parts are unknown."""
    if _KNOWN_ROOT[-1] not in root.attrib:
        notes.noticed("the file does not name its schema")
    for name in sorted(set(root.attrib) - set(_KNOWN_ROOT)):
        notes.noticed("an attribute that is not known here is kept", name.rpartition("}")[2])
    form = root.get("FORMAT", "")
    if form and form.split(".")[0] not in {"2", "3"}:
        notes.noticed(f"the file is in form {excerpt(form)}, which is not known here")
    known = {*KEPT, "HEADER", "TIME_ORDER", "TIER", "CONSTRAINT"}
    strange = [str(child.tag) for child in root if child.tag not in known]
    for name in strange:
        notes.not_carried("a part of the file that is not known here", f"element {name}")
    return len(strange)


def _slots(root: Element, units: str, notes: Notes) -> dict[str, int | None]:
    frames = _FRAMES.get(units)
    if frames:
        notes.noticed(f"times are counted in frames ({units}) and became seconds")
    elif units not in {"", "milliseconds"}:
        notes.noticed(f"times are in {excerpt(units)}, and were read as milliseconds")
    slots: dict[str, int | None] = {}
    for slot in root.iterfind("TIME_ORDER/TIME_SLOT"):
        told = slot.attrib
        name, value = told.get("TIME_SLOT_ID", ""), told.get("TIME_VALUE")
        if name in slots:
            notes.repaired("a time slot stood twice; the first is used", f"time slot {name}")
            continue
        if value is None:
            slots[name] = None
            continue
        is_usual = frames is None and value.isdecimal() and len(value) <= _LONGEST_NUMBER
        time = int(value) * 1000 if is_usual else _micros(value, frames)
        if time is None:
            notes.repaired(f"{excerpt(value)} is no time; it was left out", f"time slot {name}")
        slots[name] = time
    order = root.find("TIME_ORDER")
    if order is not None:
        order.clear()
    return slots


def _micros(value: str, frames: tuple[int, int] | None) -> int | None:
    if frames is None:
        return micros_of_millis(value)
    text = value.strip()
    if not text.lstrip("-").isdecimal() or len(text) > _LONGEST_NUMBER:
        return None
    micros = (int(text) * frames[0] + frames[1] // 2) // frames[1]
    return micros if abs(micros) < LONGEST_SECONDS * 1_000_000 else None


def _tier_id(element: Element, number: int, names: Names, notes: Notes) -> str:
    told = element.get("TIER_ID", "")
    name = names.free(told or f"tier {number}")
    if not told:
        notes.repaired("a tier has no id; it was given one", f"tier “{name}”")
    elif name != told:
        notes.repaired(f"two tiers are called “{told}”; the later was renamed", f"tier “{name}”")
    return name


def _read_marks(element: Element, tier: RawTier, ids: set[str], slots: Slots, notes: Notes) -> int:
    """Read what stands on a tier; gives how many annotations that are."""
    counted = 0
    add = tier.marks.append
    for wrapper in element:
        inner = wrapper if wrapper.tag == _WRAPPER else (wrapper,)
        count = len(inner)
        counted += count or 1
        if not count:
            notes.not_carried("an annotation is empty", f"tier “{tier.id}”")
        for one in inner:
            mark = _mark(one, tier, ids, slots, notes)
            if mark is not None:
                add(mark)
    return counted


def _mark(
    element: Element, tier: RawTier, ids: set[str], slots: Slots, notes: Notes
) -> Mark | None:
    told = element.attrib
    name = told.get("ANNOTATION_ID", "")
    place = f"annotation {name}"
    if not name or name in ids:
        name, place = "", _unnamed(name, tier, notes)
    ids.add(name)
    value = (element[0].text if len(element) == 1 else element.findtext(_VALUE)) or ""
    if element.tag == _ALIGNED:
        first, last = told.get("TIME_SLOT_REF1", ""), told.get("TIME_SLOT_REF2", "")
        start, end = slots.get(first), slots.get(last)
        more = NOTHING if len(told) <= _USUAL_ATTRIBUTES else _more(told)
        at = (first, last)
        if start is not None and end is not None:
            return Mark(start, end, value, place, name, NOTHING, NO_EXTRA, at, "", "", more, True)
        return Mark(0, 0, value, place, name, NOTHING, NO_EXTRA, at, "", "", more)
    if element.tag == _REFERRING:
        parent = told.get("ANNOTATION_REF", "")
        before = told.get("PREVIOUS_ANNOTATION", "")
        more = _more(told)
        return Mark(0, 0, value, place, name, NOTHING, NO_EXTRA, NO_SLOTS, parent, before, more)
    notes.not_carried(f"it is no annotation: {excerpt(str(element.tag))}", f"tier “{tier.id}”")
    return None


def _more(told: Mapping[str, str]) -> Mapping[str, str]:
    return {key: told[key] for key in _OF_MORE if told.get(key)} or NOTHING


def _unnamed(name: str, tier: RawTier, notes: Notes) -> str:
    """Tell of an annotation without an id of its own; gives where it is."""
    if name:
        place = f"annotation {name}"
        notes.repaired("an id stood twice; the later one was given another", place)
    else:
        place = f"tier “{tier.id}”, annotation {len(tier.marks) + 1}"
        notes.repaired("an annotation has no id; it was given one", place)
    return place
