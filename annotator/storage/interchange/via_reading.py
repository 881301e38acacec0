"""Reads the segments of time of VIA projects: each view, with its films, is a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.model.coding import UNNAMED
from annotator.model.recording import RecordingRole
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, tidy
from annotator.storage.interchange.addresses import path_of_address
from annotator.storage.interchange.drafting import UNKNOWN_CODER, FoundTag, PassDraft, SessionDraft
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.json_reading import items, members, read_json, word
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.own_part import (
    OWN,
    begun_from,
    finished_with,
    read_own,
    take_origin,
)
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.via_fields import ID, Field, Labels, Role, fields_of, settle

_IMAGE, _SOUND = 2, 8
_BY_URL, _BY_PATH = 2, 3
_TWO = 2
_MOST = 500
"""So many different things are remembered, in case they come again."""


Values = list[tuple[Field, Labels]]


@dataclass(slots=True)
class _Segment:
    """An entry of a project's metadata that marks a time; times are microseconds."""

    mid: str
    start: int
    end: int
    values: Values
    own: Mapping[str, object]


@dataclass(slots=True)
class _View:
    """A view in the making: its segments, and what is said of its films as a whole."""

    vid: str
    segments: list[_Segment] = field(default_factory=list)
    of_whole: dict[str, object] = field(default_factory=dict)


