"""An ELAN document as it stands in its XML: its tiers, their marks, its slots, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotator.storage.interchange.elan_marks import Mark, Marks, RawTier, Slots
from annotator.storage.interchange.elan_names import Names
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_streaming import Strand, stream_xml

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

_KNOWN_ROOT = (
    "AUTHOR",
    "DATE",
    "FORMAT",
    "VERSION",
    "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
)


@dataclass(slots=True)
class Document:
    """What stands in a document; slots are microseconds, None where a slot has no time."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    header: Element = field(default_factory=lambda: Element("HEADER"))
    slots: dict[str, int | None] = field(default_factory=dict)
    tiers: list[RawTier] = field(default_factory=list)
    parts: Mapping[str, list[Element]] = field(default_factory=dict)
    properties: list[tuple[str, str]] = field(default_factory=list)
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    counted: int = 0

    def part(self, name: str) -> list[Element]:
        """Give the elements of that name below the root."""
        return self.parts.get(name, [])

    def marks(self) -> Iterator[Mark]:
        """Yield the marks of all tiers."""
        return (mark for tier in self.tiers for mark in tier.marks)


def read_document(source: Source, notes: Notes) -> Document:
    """Read a document; raises ForeignFileError where it cannot be read, or is none."""
    made = Document()
    reader = _Reader(made, notes)
    root = stream_xml(source, reader.begin)
    if root.tag != ROOT:
        raise ForeignFileError(
            f"“{source.name}” is no file of ELAN: its first element is {excerpt(str(root.tag))}.",
            "Choose the .eaf file of the coding.",
        )
    reader.finish()
    header = root.find("HEADER")
    if header is not None:
        made.header = header
    made.attributes = {name.rpartition("}")[2]: value for name, value in root.attrib.items()}
    made.parts = {name: root.findall(name) for name in KEPT}
    made.properties = [
        (one.get("NAME", ""), one.text or "") for one in made.header.iterfind("PROPERTY")
    ]
    made.types = {
        one.get("LINGUISTIC_TYPE_ID", ""): one.attrib for one in made.part("LINGUISTIC_TYPE")
    }
    made.counted += _tell_root(root, notes)
    return made


class _Reader:
    """Takes the slots and the tiers of a document as they are met."""

    def __init__(self, document: Document, notes: Notes) -> None:
        self._document, self._notes = document, notes
        self._slots = Slots(document.slots, notes)
        self._marks = Marks(document.slots, notes)
        self._names = Names()
        self._is_begun = False

    def begin(self, name: str, attributes: dict[str, str]) -> Strand | None:
        """Tell who takes an element below the root."""
        if name == "HEADER" and not self._is_begun:
            self._is_begun = True
            self._slots.count_in(attributes.get("TIME_UNITS", ""))
        elif name == "TIME_ORDER":
            return self._slots
        elif name == "TIER":
            tiers = self._document.tiers
            told = attributes.get("TIER_ID", "")
            tiers.append(
                RawTier(_tier_id(told, len(tiers) + 1, self._names, self._notes), attributes)
            )
            self._marks.begin(tiers[-1])
            return self._marks
        return None

    def finish(self) -> None:
        """Take what had to wait for the whole file to be read."""
        if not self._is_begun:
            self._slots.count_in("")
        self._document.counted += self._marks.counted


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


def _tier_id(told: str, number: int, names: Names, notes: Notes) -> str:
    name = names.free(told or f"tier {number}")
    if not told:
        notes.repaired("a tier has no id; it was given one", f"tier “{name}”")
    elif name != told:
        notes.repaired(f"two tiers are called “{told}”; the later was renamed", f"tier “{name}”")
    return name
