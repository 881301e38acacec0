"""The parts of an ELAN document around its tiers: types, languages, vocabularies and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.storage.interchange.elan_layout import Layout
from annotator.storage.interchange.elan_packed import attributes_of, below, name_of, text_in
from annotator.storage.interchange.elan_xml import Xml
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.report import Notes, excerpt

_UNDETERMINED = {
    "LANG_ID": "und",
    "LANG_DEF": "http://cdb.iso.org/lg/CDB-00130975-001",
    "LANG_LABEL": "undetermined (und)",
}
_CONSTRAINTS = {
    "Time_Subdivision": "Time subdivision of parent annotation's time interval, "
    "no time gaps allowed within this interval",
    "Symbolic_Subdivision": "Symbolic subdivision of a parent annotation. "
    "Annotations refering to the same parent are ordered",
    "Symbolic_Association": "1-1 association with a parent annotation",
    "Included_In": "Time alignable annotations within the parent annotation's time interval, "
    "gaps are allowed",
}
_IDS = {"EXTERNAL_REF": "EXT_REF_ID", "LEXICON_REF": "LEX_REF_ID", "REF_LINK_SET": "LINK_SET_ID"}
_NAMED_BY = {
    "CONTROLLED_VOCABULARY_REF": ("CONTROLLED_VOCABULARY", "CV_ID"),
    "EXT_REF": ("EXTERNAL_REF", "EXT_REF_ID"),
    "LEXICON_REF": ("LEXICON_REF", "LEX_REF_ID"),
}
_REFERENCES = ("REF1", "REF2")


class Parts:
    """The parts that a document had when it was read, and those that ours need."""

    def __init__(self, kept: Mapping[str, object], notes: Notes) -> None:
        self._kept = members(kept.get("parts"))
        self._notes = notes
        self._there = {
            attribute: {attributes_of(one).get(name, "") for one in self._named(element)}
            for attribute, (element, name) in _NAMED_BY.items()
        }

    def ids(self) -> Iterator[str]:
        """Yield the ids that no annotation may have, since parts have them."""
        for name, attribute in _IDS.items():
            for one in self._named(name):
                yield attributes_of(one).get(attribute, "")
                for link in below(one):
                    yield attributes_of(link).get("REF_LINK_ID", "")

    def sound(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Give attributes without those that name a part that was never there."""
        lost = [
            name
            for name, there in self._there.items()
            if name in attributes
            and not set(attributes[name].split()) <= there
            and attributes[name] not in there
        ]
        for name in lost:
            told = f"{name} {excerpt(attributes[name])}"
            self._notes.noticed("what the earlier file named was never in it; it is left out", told)
        return {name: value for name, value in attributes.items() if name not in lost}

    def write_licences(self, xml: Xml) -> None:
        """Write the licences, which stand before all else."""
        self._write(xml, "LICENSE")

    def write_after_tiers(self, xml: Xml, layout: Layout) -> None:
        """Write all parts that stand below the tiers, in the schema's order."""
        self._write(xml, "LINGUISTIC_TYPE")
        self._write_types(xml, layout)
        self._write_locales(xml, layout)
        self._write_languages(xml, layout)
        for stereotype, description in _CONSTRAINTS.items():
            xml.leaf("CONSTRAINT", {"DESCRIPTION": description, "STEREOTYPE": stereotype})
        for one in self._named("CONTROLLED_VOCABULARY"):
            self._write_vocabulary(xml, one)
        _write_choices(xml, layout)
        self._write(xml, "LEXICON_REF")
        self._write_links(xml, {mark.id for tier in layout.tiers for mark in tier.marks})
        self._write(xml, "EXTERNAL_REF")

    def _named(self, name: str) -> list[object]:
        return [one for one in items(self._kept.get(name)) if name_of(one) == name]

    def _write(self, xml: Xml, name: str) -> None:
        for one in self._named(name):
            self._write_packed(xml, one)

    def _write_packed(self, xml: Xml, one: object) -> None:
        attributes = self.sound(attributes_of(one))
        inner = list(below(one))
        if not inner:
            xml.leaf(name_of(one), attributes, text_in(one))
            return
        with xml.element(name_of(one), attributes):
            for member in inner:
                self._write_packed(xml, member)

    def _write_types(self, xml: Xml, layout: Layout) -> None:
        kept = self._named("LINGUISTIC_TYPE")
        there = {attributes_of(one).get("LINGUISTIC_TYPE_ID") for one in kept}
        used = dict.fromkeys(
            tier.attributes.get("LINGUISTIC_TYPE_REF", "") for tier in layout.tiers
        )
        for name in used:
            if name in there:
                continue
            attributes = {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": name}
            if name in layout.choices:
                attributes["CONSTRAINTS"] = "Symbolic_Association"
                attributes["CONTROLLED_VOCABULARY_REF"] = name
            is_timed = name not in layout.choices
            attributes["TIME_ALIGNABLE"] = "true" if is_timed else "false"
            xml.leaf("LINGUISTIC_TYPE", attributes)

    def _write_locales(self, xml: Xml, layout: Layout) -> None:
        self._write(xml, "LOCALE")
        used = {tier.attributes.get("DEFAULT_LOCALE", "") for tier in layout.tiers} - {""}
        there = {attributes_of(one).get("LANGUAGE_CODE") for one in self._named("LOCALE")}
        for name in sorted(used - there):
            xml.leaf("LOCALE", {"LANGUAGE_CODE": name})

    def _write_languages(self, xml: Xml, layout: Layout) -> None:
        there = [attributes_of(one).get("LANG_ID", "") for one in self._named("LANGUAGE")]
        self._write(xml, "LANGUAGE")
        needed = {"und"} if layout.choices else set()
        for one in self._named("CONTROLLED_VOCABULARY"):
            needed |= set(_languages(one))
        for tier in layout.tiers:
            needed |= {tier.attributes.get("LANG_REF", "")}
            needed |= {mark.more["LANG_REF"] for mark in tier.marks if "LANG_REF" in mark.more}
        for name in sorted(needed - {"", *there}):
            xml.leaf("LANGUAGE", _UNDETERMINED if name == "und" else {"LANG_ID": name})

    def _write_vocabulary(self, xml: Xml, one: object) -> None:
        """Write a vocabulary, one of form 2.7 and before as later ones are."""
        attributes = self.sound(attributes_of(one))
        description = attributes.pop("DESCRIPTION", None)
        with xml.element("CONTROLLED_VOCABULARY", attributes):
            if description is not None:
                xml.leaf("DESCRIPTION", {"LANG_REF": "und"}, description)
            for number, entry in enumerate(below(one)):
                if name_of(entry) != "CV_ENTRY":
                    self._write_packed(xml, entry)
                    continue
                told = self.sound(attributes_of(entry))
                value = {"DESCRIPTION": told.pop("DESCRIPTION", ""), "LANG_REF": "und"}
                with xml.element("CV_ENTRY_ML", {"CVE_ID": f"cveid{number}", **told}):
                    xml.leaf("CVE_VALUE", value, text_in(entry))

    def _write_links(self, xml: Xml, there: set[str]) -> None:
        """Write the links between annotations that are still there."""
        for one in self._named("REF_LINK_SET"):
            with xml.element("REF_LINK_SET", attributes_of(one)):
                for link in below(one):
                    if set(_ends(attributes_of(link))) <= there:
                        self._write_packed(xml, link)


def _ends(link: Mapping[str, str]) -> Iterator[str]:
    for name in _REFERENCES:
        if name in link:
            yield link[name]
    yield from link.get("REFS", "").split()


def _languages(vocabulary: object) -> Iterator[str]:
    """Yield the languages that a vocabulary's texts are in; those of old forms are not told."""
    if "DESCRIPTION" in attributes_of(vocabulary):
        yield "und"
    for one in below(vocabulary):
        if name_of(one) == "CV_ENTRY":
            yield "und"
        for text in (one, *below(one)):
            if "LANG_REF" in attributes_of(text):
                yield attributes_of(text)["LANG_REF"]


def _write_choices(xml: Xml, layout: Layout) -> None:
    """Write a vocabulary for each attribute that has choices."""
    for name, (attribute, choices) in layout.choices.items():
        with xml.element("CONTROLLED_VOCABULARY", {"CV_ID": name}):
            xml.leaf("DESCRIPTION", {"LANG_REF": "und"}, attribute)
            for number, choice in enumerate(choices):
                with xml.element("CV_ENTRY_ML", {"CVE_ID": f"cveid{number}"}):
                    xml.leaf("CVE_VALUE", {"DESCRIPTION": "", "LANG_REF": "und"}, choice)