def read_via(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a project; raises ForeignFileError where it is none, or is broken."""
    tree = dict(members(read_json(source, notes, _Slimmer().slim)))
    if not members(tree.get("project")) or not isinstance(tree.get("metadata"), dict):
        raise ForeignFileError(
            f"“{source.name}” is not a project of VIA 3: it has no metadata.",
            "Choose the JSON file that VIA saves as a project; its exports are other files.",
        )
    return read_tree(tree, source, wishes, notes)


class _Slimmer:
    """Lets the entries of the metadata, of which there are many, share what is the same in them."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._own: dict[tuple[tuple[str, object], ...], object] = {}

    def slim(self, told: dict[str, object]) -> dict[str, object]:
        """Give an entry without what is empty; anything else as it is."""
        times, values = told.get("z"), told.get("av")
        if not isinstance(times, list) or not isinstance(values, dict):
            return told
        if len(times) == _TWO and times[0] == times[1]:
            times[1] = times[0]
        for aid, value in values.items():
            if isinstance(value, str) and len(self._words) < _MOST:
                values[aid] = self._words.setdefault(value, value)
            elif isinstance(value, str):
                values[aid] = self._words.get(value, value)
        own = told.get(OWN)
        if isinstance(own, dict) and all(isinstance(one, str) for one in own.values()):
            key = tuple(own.items())
            told[OWN] = self._own.get(key, own)
            if len(self._own) < _MOST:
                self._own[key] = told[OWN]
        return {key: value for key, value in told.items() if value}


def read_tree(tree: dict[str, object], source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read what stands in a project, whichever file it came from; its metadata are used up."""
    own = members(tree.get(OWN))
    fields = fields_of(tree.get("attribute"), members(own.get("attributes")))
    counted, views = _sorted_out(tree, fields, notes)
    facts = settle(fields.values(), wishes)
    taker = _Taker(source, tree, wishes, notes)
    several = len(views) > 1
    wanted = list(_worth_having(views, notes))
    sessions = tuple(taker.session(view, is_one_of_several=several) for view in wanted)
    carried = taker.carried + sum(len(view.of_whole) for view in views)
    return Found(sessions, counted, carried, "segments", facts)


def _sorted_out(
    tree: dict[str, object], fields: Mapping[str, Field], notes: Notes
) -> tuple[int, list[_View]]:
    """Give the views with their segments, and how many entries there are in all."""
    listed = [word(vid) for vid in items(members(tree.get("project")).get("vid_list"))]
    views = {vid: _View(vid) for vid in [*listed, *members(tree.get("view"))]}
    entries = dict(members(tree.pop("metadata")))
    counted = len(entries)
    for mid in notes.through(list(entries)):
        entry = members(entries.pop(mid))  # so that no more is held than is needed
        view = views.get(word(entry.get("vid")))
        if view is None:
            notes.not_carried("a segment is of a view that is not in the file", mid)
        elif list(items(entry.get("xy"))):
            notes.not_carried("a region in the picture", mid)
        else:
            _sort_in(view, mid, entry, fields, notes)
    return counted, list(views.values())


def _sort_in(
    view: _View,
    mid: str,
    entry: Mapping[str, object],
    fields: Mapping[str, Field],
    notes: Notes,
) -> None:
    times = [micros_of(one) for one in items(entry.get("z"))]
    values = members(entry.get("av"))
    if not times:
        view.of_whole[mid] = {key: word(value) for key, value in values.items()}
        notes.noticed("what is said of a whole film is kept for writing VIA again", mid)
        return
    known = [time for time in times[:_TWO] if time is not None]
    if len(known) < len(times[:_TWO]):
        notes.not_carried("a time that cannot be read", mid)
        return
    if len(times) > _TWO:
        notes.repaired("a segment has more than two times; the first two were taken", mid)
    there: Values = []
    for aid, value in values.items():
        one = fields.get(aid)
        labels = one.labels(value) if one is not None else []
        if one is None:
            notes.noticed("a value is of an attribute that is not in the file", mid)
        elif labels:
            there.append((one, labels))
            one.count += 1
            one.values += (label for _, label in labels)
            if one.is_strange(labels):
                notes.noticed(f"a value of “{one.name}” is none of its options", mid)
    view.segments.append(_Segment(mid, known[0], known[-1], there, members(entry.get(OWN))))


def _worth_having(views: list[_View], notes: Notes) -> Iterator[_View]:
    """Give the views in which there is something, or all where there is nothing in any."""
    is_any = any(view.segments or view.of_whole for view in views)
    for view in views:
        if view.segments or view.of_whole or not is_any or len(views) == 1:
            yield view
        else:
            notes.noticed("a view without segments was left out", f"view {view.vid}")


class _Taker:
    """Makes sessions of views."""

    def __init__(
        self,
        source: Source,
        tree: Mapping[str, object],
        wishes: Wishes,
        notes: Notes,
    ) -> None:
        self._source, self._tree = source, tree
        self._wishes, self._notes = wishes, notes
        self._parts = members(members(tree.get(OWN)).get("sessions"))
        self.carried = 0

    def session(self, view: _View, *, is_one_of_several: bool) -> Session:
        """Make the session of a view."""
        part = members(self._parts.get(view.vid))
        own = read_own(part.get("session"), self._notes) if part else None
        if own is not None:
            draft = begun_from(own, self._notes, self._wishes.now)
        else:
            draft = self._begun(view, is_one_of_several=is_one_of_several)
        if view.of_whole:
            kept = members(draft.extra.get(ID))
            draft.extra[ID] = {**kept, "of_whole": view.of_whole}
        spoken: dict[str, list[Cue]] = {}
        for segment in spent(view.segments):
            self._take(draft, view, segment, spoken)
        languages = [word(one) for one in items(part.get("languages"))]
        for number, key in enumerate(sorted(spoken)):
            language = languages[number] if number < len(languages) else ""
            draft.transcript(spoken[key], language=language, source=self._source.name)
        return finished_with(draft, own) if own is not None else draft.session()

    def _begun(self, view: _View, *, is_one_of_several: bool) -> SessionDraft:
        stem, project = self._source.stem, members(self._tree.get("project"))
        files = [
            members(members(self._tree.get("file")).get(word(fid)))
            for fid in items(members(members(self._tree.get("view")).get(view.vid)).get("fid_list"))
        ]
        name = " ".join(word(project.get("pname")).split()) or stem
        films = [one for one in files if one.get("type") != _IMAGE]
        title = next((word(one.get("fname")) for one in films), "") if is_one_of_several else ""
        session_id = f"{stem}-{view.vid}" if is_one_of_several else stem
        draft = SessionDraft(session_id, title or name, self._notes, self._wishes.now)
        for one in films:
            role = RecordingRole.SOUND if one.get("type") == _SOUND else RecordingRole.ROOM
            draft.recording(self._path_of(one), role=role)
        return draft

    def _path_of(self, file: Mapping[str, object]) -> str:
        name, place = word(file.get("fname")), word(file.get("src"))
        if file.get("loc") == _BY_PATH and place:
            config = members(members(self._tree.get("config")).get("file"))
            return word(members(config.get("loc_prefix")).get(str(_BY_PATH))) + place
        if file.get("loc") == _BY_URL and "://" in (name or place):
            return path_of_address(name or place)
        return name or place.rpartition("/")[2]

    def _take(
        self,
        draft: SessionDraft,
        view: _View,
        segment: _Segment,
        spoken: dict[str, list[Cue]],
    ) -> None:
        """Take a segment into a session: as tags, as what was said, or as both."""
        there: dict[Role, Values] = {}
        for one, labels in segment.values:
            there.setdefault(one.role or Role.NOTE, []).append((one, labels))
        if Role.LEFT in there and len(there) == 1:
            self._notes.not_carried("a segment of attributes that were left out", segment.mid)
            return
        self.carried += 1
        if Role.SAID in there:
            spoken.setdefault(_transcript_of(segment), []).extend(_cues(draft, segment, there))
        if Role.SAID not in there or Role.CODE in there or Role.SELF in there:
            self._tag(draft, view, segment, there)

    def _tag(
        self, draft: SessionDraft, view: _View, segment: _Segment, there: Mapping[Role, Values]
    ) -> None:
        own = segment.own
        codes = there.get(Role.CODE) or []
        selves = there.get(Role.SELF) or []
        main = codes[0][1] if codes else []
        note = _note(there.get(Role.NOTE, []) + (selves if codes else selves[1:]))
        if not codes and selves:
            note = "\n".join(filter(None, (_joined(selves[0][1]), note)))
        coding_pass = self._pass(draft, own, codes[0][0] if codes else None)
        if not codes and not selves:
            self._notes.noticed("a mark has no value; it waits for a code", segment.mid)
        for number, label in enumerate(main or [("", selves[0][0].name if selves else "")]):
            code_id = _code(draft, label, is_own=bool(own))
            found = FoundTag(code_id, segment.start, segment.end, note=note, place=segment.mid)
            chosen = codes[1:] + there.get(Role.CHOICE, [])
            if code_id != UNNAMED:
                found.attributes = dict(
                    draft.choice(code_id, one.name, _joined(labels)) for one, labels in chosen
                )
            found.participant = _person(draft, there.get(Role.PERSON, []))
            found.id = "" if number else segment.mid
            _fill_in(found, own, view.vid, is_first=not number)
            draft.tag(coding_pass, found)

    def _pass(
        self, draft: SessionDraft, own: Mapping[str, object], of_code: Field | None
    ) -> PassDraft:
        """Give the pass that a segment says it is of, else that of the attribute, else the only."""
        wanted = word(own.get("pass")) or (of_code.pass_id if of_code else "")
        for one in draft.passes:
            if wanted and one.id == wanted:
                return one
        return draft.coding_pass(self._wishes.coder or UNKNOWN_CODER)


def _transcript_of(segment: _Segment) -> str:
    return word(segment.own.get("transcript"))


def _code(draft: SessionDraft, label: tuple[str, str], *, is_own: bool) -> str:
    option, name = label
    if not name or (is_own and option == UNNAMED):
        return UNNAMED
    return option if is_own and option in draft.codes else draft.code(name)


def _person(draft: SessionDraft, people: Values) -> str:
    for _, labels in people:
        for option, name in labels:
            return option if option in draft.participants else draft.participant(name)
    return ""


def _joined(labels: Labels) -> str:
    return ", ".join(label for _, label in labels)


def _note(found: Values) -> str:
    """Put what was written into one note; a single text stands alone, several with their names."""
    if len(found) == 1:
        return _joined(found[0][1])
    return "\n".join(f"{one.name}: {_joined(labels)}" for one, labels in found)


def _fill_in(found: FoundTag, own: Mapping[str, object], vid: str, *, is_first: bool) -> None:
    """Give a tag that we have written what it had."""
    if not own:
        return
    if is_first:
        found.id = word(own.get("id")) or found.id.removeprefix(f"{vid}_")
    found.created, found.modified = word(own.get("created")), word(own.get("modified"))
    take_origin(found, own)


def _cues(draft: SessionDraft, segment: _Segment, there: Mapping[Role, Values]) -> Iterator[Cue]:
    speaker = "".join(_joined(labels) for _, labels in there.get(Role.SPEAKER, [])[:1])
    person = _person(draft, there.get(Role.PERSON, []))
    start, end = sorted((segment.start, segment.end))
    for _, labels in there[Role.SAID]:
        text = tidy(_joined(labels))
        yield Cue("", Micros(start), Micros(end), text, speaker, person)
