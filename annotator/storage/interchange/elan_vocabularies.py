"""The controlled vocabularies of ELAN documents, their own and those in files beside them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from annotator.model.codebook import Code
from annotator.storage.interchange.addresses import name_in
from annotator.storage.interchange.elan_document import VOCABULARY_ROOT, Document
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import read_xml


@dataclass(slots=True)
class Vocabulary:
    """The values of a vocabulary, with what they mean, and the value that each entry's id has."""

    meanings: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)

    def codes(self, wanted: Container[str] | None = None) -> Mapping[str, Code]:
        """Give what is known of each value as a code; of those wanted, None being all."""
        return {
            value: Code("", "", definition=told)
            for value, told in self.meanings.items()
            if wanted is None or value in wanted
        }


def vocabularies_of(document: Document, source: Source, notes: Notes) -> dict[str, Vocabulary]:
    """Read all vocabularies by their ids; those kept elsewhere from files of that name beside."""
    places = {
        one.get("EXT_REF_ID", ""): one.get("VALUE", "") for one in document.part("EXTERNAL_REF")
    }
    opened: dict[str, dict[str, Vocabulary]] = {}
    found = {}
    for element in document.part("CONTROLLED_VOCABULARY"):
        name = element.get("CV_ID", "")
        own = _read(element)
        place = places.get(element.get("EXT_REF", ""), "")
        if place and not own.meanings:
            if place not in opened:
                opened[place] = _beside(place, source, notes)
            own = opened[place].get(name, own)
        found[name] = own
    return found


def _beside(place: str, source: Source, notes: Notes) -> dict[str, Vocabulary]:
    name = unquote(name_in(place))
    data = source.beside(name) if name else None
    if data is None:
        told = "an external vocabulary is not beside the file; values were taken as they stand"
        notes.noticed(told, excerpt(name or place))
        return {}
    try:
        root = read_xml(Source(name, data))
    except ForeignFileError as broken:
        notes.noticed(f"an external vocabulary cannot be read: {broken}", excerpt(name))
        return {}
    if root.tag != VOCABULARY_ROOT:
        notes.noticed("what is beside the file is no vocabulary", excerpt(name))
    return {one.get("CV_ID", ""): _read(one) for one in root.iterfind("CONTROLLED_VOCABULARY")}


def _read(element: Element) -> Vocabulary:
    made = Vocabulary()
    for entry in element:
        value, meaning = _first(entry)
        if value:
            made.meanings.setdefault(value, meaning)
            if cve := entry.get("CVE_ID"):
                made.by_id[cve] = value
    return made


def _first(entry: Element) -> tuple[str, str]:
    """Give an entry's value and meaning, in the first of its languages where it has several."""
    forms: Iterable[Element] = ()
    if entry.tag == "CV_ENTRY":
        forms = (entry,)
    elif entry.tag == "CV_ENTRY_ML":
        forms = entry.iterfind("CVE_VALUE")
    told = [((one.text or "").strip(), one.get("DESCRIPTION", "")) for one in forms]
    return next((pair for pair in told if pair[0]), ("", ""))
