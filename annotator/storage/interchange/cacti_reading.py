"""CACTI's `.casaa` files, of all versions, as sessions: a tag where each utterance begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise

from annotator.model.codebook import RatingItem, Speaker
from annotator.model.coding import UNNAMED, Rating
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.recording import RecordingRole
from annotator.storage.interchange.cacti_config import (
    CACTI,
    Configuration,
    code_of,
    configuration_of,
)
from annotator.storage.interchange.cacti_database import MAGIC, Tables, read_tables
from annotator.storage.interchange.cacti_text import (
    TextFile,
    Utterance,
    read_globals,
    read_utterances,
)
from annotator.storage.interchange.cacti_times import id_of, read_time
from annotator.storage.interchange.drafting import (
    NO_EXTRA,
    FoundTag,
    PassDraft,
    SessionDraft,
    id_of_word,
)
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spending import spent

OWN = "ANNOTATOR"
"""The name of the attribute under which our own ids stand, which CACTI leaves alone."""

AUDIO, NOTES = "AUDIO_FILE_PATH", "GLOBAL_NOTES"
THERAPIST, CLIENT = "Therapist", "Client"
_CONFIGURATIONS = ("userConfiguration.xml", "CactiUserConfiguration.xml", "userCodes.xml")
_SPEAKERS = {"0": Speaker.THERAPIST, "1": Speaker.CLIENT}
_NO_CODE = ("", "-1")
_WHOLE_DIGITS = 9  # that SQLite surely holds
_LONGEST_NUMBER = 40  # characters
_LARGEST = 1e9


@dataclass(slots=True)
class _Reading:
    """A session in the making, and what the configuration beside and our own ids tell of it.

    `evidence` are the utterances that stand for ratings, and `tag_ids` the tags that these became.
    """

    draft: SessionDraft
    coding_pass: PassDraft
    notes: Notes
    config: Configuration
    own: Mapping[str, object] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    evidence: AbstractSet[str] = frozenset()
    tag_ids: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    counted: int = 0
    carried: int = 0


def read_casaa(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a `.casaa` or a `.globals` file, of whatever version."""
    if source.data.startswith(MAGIC):
        reading = _from_database(source, wishes, notes)
    else:
        reading = _from_text(source, wishes, notes)
    is_empty = not (reading.counted or reading.draft.codes or reading.draft.recordings)
    sessions = () if is_empty else (reading.draft.session(),)
    return Found(sessions, reading.counted, reading.carried, "utterances and ratings")


def _begun(source: Source, wishes: Wishes, notes: Notes, own: Mapping[str, object]) -> _Reading:
    title = word(own.get("title")) or source.stem
    draft = SessionDraft(word(own.get("id")) or source.stem, title, notes, wishes.now)
    coding_pass = draft.coding_pass(word(own.get("coder")) or wishes.coder)
    return _Reading(draft, coding_pass, notes, _beside(source, notes), own)


def _beside(source: Source, notes: Notes) -> Configuration:
    for name in _CONFIGURATIONS:
        data = source.beside(name)
        if not data:
            continue
        try:
            found = configuration_of(Source(name, data), Notes())
        except ForeignFileError:
            notes.noticed(f"“{name}” beside could not be read, so codes may lack their speakers")
            return Configuration()
        notes.noticed(f"whose codes are, and how ratings run, was taken from “{name}” beside")
        return found
    return Configuration()


def _from_text(source: Source, wishes: Wishes, notes: Notes) -> _Reading:
    lines = source.text(notes, wishes.encoding).lines
    reading = _begun(source, wishes, notes, {})
    if lines and lines[0].strip().lower() == "global ratings":
        _take_globals(reading, read_globals(lines, notes))
        return reading
    found = read_utterances(lines, notes)
    reading.counted += found.counted
    if found.audio:
        _add_audio(reading, found.audio)
    if any(one.start != one.end for one in found.utterances):
        told = "utterances have an end; CACTI itself keeps one moment of each since 0.30"
        notes.noticed(told)
    for one in found.utterances:
        if one.code and one.code not in reading.words:
            _add_code(reading, one.code, one.name, None)
        _add(reading, one)
    name = source.stem + ".globals"
    data = source.beside(name)
    if data:
        notes.noticed(f"ratings were taken from “{name}” beside")
        beside = Source(name, data).text(Notes()).lines
        _take_globals(reading, read_globals(beside, notes))
    return reading


