"""Reads Web Annotations, wherever in a file they stand: each film they are about is a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from annotator.model.recording import RecordingRole
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.addresses import path_of_address
from annotator.storage.interchange.drafting import UNKNOWN_CODER, FoundTag, SessionDraft
from annotator.storage.interchange.interface import Found, TierFacts, TierUse, Wishes
from annotator.storage.interchange.json_reading import items, members, read_json, word
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.own_part import OWN, begun_from, finished_with, read_own
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers
from annotator.storage.interchange.web_own import take_own
from annotator.storage.interchange.web_parts import (
    ID,
    OF_CODES,
    OF_SPEECH,
    Body,
    Node,
    Target,
    bodies_of,
    get,
    listed,
    name_of,
    targets_of,
    types,
)

_DEEPEST = 40
_WITHIN = ("items", "first", "next", "@graph", "resources", "annotations", "contains", "canvases")
_SOUND = frozenset({"Sound", "Audio"})


@dataclass(frozen=True, slots=True)
class Context:
    """What the collection tells of the annotations in it; `own` is our own mark on it."""

    label: str = ""
    creator: str = ""
    own: Node = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """All that a file holds: annotations with their collections, and what is known of films."""

    notes: Notes
    annotations: list[tuple[Node, Context]] = field(default_factory=list)
    lengths: dict[str, Micros] = field(default_factory=dict)
    films: dict[str, str] = field(default_factory=dict)
    sounds: set[str] = field(default_factory=set)
    is_elans: bool = False

    def walk(self, value: object, context: Context, depth: int = 0) -> Context:
        """Look for annotations in a value; gives what tells of those that follow beside it."""
        if depth > _DEEPEST:
            self.notes.noticed("a part of the file is nested too deeply and was not looked at")
            return context
        if isinstance(value, list):
            here = context
            for one in value:
                here = self.walk(one, here, depth + 1)
            return context
        node = members(value)
        if not node:
            return context
        if _is_annotation(node):
            self._take(node, context)
            return context
        within = self._context(node, context)
        for key in _WITHIN:
            if isinstance(node.get(key), dict | list):
                self.walk(node[key], within, depth + 1)
        is_bare = not any(isinstance(node.get(key), dict | list) for key in _WITHIN)
        return within if is_bare and depth else context

    def _context(self, node: Node, context: Context) -> Context:
        kinds = types(node)
        address = _without_part(word(node.get("id") or node.get("@id")))
        length = micros_of(node.get("duration"))
        if address and length is not None:
            self.lengths[address] = length
        self.is_elans = self.is_elans or {"BasicContainer", "AnnotationCollection"} <= kinds
        if not kinds & {"AnnotationCollection", "AnnotationPage", "BasicContainer"}:
            return context
        return Context(
            name_of(node.get("label")) or context.label,
            name_of(node.get("creator")) or context.creator,
            members(node.get(OWN)) or context.own,
        )

    def _take(self, node: Node, context: Context) -> None:
        motives = {word(one).rpartition(":")[2] for one in listed(get(node, "motivation"))}
        if "painting" not in motives:
            self.annotations.append((node, context))
            return
        for target in targets_of(node):  # a film put on a canvas, of which all else is told
            for body in listed(get(node, "body", "resource")):
                told = members(body)
                address = word(told.get("id") or told.get("@id"))
                if address and types(told) & ({"Video"} | _SOUND):
                    self.films.setdefault(target.source, address)
                    if types(told) & _SOUND:
                        self.sounds.add(target.source)


def _is_annotation(node: Node) -> bool:
    has_target = get(node, "target", "hasTarget", "on") is not None
    return "Annotation" in types(node) or (
        has_target and get(node, "body", "hasBody", "bodyValue", "motivation") is not None
    )


def _without_part(address: str) -> str:
    return address.partition("#")[0]


def read_annotations(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read annotations; raises ForeignFileError where the file holds none, or is broken."""
    tree = read_json(source, notes)
    gathered = Gathered(notes)
    gathered.walk(tree, Context())
    parts = [read_own(one, notes) for one in items(members(members(tree).get(OWN)).get("sessions"))]
    own = {one.id: one for one in parts if one is not None}
    if not gathered.annotations and not own:
        raise ForeignFileError(
            f"“{source.name}” holds no Web Annotations.",
            "Choose a file of annotations; a list of films alone has nothing to take.",
        )
    if gathered.is_elans:
        told = "ELAN adds the origin of the film's time to all times; they were taken as they are"
        notes.noticed(told)
    return _Reading(source, gathered, own, wishes, notes).found()


@dataclass(slots=True)
class _Film:
    """What is said of one film: the session in the making, and tiers of what has no code."""

    draft: SessionDraft
    tiers: dict[tuple[str, str, str], Tier] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)


