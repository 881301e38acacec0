"""Reads markers of OpenTimelineIO as tags: each timeline is a session, its films recordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED
from annotator.model.recording import RecordingRole
from annotator.model.session import Session
from annotator.model.time import LONGEST_SECONDS, Micros
from annotator.model.transcript import Cue, tidy
from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING, FoundTag, SessionDraft
from annotator.storage.interchange.interface import Found, TierFacts, TierUse, Wishes
from annotator.storage.interchange.json_reading import items, members, read_json, word
from annotator.storage.interchange.otio_tree import (
    COLOURS,
    ID,
    Node,
    kind_of,
    number_of,
    to_micros,
)
from annotator.storage.interchange.otio_walking import FoundMarker, Walk
from annotator.storage.interchange.own_part import (
    OWN,
    begun_from,
    finished_with,
    read_own,
    take_origin,
)
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.tiers import Annotation, Tier, use_of

_DEEPEST, _DEEPEST_KEPT, _MOST_KEPT = 20, 10, 200
_SHOWN = 8
_INFINITE = re.compile(rb"([:\[,]\s{0,99}-?)Inf(?=\s{0,99}[,\]}])")
_ALONE = frozenset({"Timeline", "Stack", "Track", "Clip"})


def read_otio(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read timelines; raises ForeignFileError where the file has none, or is broken."""
    tree = members(_parsed(source, notes))
    timelines = _timelines(tree, 0)
    if not timelines:
        raise ForeignFileError(
            f"“{source.name}” holds no timeline of OpenTimelineIO.",
            "Choose a file that a cutting program has exported as OpenTimelineIO (.otio).",
        )
    sessions: list[Session] = []
    facts: list[TierFacts] = []
    counted = carried = 0
    for number, timeline in enumerate(timelines, 1):
        session_id = f"{source.stem}-{number}" if len(timelines) > 1 else source.stem
        walk = Walk(notes)
        walk.through(timeline)
        for rate in walk.lengths.times.rounded():
            notes.noticed(f"a rate of {rate} was taken for the one of television that is meant")
        reading = _Reading(timeline, walk, wishes, notes)
        sessions.append(reading.session(session_id, source.stem))
        facts += reading.facts
        counted += walk.counted
        carried += reading.carried
    return Found(tuple(sessions), counted, carried, "markers", tuple(facts))


def _parsed(source: Source, notes: Notes) -> object:
    """Read the JSON of a file, in which OpenTimelineIO itself lets “Inf” stand for a number."""
    try:
        return read_json(source, notes)
    except ForeignFileError:
        mended = _INFINITE.sub(rb"\1Infinity", source.data)
        if mended == source.data:
            raise
        return read_json(Source(source.name, mended), notes)


def _timelines(node: Node, depth: int) -> list[Node]:
    """Find the timelines in a file; a part of one that stands alone counts as one."""
    if kind_of(node) in _ALONE:
        return [node]
    if kind_of(node) != "SerializableCollection" or depth > _DEEPEST:
        return []
    within = (members(one) for one in items(node.get("children")))
    return [found for one in within for found in _timelines(one, depth + 1)]