def _take_globals(reading: _Reading, found: TextFile) -> None:
    reading.counted += found.counted
    if found.audio and not reading.draft.recordings:
        _add_audio(reading, found.audio)
    for name, value in found.ratings.items():
        _add_rating(reading, name, None, str(value), ())
    _keep_notes(reading, found.notes)


def _from_database(source: Source, wishes: Wishes, notes: Notes) -> _Reading:
    tables = read_tables(source, notes)
    attributes = {row[0]: row[1] for row in tables.rows["attributes"]}
    reading = _begun(source, wishes, notes, _own(attributes.pop(OWN, "")))
    _tell_numbers(tables, notes)
    _add_people(reading)
    for number, name, speaker in tables.rows["codes"]:
        _add_code(reading, number, name, _SPEAKERS.get(speaker))
    reading.counted = len(tables.rows["utterances"]) + len(tables.rows["ratings"])
    reading.evidence = {row[0] for row in tables.rows["utterances_ratings"]}
    _add_utterances(reading, tables)
    _add_ratings(reading, tables)
    audio, told = attributes.pop(AUDIO, ""), attributes.pop(NOTES, "")
    if audio:
        _add_audio(reading, audio)
    _keep_notes(reading, told)
    if attributes:
        _keep(reading, {"attributes": dict(attributes)})
    return reading


def _add_utterances(reading: _Reading, tables: Tables) -> None:
    """Add the utterances by their times, as CACTI orders them."""
    rows = tables.rows["utterances"]
    keys = ((read_time(row[1]) or 0, row[0]) for row in rows)
    if any(later < one for one, later in pairwise(keys)):
        rows.sort(key=lambda row: (read_time(row[1]) or 0, row[0]))
    for utterance_id, marker, code, note in spent(rows):
        place = f"utterance {utterance_id}"
        time = read_time(marker)
        if time is None:
            reading.notes.not_carried("the time of an utterance cannot be read", place)
        else:
            _add(reading, Utterance(time, time, code, "", place, note, utterance_id))


def _own(text: str) -> Mapping[str, object]:
    try:
        return members(json.loads(text)) if text else {}
    except (ValueError, RecursionError):
        return {}


def _tell_numbers(tables: Tables, notes: Notes) -> None:
    for (table, column), ids in tables.numbers.items():
        told = f"{column} is a number, of which the file keeps neither zeros in front nor a plus"
        for one in ids:
            notes.noticed(told, f"{table.removesuffix('s')} {one}")


def _add_people(reading: _Reading) -> None:
    ids = members(reading.own.get("people"))
    for label, role in ((THERAPIST, ParticipantRole.THERAPIST), (CLIENT, ParticipantRole.CLIENT)):
        person = word(ids.get(label)) or label
        reading.draft.participants[person] = Participant(person, role, label)


def _person(reading: _Reading, speaker: Speaker) -> str:
    label = {Speaker.THERAPIST: THERAPIST, Speaker.CLIENT: CLIENT}.get(speaker, "")
    if label and not reading.draft.participants:
        _add_people(reading)
    return word(members(reading.own.get("people")).get(label)) or label


