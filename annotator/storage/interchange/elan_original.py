"""The tiers that a session once had in an ELAN document, filled again with what still fits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.transcript import Cue
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.drafting import word_of
from annotator.storage.interchange.elan_frame import TierRole
from annotator.storage.interchange.elan_layout import Laid, LaidTier, Layout
from annotator.storage.interchange.elan_packed import attributes_of
from annotator.storage.interchange.elan_times import (
    ASSOCIATION,
    DIVISION,
    SUBDIVISION,
    parents_first,
)
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.json_reading import items, members, word

_OF_MORE = ("EXT_REF", "LANG_REF", "SVG_REF")


@dataclass(slots=True)
class _Candidate:
    """A tag or a cue that stood on a tier, and what was kept of how it stood there."""

    thing: Tag | Cue
    kept: Mapping[str, object]
    coding_pass: CodingPass | None = None
    transcript: str = ""


_Pair = tuple[_Candidate, Laid]


@dataclass(slots=True)
class _Original:
    """A tier as it was: its attributes, its constraint, what it was taken for, its marks."""

    id: str
    attributes: dict[str, str]
    constraint: str
    use: str
    code: str
    candidates: list[_Candidate] = field(default_factory=list)

    @property
    def parent(self) -> str:
        """The id of the tier that it hung below; empty for none."""
        return self.attributes.get("PARENT_REF", "")


def lay_originals(layout: Layout, kept: Mapping[str, object]) -> set[int]:
    """Lay what still fits on the tiers it came from; gives the `id()` of what was laid."""
    originals = _rooted({one.id: one for one in _originals(kept)})
    _gather(layout.session, originals)
    laid: dict[str, LaidTier] = {}
    placed: set[int] = set()
    for original in parents_first(originals.values()):
        tier, things = _fill(original, layout, laid.get(original.parent))
        laid[original.id] = tier
        placed |= {id(thing) for thing in things}
    layout.tiers += (laid[name] for name in originals)
    return placed


def _originals(kept: Mapping[str, object]) -> Iterator[_Original]:
    parts = members(kept.get("parts"))
    types = {}
    for packed in items(parts.get("LINGUISTIC_TYPE")):
        told = attributes_of(packed)
        types[told.get("LINGUISTIC_TYPE_ID", "")] = told.get("CONSTRAINTS", "")
    for one in items(kept.get("tiers")):
        tier = members(one)
        attributes = {key: word(value) for key, value in members(tier.get("attributes")).items()}
        name = attributes.get("TIER_ID", "")
        if name:
            constraint = types.get(attributes.get("LINGUISTIC_TYPE_REF", ""), "")
            use, code = word(tier.get("use")), word(tier.get("code"))
            yield _Original(name, attributes, constraint, use, code)


def _rooted(originals: Mapping[str, _Original]) -> dict[str, _Original]:
    """Give those tiers that hang, if below anything, below tiers that are there."""
    rooted: dict[str, _Original] = {}
    for one in parents_first(originals.values()):
        if not one.parent or one.parent in rooted:
            rooted[one.id] = one
    return {name: one for name, one in originals.items() if name in rooted}


def _gather(session: Session, originals: Mapping[str, _Original]) -> None:
    """Find the tags and cues of each tier."""
    for one in session.passes:
        for tag in one.tags:
            kept = members(tag.extra.get("elan"))
            original = originals.get(word(kept.get("tier"))) if kept else None
            if original is not None:
                original.candidates.append(_Candidate(tag, kept, one))
    for transcript in session.transcripts:
        for cue in transcript.cues:
            kept = members(cue.extra.get("elan"))
            original = originals.get(word(kept.get("tier"))) if kept else None
            if original is not None:
                original.candidates.append(_Candidate(cue, kept, None, transcript.id))


def _fill(
    original: _Original, layout: Layout, parent: LaidTier | None
) -> tuple[LaidTier, list[Tag | Cue]]:
    """Lay what fits on a tier; gives the tier, and what was laid."""
    code = layout.codes.get(original.code)
    role = TierRole(original.use, word=word_of(code) if code else "")
    tier = LaidTier(dict(original.attributes), role)
    pairs: list[_Pair] = []
    for one in original.candidates:
        laid = _laid(one, original, tier, layout, is_first=not pairs)
        if laid is not None:
            pairs.append((one, laid))
    pairs.sort(key=lambda pair: (pair[1].micros, pair[1].id))
    if original.parent:
        pairs = _below(pairs, original.constraint, parent)
    else:
        pairs = _without_overlap(pairs)
    for one, laid in pairs:
        tier.known[laid.id] = laid
        laid.id = layout.ids.reserve(laid.id) or layout.ids.next()
        tier.marks.append(laid)
        if one.kept.get("CVE_REF") and word(one.kept.get("value")) == laid.value:
            laid.more = {**laid.more, "CVE_REF": word(one.kept.get("CVE_REF"))}
    _chain(tier, original.constraint)
    return tier, [one.thing for one, _ in pairs]


def _laid(
    one: _Candidate, original: _Original, tier: LaidTier, layout: Layout, *, is_first: bool
) -> Laid | None:
    """Give a tag or cue as it stands on its tier; None where the tier cannot tell all of it."""
    thing = one.thing
    role = _role(one, original, layout)
    if is_first and role is not None and _agrees(tier, role, layout):
        tier.role = role
        if role.person:
            tier.attributes["PARTICIPANT"] = layout.labels.get(role.person, role.person)
    if role is None or role != tier.role:
        return None
    start, end = to_millis(thing.start), to_millis(thing.end)
    if thing.start < 0 or end <= start:
        return None
    more = {key: word(one.kept[key]) for key in _OF_MORE if key in one.kept}
    made = Laid(word(one.kept.get("id")) or thing.id, start, end, "", more=more)
    made.micros = (thing.start, thing.end)
    made.parent = word(one.kept.get("parent"))
    if isinstance(thing, Cue):
        made.value = thing.text
    else:
        made.value = thing.note if original.use == TierUse.CODE else _value(thing, layout)
        made.code, made.choices = thing.code, thing.attributes
    return made


def _value(tag: Tag, layout: Layout) -> str:
    return layout.values.get(tag.code, tag.code) if tag.is_named else ""


def _role(one: _Candidate, original: _Original, layout: Layout) -> TierRole | None:
    """Tell what the tier would be for if this stood on it; None where it cannot stand there."""
    thing, use = one.thing, original.use
    if isinstance(thing, Cue):
        made = TierRole(use, "", "", thing.participant, thing.speaker, one.transcript)
        return made if use == TierUse.TRANSCRIPT else None
    code = layout.codes.get(thing.code)
    coding_pass = one.coding_pass.id if one.coding_pass else ""
    if use == TierUse.CODE and code is not None and code.id == original.code:
        return TierRole(use, coding_pass, word_of(code), thing.participant)
    if use == TierUse.VALUES and not thing.note and (code is not None or not thing.is_named):
        return TierRole(use, coding_pass, "", thing.participant)
    return None


def _agrees(tier: LaidTier, role: TierRole, layout: Layout) -> bool:
    """Tell whether a tier's own words leave room for a role."""
    coder = tier.attributes.get("ANNOTATOR", "").strip()
    person = tier.attributes.get("PARTICIPANT", "").strip()
    coders = {one.id: one.coder.strip() for one in layout.session.passes}
    if coder and role.coding_pass and coders.get(role.coding_pass) != coder:
        return False
    return not person or person == layout.labels.get(role.person, role.person)