class _Reading:
    """Makes sessions of the annotations of a file."""

    def __init__(
        self,
        source: Source,
        gathered: Gathered,
        own: Mapping[str, Session],
        wishes: Wishes,
        notes: Notes,
    ) -> None:
        self._source, self._gathered, self._own = source, gathered, own
        self._wishes, self._notes = wishes, notes
        self._films: dict[str, _Film] = {}
        self._counted = self._carried = 0

    def found(self) -> Found:
        """Make all sessions, our own before those of others."""
        ours: dict[str, list[tuple[Node, Context]]] = {one: [] for one in self._own}
        others: list[tuple[Node, Context]] = []
        for node, context in self._notes.through(self._gathered.annotations):
            ours.get(word(context.own.get("session")), others).append((node, context))
        sessions = [self._ours(self._own[key], found) for key, found in ours.items()]
        about = [list(targets_of(node)) for node, _ in others]
        is_several = len({one.source for targets in about for one in targets}) > 1
        for number, (node, context) in enumerate(self._notes.through(others), 1):
            place = word(node.get("id") or node.get("@id")) or f"annotation {number}"
            self._take((node, context), about[number - 1], place, is_several=is_several)
        facts: list[TierFacts] = []
        for film in self._films.values():
            taken = take_tiers(film.draft, list(film.tiers.values()), self._wishes)
            facts += taken.facts
            self._carried += taken.carried
            sessions.append(_with_language(film.draft.session(), film.languages))
        return Found(tuple(sessions), self._counted, self._carried, "annotations", tuple(facts))

    def _ours(self, own: Session, found: list[tuple[Node, Context]]) -> Session:
        draft = begun_from(own, self._notes, self._wishes.now)
        self._counted += len(found)
        self._carried += take_own(draft, own, ((node, context.own) for node, context in found))
        return finished_with(draft, own)

    def _take(
        self,
        found: tuple[Node, Context],
        targets: list[Target],
        place: str,
        *,
        is_several: bool,
    ) -> None:
        """Take an annotation as often as it has targets."""
        node, context = found
        bodies = list(bodies_of(node))
        if not targets:
            self._counted += 1
            self._notes.not_carried("an annotation is about nothing", place)
        for number, target in enumerate(targets):
            self._counted += 1
            if target.part.fault:
                where = "a place in the picture, and " if target.part.is_spatial else ""
                told = f"an annotation cannot be placed in time: {where}{target.part.fault}"
                self._notes.not_carried(told, place)
                continue
            if target.part.is_spatial:
                self._counted += 1
                self._notes.not_carried("a place in the picture", place)
            for repair in target.part.repairs:
                self._notes.repaired(repair, place)
            film = self._film(target, is_several=is_several)
            tag_id = "" if number else word(node.get("id") or node.get("@id"))
            start, end = self._stretch(target, place)
            made = Annotation(start, end, "", place, tag_id)
            self._place(film, node, context, bodies, made)

    def _stretch(self, target: Target, place: str) -> tuple[Micros, Micros]:
        """Give from when to when, within the film where its length is told."""
        start, end = target.part.start, target.part.end
        length = target.length or self._gathered.lengths.get(target.source)
        if end is None and length is not None and start < length:
            return start, length
        if end is None:
            told = "it lasts to the end of the film, whose length is not told; it became a moment"
            self._notes.repaired(told, place)
            return start, start
        if length is not None and start >= length:
            self._notes.noticed("it lies after the end of the film", place)
        elif length is not None and end > length:
            self._notes.repaired("it ended after the film; it ends with the film now", place)
            end = length
        return start, end

    def _place(
        self,
        film: _Film,
        node: Node,
        context: Context,
        bodies: list[Body],
        made: Annotation,
    ) -> None:
        """Make tags of an annotation with codes; put any other on the tier it seems to be of."""
        creator = name_of(get(node, "creator", "annotatedBy")) or context.creator
        coder = creator or self._wishes.coder
        codes = [one for one in bodies if one.purpose in OF_CODES]
        rest = [one for one in bodies if one.purpose not in OF_CODES]
        text = "\n".join(one.text for one in rest)
        if codes:
            self._carried += 1
            coding_pass = film.draft.coding_pass(coder or UNKNOWN_CODER)
            for number, body in enumerate(codes):
                code = film.draft.code(" ".join(body.text.split()))
                found = FoundTag(code, made.start, made.end, note=text, place=made.place)
                found.id = "" if number else made.tag_id
                found.created = word(get(node, "created", "annotatedAt"))
                found.modified = word(get(node, "modified"))
                film.draft.tag(coding_pass, found)
            return
        purpose = next((one.purpose for one in rest), "") or name_of(get(node, "motivation"))
        tier = _tier(film, context.label, coder, purpose)
        film.languages |= {one.language for one in rest if one.purpose in OF_SPEECH}
        made.value = text
        tier.annotations.append(made)

    def _film(self, target: Target, *, is_several: bool) -> _Film:
        known = self._films.get(target.source)
        if known is not None:
            return known
        address = self._gathered.films.get(target.source, target.source)
        path, stem = path_of_address(address), self._source.stem
        number = len(self._films) + 1
        title = path.rpartition("/")[2] if is_several else ""
        draft = SessionDraft(
            f"{stem}-{number}" if is_several else stem,
            title or stem,
            self._notes,
            self._wishes.now,
        )
        length = target.length or self._gathered.lengths.get(target.source) or Micros(0)
        role = RecordingRole.SOUND if target.source in self._gathered.sounds else RecordingRole.ROOM
        extra = {ID: {"source": target.source}} if "://" in target.source else {}
        draft.recording(path, duration=length, role=role, extra=extra)
        self._films[target.source] = made = _Film(draft)
        return made


def _tier(film: _Film, label: str, coder: str, purpose: str) -> Tier:
    """Give the tier for what has no code: by its collection's label, else by its purpose."""
    is_speech = purpose in OF_SPEECH
    name = label or purpose or "annotation"
    key = (name, coder, "speech" if is_speech else "")
    if key not in film.tiers:
        tier = Tier(name, coder=coder)
        if purpose == "supplementing" or (is_speech and not label):
            tier.use = TierUse.TRANSCRIPT
            tier.speaker = ""
        elif not is_speech:
            tier.use = TierUse.CODE
        film.tiers[key] = tier
    return film.tiers[key]


def _with_language(session: Session, languages: set[str]) -> Session:
    """Give the transcripts of a session their language, where all that was said has the same."""
    if len(languages) != 1:
        return session
    (language,) = languages
    told = tuple(replace(one, language=language) for one in session.transcripts)
    return replace(session, transcripts=told)
