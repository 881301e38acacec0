"""Reads ELAN documents and templates."""

from __future__ import annotations

from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING, SessionDraft
from annotator.storage.interchange.elan_document import (
    KEPT,
    ROOT,
    Document,
    Mark,
    RawTier,
    packed,
    read_document,
)
from annotator.storage.interchange.elan_media import take_media
from annotator.storage.interchange.elan_times import find_times
from annotator.storage.interchange.elan_vocabularies import Vocabulary, vocabularies_of
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers
from annotator.storage.interchange.xml_reading import read_xml


def read_elan(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read the one session of a document, or the codebook of a template."""
    root = read_xml(source)
    if root.tag != ROOT:
        raise ForeignFileError(
            f"“{source.name}” is no file of ELAN: its first element is {excerpt(str(root.tag))}.",
            "Choose the .eaf file of the coding.",
        )
    document = read_document(root, notes)
    find_times(document, notes)
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    take_media(draft, document, notes)
    vocabularies = vocabularies_of(document, source, notes)
    tiers = [_tier(tier, document, vocabularies, notes) for tier in document.tiers]
    taken = take_tiers(draft, tiers, wishes)
    draft.extra["elan"] = _kept(document, notes)
    return Found((draft.session(),), document.counted, taken.carried, "annotations", taken.facts)


def _tier(
    raw: RawTier, document: Document, vocabularies: dict[str, Vocabulary], notes: Notes
) -> Tier:
    vocabulary = _vocabulary_of(raw, document, vocabularies)
    tier = Tier(raw.id, [], raw.attributes.get("ANNOTATOR", "").strip())
    tier.participant = raw.attributes.get("PARTICIPANT", "").strip()
    tier.vocabulary = vocabulary.codes()
    extra = {"elan": {"tier": raw.id}}
    for mark in raw.marks:
        if mark.start is None or mark.end is None:
            continue
        value = _value(mark, vocabulary, notes)
        kept = extra if not _has_more(mark) else {"elan": {"tier": raw.id, **_more(mark)}}
        tier.annotations.append(
            Annotation(mark.start, mark.end, value, mark.place, mark.id, NOTHING, kept or NO_EXTRA)
        )
    return tier


def _vocabulary_of(
    raw: RawTier, document: Document, vocabularies: dict[str, Vocabulary]
) -> Vocabulary:
    kind = document.types().get(raw.type, {})
    return vocabularies.get(kind.get("CONTROLLED_VOCABULARY_REF", "")) or Vocabulary()


def _has_more(mark: Mark) -> bool:
    return bool(mark.parent or mark.more)


def _more(mark: Mark) -> dict[str, object]:
    parent = {"parent": mark.parent} if mark.parent else {}
    return {**parent, **mark.more}


def _value(mark: Mark, vocabulary: Vocabulary, notes: Notes) -> str:
    entry = mark.more.get("CVE_REF", "")
    told = vocabulary.by_id.get(entry, "") if entry else ""
    if not told or told == mark.value:
        return mark.value
    if mark.value.strip():
        notes.repaired(
            f"its value was {excerpt(mark.value)}, and its vocabulary's is another; that was taken",
            mark.place,
        )
    return told


def _kept(document: Document, notes: Notes) -> dict[str, object]:
    """Give what belongs to no tag, as it stands, for the day the file is written again."""
    parts = {
        name: [packed(one, notes) for one in document.part(name)]
        for name in KEPT
        if document.part(name)
    }
    linked = [dict(one.attrib) for one in document.header.iterfind("LINKED_FILE_DESCRIPTOR")]
    return {
        "document": dict(document.attributes),
        "units": document.header.get("TIME_UNITS", ""),
        "properties": [[name, text] for name, text in document.properties],
        "linked": linked,
        "tiers": [dict(tier.attributes) for tier in document.tiers],
        **parts,
    }
