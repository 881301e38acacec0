"""Writes ELAN documents and templates, in form 3.0."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.transcript import Cue
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.elan_frame import properties_of
from annotator.storage.interchange.elan_kept import COUNTED, URN
from annotator.storage.interchange.elan_layout import (
    LaidTier,
    Layout,
    give_ids,
    lay_choices,
    lay_codes,
    lay_lanes,
    lay_speech,
    layout_of,
)
from annotator.storage.interchange.elan_media import descriptors
from annotator.storage.interchange.elan_names import AnnotationIds, Names
from annotator.storage.interchange.elan_original import lay_originals
from annotator.storage.interchange.elan_packed import attributes_of
from annotator.storage.interchange.elan_parts import Parts
from annotator.storage.interchange.elan_timeline import lay_slots
from annotator.storage.interchange.elan_xml import Xml, opened
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_NO_DATE = "1970-01-01T00:00:00Z"
_LATEST = 2**32 - 1  # milliseconds, as the schema has it
_URN = "urn:nl-mpi-tools-elan-eaf:"
_COUNT_DIGITS = 15  # more than any file needs


def write_elan(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
    """Write a session as a document: what came from one on its old tiers, the rest on new ones."""
    session = _within(sessions[0], notes)
    kept = members(session.extra.get("elan"))
    parts = Parts(kept, notes)
    names = Names(_tier_ids(kept))
    layout = layout_of(session, names, AnnotationIds(parts.ids()))
    placed = lay_originals(layout, kept)
    begun = len(layout.tiers)
    # those that have a place already are told by `id()`
    rest = _only(session, lambda one: id(one) not in placed) if placed else session
    lay_lanes(layout, rest)
    lay_speech(layout, rest.transcripts)
    give_ids(layout, layout.tiers[begun:])
    lay_choices(layout)
    xml = _begun(session, kept, parts, wishes)
    with xml.element("HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}):
        _write_header(xml, session, kept, layout)
    _write_marks(xml, layout, kept, parts)
    parts.write_after_tiers(xml, layout)
    return xml.bytes()


def write_template(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
    """Write a session's codebook as a template: an empty tier for each code in use."""
    notes.noticed("a template has the codebook alone; people, films and tags are not in it")
    session = replace(
        sessions[0],
        recordings=(),
        participants=(),
        passes=(),
        unblindings=(),
        transcripts=(),
        excluded=(),
        extra={},
    )
    layout = layout_of(session, Names(), AnnotationIds())
    lay_codes(layout)
    parts = Parts({}, notes)
    xml = _begun(session, {}, parts, wishes)
    roles = {tier.id: tier.role for tier in layout.tiers}
    with xml.element("HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"}):
        for name, text in properties_of(session, roles):
            xml.leaf("PROPERTY", {"NAME": name}, text)
    _write_marks(xml, layout, {}, parts)
    parts.write_after_tiers(xml, layout)
    return xml.bytes()


def _within(session: Session, notes: Notes) -> Session:
    """Give a session without what lies where ELAN has no time; each is told."""

    def fits(one: Tag | Cue) -> bool:
        return to_millis(one.end) < _LATEST and one.start >= 0

    if any(not fits(tag) for one in session.passes for tag in one.tags):
        notes.noticed("ELAN has no times before 0; tags that begin there were left out")
    return _only(session, fits)


def _only(session: Session, wanted: Callable[[Tag | Cue], bool]) -> Session:
    """Give a session with no tags and cues but these."""
    return replace(
        session,
        passes=tuple(replace(one, tags=tuple(filter(wanted, one.tags))) for one in session.passes),
        transcripts=tuple(
            replace(one, cues=tuple(filter(wanted, one.cues))) for one in session.transcripts
        ),
    )


def _tier_ids(kept: Mapping[str, object]) -> list[str]:
    attributes = (members(members(one).get("attributes")) for one in items(kept.get("tiers")))
    return [word(one.get("TIER_ID")) for one in attributes]


def _begun(session: Session, kept: Mapping[str, object], parts: Parts, wishes: Wishes) -> Xml:
    document = members(kept.get("document"))
    started = [one.started for one in session.passes]
    dates = [wishes.now, word(document.get("DATE")), *started]
    date = next((one for one in dates if _DATE.fullmatch(one)), _NO_DATE)
    xml = opened(word(document.get("AUTHOR")), date)
    parts.write_licences(xml)
    return xml


def _write_header(xml: Xml, session: Session, kept: Mapping[str, object], layout: Layout) -> None:
    for attributes in descriptors(session.recordings):
        xml.leaf("MEDIA_DESCRIPTOR", attributes)
    for one in items(kept.get("linked")):
        linked = {key: word(value) for key, value in members(one).items()}
        xml.leaf("LINKED_FILE_DESCRIPTOR", linked)
    properties = list(_properties(kept))
    if not any(name == URN for name, _ in properties):
        urn = _URN + str(uuid5(NAMESPACE_URL, f"annotator:{session.id}"))
        properties.insert(0, (URN, urn))
    counted = [text for name, text in properties if name == COUNTED]
    highest = max([layout.ids.highest, *(int(text) for text in counted if _is_count(text))])
    others = [one for one in properties if one[0] != COUNTED]
    roles = {tier.id: tier.role for tier in layout.tiers if tier.role.use}
    for name, text in [*others, (COUNTED, str(highest)), *properties_of(session, roles)]:
        xml.leaf("PROPERTY", {"NAME": name}, text)


def _properties(kept: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for pair in items(kept.get("properties")):
        match pair:
            case [name, text]:
                yield word(name), word(text)


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) <= _COUNT_DIGITS


def _write_marks(xml: Xml, layout: Layout, kept: Mapping[str, object], parts: Parts) -> None:
    """Write the time slots, and the tiers with what stands on them."""
    divisions = _divisions(kept)
    timeline = lay_slots(layout.tiers, divisions)
    with xml.element("TIME_ORDER", {}):
        for number, millis in enumerate(timeline.times, 1):
            xml.line(f'<TIME_SLOT TIME_SLOT_ID="ts{number}" TIME_VALUE="{millis}"/>')
    for tier in layout.tiers:
        with xml.element("TIER", parts.sound(tier.attributes)):
            _write_tier(xml, tier, timeline.slots, parts)


def _write_tier(
    xml: Xml, tier: LaidTier, slots: Mapping[str, tuple[int, int]], parts: Parts
) -> None:
    for mark in tier.marks:
        attributes = {"ANNOTATION_ID": mark.id}
        name = "REF_ANNOTATION"
        if mark.parent:
            attributes["ANNOTATION_REF"] = mark.parent
            if mark.previous:
                attributes["PREVIOUS_ANNOTATION"] = mark.previous
        else:
            first, last = slots[mark.id]
            name = "ALIGNABLE_ANNOTATION"
            attributes |= {"TIME_SLOT_REF1": f"ts{first}", "TIME_SLOT_REF2": f"ts{last}"}
        if mark.more:
            attributes |= parts.sound(mark.more)
        with xml.element("ANNOTATION", {}), xml.element(name, attributes):
            xml.leaf("ANNOTATION_VALUE", {}, mark.value)


def _divisions(kept: Mapping[str, object]) -> set[str]:
    """Give the linguistic types whose tiers divide the time of others."""
    types = items(members(kept.get("parts")).get("LINGUISTIC_TYPE"))
    told = [attributes_of(one) for one in types]
    return {
        one.get("LINGUISTIC_TYPE_ID", "")
        for one in told
        if one.get("CONSTRAINTS") == "Time_Subdivision"
    }