def _without_overlap(pairs: Iterable[_Pair]) -> list[_Pair]:
    free = 0
    kept = []
    for pair in pairs:
        if pair[1].start >= free and not pair[1].parent:
            kept.append(pair)
            free = pair[1].end
    return kept


def _below(pairs: list[_Pair], constraint: str, parent: LaidTier | None) -> list[_Pair]:
    """Give those marks that their parents still have room for."""
    if parent is None:
        return []
    if constraint in {ASSOCIATION, SUBDIVISION} or any(laid.parent for _, laid in pairs):
        return _referring(pairs, constraint, parent)
    groups: dict[int, list[_Pair]] = {}
    starts = [laid.start for laid in parent.marks]
    for pair in _without_overlap(pairs):
        place = bisect_right(starts, pair[1].start) - 1
        if place >= 0 and pair[1].end <= parent.marks[place].end:
            groups.setdefault(place, []).append(pair)
    return [
        pair
        for place, group in groups.items()
        if constraint != DIVISION or _tiles(group, parent.marks[place])
        for pair in group
    ]


def _tiles(group: Sequence[_Pair], parent: Laid) -> bool:
    """Tell whether marks fill their parent without a gap."""
    ends = [parent.start, *(laid.end for _, laid in group)]
    return ends[-1] == parent.end and all(
        laid.start == end for end, (_, laid) in zip(ends, group, strict=False)
    )


def _referring(pairs: Iterable[_Pair], constraint: str, parent: LaidTier) -> list[_Pair]:
    """Give marks whose parents are there, and whose times follow from theirs."""
    groups: dict[str, list[_Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair[1].parent, []).append(pair)
    kept = []
    for name, group in groups.items():
        above = parent.known.get(name)
        if above is None:
            continue
        parts = len(group) if constraint == SUBDIVISION else 1
        start, end = above.micros
        for number, pair in enumerate(group[:parts]):
            first = start + (end - start) * number // parts
            last = start + (end - start) * (number + 1) // parts
            if pair[1].micros != (first, last):
                break
        else:
            for pair in group[:parts]:
                pair[1].parent = above.id
                kept.append(pair)
    return kept


def _chain(tier: LaidTier, constraint: str) -> None:
    """Let each of the marks that divide a parent name the one before."""
    if constraint != SUBDIVISION:
        return
    before = Laid("", 0, 0, "")
    for mark in tier.marks:
        mark.previous = before.id if before.parent == mark.parent else ""
        before = mark