class _Reading:
    """Makes a session of a timeline and what stands on it."""

    def __init__(self, timeline: Node, walk: Walk, wishes: Wishes, notes: Notes) -> None:
        self._timeline, self._walk = timeline, walk
        self._wishes, self._notes = wishes, notes
        self._uses: dict[str, TierUse] = {}
        self._labels: dict[str, str] = {}
        self.facts: list[TierFacts] = []
        self.carried = 0

    def session(self, session_id: str, stem: str) -> Session:
        """Make the session; its id and title are those told where the file has none of ours."""
        mark = members(members(self._timeline.get("metadata")).get(OWN))
        own = read_own(mark.get("session"), self._notes)
        if own is not None:
            draft = begun_from(own, self._notes, self._wishes.now)
            self._labels = {one.name or one.id: one.id for one in reversed(own.codebook.codes)}
        else:
            title = " ".join(word(self._timeline.get("name")).split()) or stem
            draft = SessionDraft(session_id, title, self._notes, self._wishes.now)
            self._add_films(draft)
            self._keep_start(draft)
        self._settle()
        cues: list[Cue] = []
        for marker in self._walk.markers:
            self.carried += self._take(draft, marker, cues)
        draft.transcript(cues, source=draft.title)
        return finished_with(draft, own) if own is not None else draft.session()

    def _add_films(self, draft: SessionDraft) -> None:
        seen: set[tuple[str, int]] = set()
        for film in sorted(self._walk.films, key=lambda one: one.is_sound):
            offset, length = to_micros(film.start), to_micros(film.length)
            farthest = LONGEST_SECONDS * 1_000_000
            if (film.path, offset) in seen or max(abs(offset), abs(length)) >= farthest:
                continue
            seen.add((film.path, offset))
            role = RecordingRole.SOUND if film.is_sound else RecordingRole.ROOM
            draft.recording(film.path, offset=offset, duration=Micros(max(0, length)), role=role)

    def _keep_start(self, draft: SessionDraft) -> None:
        start = members(self._timeline.get("global_start_time"))
        if number_of(start.get("value")):
            kept = {key: word(start.get(key)) for key in ("rate", "value")}
            draft.extra[ID] = {"global_start_time": kept}
            told = "the timeline's clock does not begin at 0; times are counted from its beginning"
            self._notes.noticed(told)

    def _settle(self) -> None:
        """Decide for each track what its markers are taken for."""
        tiers: dict[str, Tier] = {}
        for one in self._walk.markers:
            if _own_of(one.raw):
                continue
            name = one.track or "markers"
            tier = tiers.setdefault(name, Tier(name))
            tier.annotations.append(Annotation(0, 0, _value(one.raw)))
        for name, tier in tiers.items():
            use = use_of(tier, self._wishes)
            is_wished = name in self._wishes.tier_uses or self._wishes.tiers is not None
            if use is TierUse.TRANSCRIPT and not is_wished:
                use = TierUse.CODE  # what editors write at length are notes
            self._uses[name] = use
            values = dict.fromkeys(one.value for one in tier.annotations if one.value)
            shown = tuple(list(values)[:_SHOWN])
            self.facts.append(TierFacts(name, len(tier.annotations), shown, use))

    def _take(self, draft: SessionDraft, marker: FoundMarker, cues: list[Cue]) -> bool:
        """Take a marker as what it is; False, which is noted, where it is left out."""
        own = _own_of(marker.raw)
        found = FoundTag(UNNAMED, marker.start, marker.end, place=marker.place)
        if own:
            self._take_own(draft, marker.raw, own, found)
            return True
        name = marker.track or "markers"
        use, value = self._uses[name], _value(marker.raw)
        note = _comment(marker.raw)
        if use is TierUse.LEAVE:
            self._notes.not_carried("a marker of a track that was left out", marker.place)
            return False
        if use is TierUse.TRANSCRIPT:
            return self._say(cues, found, tidy("\n".join(filter(None, (value, note)))))
        if use is TierUse.VALUES:
            found.code = self._code(draft, value or _colour(marker.raw), marker.raw)
            found.note = note
            if found.code == UNNAMED:
                self._notes.noticed("a marker has no name; it waits for a code", marker.place)
        else:
            found.code = self._code(draft, name, {})
            found.note = "\n".join(filter(None, (value, note)))
        found.extra = _kept(marker.raw)
        draft.tag(draft.coding_pass(self._wishes.coder), found)
        return True

    def _say(self, cues: list[Cue], found: FoundTag, text: str) -> bool:
        if not text:
            self._notes.not_carried("something was said, and there is no text", found.place)
            return False
        start, end = sorted((found.start, found.end))
        cues.append(Cue("", Micros(start), Micros(end), text))
        return True

    def _code(self, draft: SessionDraft, name: str, raw: Node) -> str:
        if not name:
            return UNNAMED
        if name in self._labels:
            return self._labels[name]
        colour = COLOURS.get(_colour(raw), "")
        self._labels[name] = made = draft.code(
            name, Code("", name, colour=colour) if colour else None
        )
        return made

    def _take_own(self, draft: SessionDraft, raw: Node, own: Node, found: FoundTag) -> None:
        """Take a marker that we have written, as it stands now."""
        name, code = word(raw.get("name")), word(own.get("code"))
        is_as_it_was = name == word(own.get("label")) and (code in draft.codes or code == UNNAMED)
        found.code = code if is_as_it_was else self._code(draft, name, raw)
        found.note = word(raw["comment"] if "comment" in raw else own.get("note"))
        found.id = word(own.get("id"))
        person = word(own.get("participant"))
        found.participant = person if person in draft.participants else ""
        chosen = members(own.get("attributes"))
        found.attributes = {key: word(one) for key, one in chosen.items()} if chosen else NOTHING
        found.created, found.modified = word(own.get("created")), word(own.get("modified"))
        take_origin(found, own)
        wanted = word(own.get("pass"))
        known = next((one for one in draft.passes if one.id == wanted), None)
        draft.tag(known or draft.coding_pass(word(own.get("coder"))), found)


def _own_of(raw: Node) -> Node:
    return members(members(raw.get("metadata")).get(OWN))


def _value(raw: Node) -> str:
    return " ".join(word(raw.get("name")).split())


def _colour(raw: Node) -> str:
    """Give the name of a marker's colour; newer files have it as an object."""
    colour = raw.get("color")
    return word(members(colour).get("name") if isinstance(colour, dict) else colour).upper()


def _comment(raw: Node) -> str:
    """Give what is written to a marker, wherever programs put it."""
    own = word(raw.get("comment"))
    if own:
        return own
    for told in (raw.get("metadata"), *members(raw.get("metadata")).values()):
        for key in ("comment", "Comment", "note", "Note"):
            text = members(told).get(key)
            if isinstance(text, str) and text:
                return text
    return ""


def _kept(raw: Node) -> Mapping[str, object]:
    """Give what is to be kept of a marker for writing it again."""
    made: dict[str, object] = {}
    if _colour(raw):
        made["color"] = _colour(raw)
    told = members(raw.get("metadata"))
    if told:
        left = [_MOST_KEPT]
        plain = _plain(told, left, 0)
        if left[0] > 0:
            made["metadata"] = plain
    return {ID: made} if made else NO_EXTRA


def _plain(value: object, left: list[int], depth: int) -> object:
    """Give a value with its decimals as text; `left` counts down how much may still be kept."""
    left[0] -= 1
    if left[0] <= 0 or depth > _DEEPEST_KEPT:
        left[0] = 0
        return None
    if isinstance(value, dict):
        return {key: _plain(one, left, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, left, depth + 1) for one in value]
    return str(value) if isinstance(value, Decimal) else value
