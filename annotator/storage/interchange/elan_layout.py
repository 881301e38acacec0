"""The tiers of an ELAN document in the making, and the marks that stand on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.codebook import Attribute, Code, CodeKind
from annotator.model.session import Session
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.drafting import NOTHING, word_of
from annotator.storage.interchange.elan_frame import TierRole, labels_of, values_of
from annotator.storage.interchange.elan_names import (
    CHOICE_TYPE,
    CODE_TYPE,
    MOMENT_TYPE,
    SPEECH_TYPE,
    AnnotationIds,
    Names,
)
from annotator.storage.interchange.elan_roles import CHOICE
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.lanes import Lane, in_rows, lanes_of

Choices = tuple[str, tuple[str, ...]]
"""An attribute's name and the names of its choices."""


@dataclass(slots=True)
class Laid:
    """A mark laid on a tier, in milliseconds; `parent` is the id of the one it refers to.

    `micros` are the exact times; `code` and `choices` are those of its tag.
    """

    id: str
    start: int
    end: int
    value: str
    micros: tuple[int, int] = (0, 0)
    parent: str = ""
    previous: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    code: str = ""
    choices: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(slots=True)
class LaidTier:
    """A tier in the making: its attributes, what it is for, and its marks in order.

    `known` are marks by the ids that they had in the document they come from.
    """

    attributes: dict[str, str]
    role: TierRole
    marks: list[Laid] = field(default_factory=list)
    known: dict[str, Laid] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The tier's id."""
        return self.attributes["TIER_ID"]

    @property
    def parent(self) -> str:
        """The id of the tier that it hangs below; empty for none."""
        return self.attributes.get("PARENT_REF", "")


@dataclass(slots=True)
class Layout:
    """All tiers of a document in the making, and the vocabularies of choices by their types."""

    session: Session
    names: Names
    ids: AnnotationIds
    tiers: list[LaidTier] = field(default_factory=list)
    choices: dict[str, Choices] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Code] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def layout_of(session: Session, names: Names, ids: AnnotationIds) -> Layout:
    """Begin a layout for a session."""
    codes = {code.id: code for code in session.codebook.codes}
    labels, values = labels_of(session.participants), values_of(session.codebook.codes)
    return Layout(session, names, ids, labels=labels, codes=codes, values=values)


def lay_lanes(layout: Layout, session: Session) -> None:
    """Lay the tags of a session on tiers, one a code, coder and participant."""
    for lane in lanes_of(session):
        layout.tiers.append(_tier_of(lane, layout))


def _tier_of(lane: Lane, layout: Layout) -> LaidTier:
    attributes = {
        "LINGUISTIC_TYPE_REF": MOMENT_TYPE if lane.are_moments else CODE_TYPE,
        "TIER_ID": layout.names.free(lane.name),
        "ANNOTATOR": lane.coding_pass.coder,
    }
    if lane.participant:
        attributes["PARTICIPANT"] = layout.labels.get(lane.participant, lane.participant)
    role = TierRole(TierUse.CODE, lane.coding_pass.id, lane.word, lane.participant)
    marks = []
    for tag in lane.tags:
        start = to_millis(tag.start)
        end = max(to_millis(tag.end), start + 1)
        marks.append(Laid(tag.id, start, end, tag.note, code=tag.code, choices=tag.attributes))
    return LaidTier(attributes, role, marks)


def lay_speech(layout: Layout, transcripts: Sequence[Transcript]) -> None:
    """Lay cues on tiers, one a transcript and speaker, and more where they overlap."""
    for transcript in transcripts:
        speakers: dict[tuple[str, str], list[Cue]] = {}
        for cue in transcript.cues:
            speakers.setdefault((cue.speaker, cue.participant), []).append(cue)
        for (speaker, person), cues in speakers.items():
            for row in in_rows(cues):
                layout.tiers.append(_speech_tier(layout, transcript.id, speaker, person, row))


def _speech_tier(
    layout: Layout, transcript: str, speaker: str, person: str, cues: Sequence[Cue]
) -> LaidTier:
    label = layout.labels.get(person, person)
    attributes = {
        "LINGUISTIC_TYPE_REF": SPEECH_TYPE,
        "TIER_ID": layout.names.free(speaker or label or "transcript"),
    }
    if label or speaker:
        attributes["PARTICIPANT"] = label or speaker
    role = TierRole(TierUse.TRANSCRIPT, person=person, speaker=speaker, transcript=transcript)
    marks = []
    for cue in cues:
        start = to_millis(cue.start)
        marks.append(Laid(cue.id, start, max(to_millis(cue.end), start + 1), cue.text))
    return LaidTier(attributes, role, marks)


def give_ids(layout: Layout, tiers: Iterable[LaidTier]) -> None:
    """Give each mark of these tiers an id of its own: that of its tag or cue where it can be."""
    for tier in tiers:
        for mark in tier.marks:
            mark.id = layout.ids.reserve(mark.id) or layout.ids.next()


def lay_choices(layout: Layout) -> None:
    """Lay the choices of attributes on tiers below those of their tags."""
    for tier in list(layout.tiers):
        below: dict[str, LaidTier] = {}
        for mark in tier.marks:
            for attribute_id, choice_id in mark.choices.items():
                attribute = _attribute(layout.codes.get(mark.code), attribute_id)
                kind = _type_for(layout, attribute)
                if kind not in below:
                    below[kind] = _choice_tier(layout, tier, attribute.name, kind)
                value = next(
                    (one.name for one in attribute.choices if one.id == choice_id), choice_id
                )
                made = Laid(layout.ids.next(), mark.start, mark.end, value, parent=mark.id)
                below[kind].marks.append(made)
        layout.tiers += below.values()


def _attribute(code: Code | None, attribute_id: str) -> Attribute:
    found = code.attributes if code else ()
    return next(
        (one for one in found if one.id == attribute_id), Attribute(attribute_id, attribute_id)
    )


def _type_for(layout: Layout, attribute: Attribute) -> str:
    """Give the linguistic type of an attribute's choices; those of the same have the same."""
    wanted = (attribute.name, tuple(one.name for one in attribute.choices))
    number = 1
    while True:
        more = f" ({number})" if number > 1 else ""
        name = f"{CHOICE_TYPE}: {attribute.name}{more}"
        if layout.choices.setdefault(name, wanted) == wanted:
            return name
        number += 1


def _choice_tier(layout: Layout, tier: LaidTier, attribute: str, kind: str) -> LaidTier:
    attributes = {
        "LINGUISTIC_TYPE_REF": kind,
        "TIER_ID": layout.names.free(f"{attribute} of {tier.id}"),
        "PARENT_REF": tier.id,
    }
    for name in ("ANNOTATOR", "PARTICIPANT"):
        if name in tier.attributes:
            attributes[name] = tier.attributes[name]
    return LaidTier(attributes, TierRole(CHOICE, word=attribute))


def lay_codes(layout: Layout) -> None:
    """Lay an empty tier for each code in use, and one below it for each of its attributes."""
    for code in layout.session.codebook.codes_in_use:
        attributes = {
            "LINGUISTIC_TYPE_REF": MOMENT_TYPE if code.kind is CodeKind.POINT else CODE_TYPE,
            "TIER_ID": layout.names.free(word_of(code)),
        }
        tier = LaidTier(attributes, TierRole(TierUse.CODE, word=word_of(code)))
        layout.tiers.append(tier)
        for attribute in code.attributes:
            kind = _type_for(layout, attribute)
            layout.tiers.append(_choice_tier(layout, tier, attribute.name, kind))