def _whole(text: str) -> int | None:
    """Read a whole number that SQLite holds; None where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _WHOLE_DIGITS else None


def _add_code(reading: _Reading, number: str, name: str, speaker: Speaker | None) -> None:
    name = name.strip() or f"code {number}"
    ids = members(reading.own.get("codes"))
    key = word(ids.get(name)) or name
    known = reading.config.codes.get(name)
    made = known or code_of(name, _whole(number))
    told = speaker or made.speaker
    group = reading.draft.group(reading.config.panels.get(name, ""))
    reading.draft.code(key, replace(made, speaker=told, group=group))
    reading.words[number] = key
    reading.speakers[key] = told


def _add(reading: _Reading, one: Utterance) -> None:
    word_for = (one.code, "" if one.code else one.name)
    known = reading.known.get(word_for)
    if known is None:
        known = reading.known[word_for] = _found(reading, one)
    code_id, person = known
    if code_id == UNNAMED:
        reading.notes.noticed("an utterance has no code; it waits for one", one.place)
    found = FoundTag(code_id, one.start, one.end, person, one.note, one.place)
    found.extra = _kept(one)
    reading.draft.tag(reading.coding_pass, found)
    if one.id in reading.evidence:
        reading.tag_ids[one.id] = reading.coding_pass.tags[-1].id
    reading.carried += 1


def _found(reading: _Reading, one: Utterance) -> tuple[str, str]:
    """Give the code and the participant of an utterance, and of all that have its code."""
    key = reading.words.get(one.code)
    if key is None and one.code in _NO_CODE and not one.name:
        return UNNAMED, ""
    if key is None:
        key = _unknown(reading, one)
    return reading.draft.code(key), _person(reading, reading.speakers.get(key, Speaker.NONE))


def _kept(one: Utterance) -> Mapping[str, object]:
    number = _whole(one.code)
    if not one.id or one.id == id_of(one.start, -1 if number is None else number):
        return NO_EXTRA
    return {CACTI: {"id": one.id}}


def _unknown(reading: _Reading, one: Utterance) -> str:
    """Make the code of an utterance that the file does not list, or that is only named."""
    if one.name and not one.code:
        if one.name not in reading.speakers:
            known = reading.config.codes.get(one.name)
            _add_code(reading, "", one.name, known.speaker if known else None)
            del reading.words[""]
        return one.name
    told = f"there is no code with the number {one.code}; it was made"
    reading.notes.repaired(told, one.place)
    _add_code(reading, one.code, one.name, None)
    return reading.words[one.code]


def _add_ratings(reading: _Reading, tables: Tables) -> None:
    evidence: dict[str, list[str]] = {}
    for utterance, rating in tables.rows["utterances_ratings"]:
        tag_id = reading.tag_ids.get(utterance)
        if tag_id is None:
            told = "an utterance that there is not stands for a rating"
            reading.notes.noticed(told, f"utterance {utterance}")
            continue
        evidence.setdefault(rating, []).append(tag_id)
    if tables.rows["ratings"]:
        told = "a rating that was never given cannot be told from one at what it is at first"
        reading.notes.noticed(told)
    for number, name, value in tables.rows["ratings"]:
        tags = dict.fromkeys(evidence.get(number, ()))
        _add_rating(reading, name, number, value, tuple(tags))


def _add_rating(
    reading: _Reading, name: str, number: str | None, value: str, evidence: tuple[str, ...]
) -> None:
    name = name.strip()
    answer = _answer(value)
    if not name or answer is None:
        reading.notes.not_carried("a rating has no name, or no number", f"rating “{name}”")
        return
    known = reading.config.ratings.get(name)
    wanted = word(members(reading.own.get("ratings")).get(name)) or id_of_word(name)
    extra = {CACTI: {"name": name, "value": _whole(number or "")}}
    item = replace(known, id=wanted) if known else RatingItem(wanted, name, extra=extra)
    book = reading.draft.book
    if book.rating(item.id) is not None:
        reading.notes.not_carried("a rating stands twice", f"rating “{name}”")
        return
    reading.draft.book = replace(book, ratings=(*book.ratings, item))
    reading.coding_pass.ratings.append(Rating(item.id, answer, "", evidence))
    reading.carried += 1


def _answer(text: str) -> float | None:
    try:
        value = float(text) if len(text) <= _LONGEST_NUMBER else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < _LARGEST else None  # as no NaN is


def _add_audio(reading: _Reading, path: str) -> None:
    plain = path.replace("\\", "/") if path[1:3] == ":\\" or "/" not in path else path
    reading.draft.recording(plain, role=RecordingRole.SOUND, extra={CACTI: {"path": path}})


def _keep_notes(reading: _Reading, text: str) -> None:
    """Give notes to their ratings where a line begins with one's name; keep the others."""
    rest: list[str] = []
    items = {item.name: item.id for item in reading.draft.book.ratings}
    items |= {
        word(members(one.extra.get(CACTI)).get("name")): one.id
        for one in reading.draft.book.ratings
    }
    told: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, note = line.partition(": ")
        if colon and name in items and items[name] not in told:
            told[items[name]] = note
        else:
            rest.append(line)
    given = reading.coding_pass.ratings
    given[:] = [replace(one, note=told.get(one.item, "")) for one in given]
    kept = "\n".join(rest).strip()
    if kept:
        reading.notes.noticed("the notes on the whole session are kept, for CACTI alone")
        _keep(reading, {"notes": kept})


def _keep(reading: _Reading, more: Mapping[str, object]) -> None:
    old = members(reading.draft.extra.get(CACTI))
    reading.draft.extra[CACTI] = {**old, **more}
