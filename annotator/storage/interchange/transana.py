"""Transana's XML: clips and their keywords as tags, time-coded transcripts as what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.cue_making import Draft, Line, make_cues
from annotator.storage.interchange.drafting import FoundTag, SessionDraft
from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.transana_records import (
    Database,
    Passage,
    Record,
    number_of,
    passages,
    read_database,
)
from annotator.storage.interchange.xml_reading import root_name

_UNIT = "keywords of clips, clips without one, and passages of transcripts"
_MOST_CODES = 1_000_000
"""So many codes may all sessions of a file have together; beyond, each has those in use."""

_NAMELESS = "no name"
_DEEPEST = 20
_LISTS = {
    "QuoteFile": "a quote, which is a piece of a text and has no time",
    "DocumentFile": "a document, which is a text and has no time",
    "SnapshotKeywordFile": "a keyword drawn on a picture",
}


def _claims(source: Source) -> bool:
    return "<!DOCTYPE TransanaData" in source.head or root_name(source) == "Transana"


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    reader = _Reader(read_database(source, notes, wishes.encoding), wishes, notes)
    sessions = reader.sessions(source.stem)
    return Found(sessions, reader.count, reader.carried, _UNIT)


@dataclass(slots=True)
class _Stretch:
    """A clip, or a picture that stands for a while: where it is, and what is said of it."""

    name: str
    start: int
    end: int
    coder: str
    note: str
    place: str
    collection: str
    keywords: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    """Makes a session of each episode, and tells what has no place in one."""

    def __init__(self, database: Database, wishes: Wishes, notes: Notes) -> None:
        self.database, self.wishes, self.notes = database, wishes, notes
        self.count = self.carried = 0
        self._collections = {one.get("Num", ""): one for one in database.all("CollectionFile")}
        self._keywords = Counter(one.get("Keyword", "") for one in database.all("KeywordFile"))
        self._notes: dict[str, list[str]] = {}
        self._of_episode: dict[str, list[tuple[str, str]]] = {}
        self._clips: dict[str, list[_Stretch]] = {}
        self._films = _by_episode(database.all("AdditionalVidsFile"))
        self._transcripts = _by_episode(database.all("TranscriptFile"))
        self._tells_all = True

    def sessions(self, name: str) -> tuple[Session, ...]:
        """Make all sessions; what belongs to no episode becomes one of that name."""
        self._take_notes()
        self._take_stretches()
        for key, told in _LISTS.items():
            for one in self.database.all(key):
                self._leave(told, one.get("ID") or one.get("Keyword", ""))
        series = {one.get("Num", ""): one.get("ID", "") for one in self.database.all("SeriesFile")}
        episodes = self.database.all("EpisodeFile")
        self._tells_all = len(episodes) * len(self.database.all("KeywordFile")) <= _MOST_CODES
        titles: Counter[str] = Counter()
        made = []
        for episode in episodes:
            title = episode.get("ID", "") or f"episode {episode.get('Num', '')}"
            if titles[title]:
                title = f"{series.get(episode.get('SeriesNum', ''), '')}: {title}"
            titles[title] += 1
            title = f"{title} ({titles[title]})" if titles[title] > 1 else title
            made.append(self._session(title, episode))
        known = {one.get("Num", "") for one in episodes}
        lost = [one for number, all_ in self._clips.items() if number not in known for one in all_]
        if lost:
            self._clips[""] = lost
            self.notes.noticed("clips of no episode became a session of their own", name)
            made.append(self._session(name, {}))
        return tuple(one for one in made if one.passes or one.transcripts or one.recordings)

    def _leave(self, what: str, place: str) -> None:
        self.count += 1
        self.notes.not_carried(what, f"“{place or _NAMELESS}”")

    def _take_notes(self) -> None:
        for note in self.database.all("NoteFile"):
            clip = number_of(note, "ClipNum")
            if clip:
                self._notes.setdefault(clip, []).append(note.get("NoteText", ""))
            else:
                self._leave("a note on something else than a clip", note.get("ID", ""))

    def _take_stretches(self) -> None:
        """Read clips and pictures, and put the keywords on them."""
        clips = {one.get("Num", ""): self._clip(one) for one in self.database.all("ClipFile")}
        shots = {one.get("Num", ""): self._shot(one) for one in self.database.all("SnapshotFile")}
        for one in self.database.all("ClipKeywordFile"):
            keyword = (one.get("KeywordGroup", ""), one.get("Keyword", ""))
            clip, shot = number_of(one, "ClipNum"), number_of(one, "SnapshotNum")
            stretch = clips.get(clip) or shots.get(shot)
            episode = number_of(one, "EpisodeNum")
            if stretch is not None:
                stretch.keywords.append(keyword)
            elif episode and not clip and not shot:
                self._of_episode.setdefault(episode, []).append(keyword)
            else:
                self._leave("a keyword on something that has no time", " : ".join(keyword))

    def _clip(self, record: Record) -> _Stretch | None:
        times = [micros_of_millis(record.get(name, "")) for name in ("ClipStart", "ClipStop")]
        return self._stretch(record, times, self._notes.get(record.get("Num", ""), []))

    def _shot(self, record: Record) -> _Stretch | None:
        start = micros_of_millis(record.get("SnapshotTimeCode", ""))
        length = micros_of_millis(record.get("SnapshotDuration") or "0")
        if not number_of(record, "EpisodeNum") or start is None or length is None:
            self._leave("a picture that stands at no time", record.get("ID", ""))
            return None
        return self._stretch(record, [start, Micros(start + length)], [])

    def _stretch(
        self, record: Record, times: list[Micros | None], notes: list[str]
    ) -> _Stretch | None:
        start, end = times
        name = record.get("ID", "")
        if start is None or end is None:
            self._leave("a clip whose times cannot be read", name)
            return None
        owner, path = self._collection(record.get("CollectNum", ""))
        note = "\n".join(filter(None, [record.get("Comment", ""), *notes]))
        found = _Stretch(
            name,
            start,
            end,
            self.wishes.coder or owner,
            f"{name}: {note}" if note else name,
            f"clip “{name}”",
            path,
        )
        self._clips.setdefault(number_of(record, "EpisodeNum"), []).append(found)
        return found

    def _collection(self, number: str) -> tuple[str, str]:
        """Give the owner of a collection, and its name below those that hold it."""
        names: list[str] = []
        owner = ""
        while number in self._collections and len(names) < _DEEPEST:
            record = self._collections[number]
            owner = owner or record.get("Owner", "")
            names.insert(0, record.get("ID", ""))
            number = record.get("ParentCollectNum", "")
        return owner, " > ".join(names)

    def _session(self, title: str, episode: Record) -> Session:
        draft = SessionDraft(title, title, self.notes, self.wishes.now)
        number = episode.get("Num", "")
        for one in self.database.all("KeywordFile") if self._tells_all else ():
            self._code(draft, one.get("KeywordGroup", ""), one.get("Keyword", ""), one)
        length = micros_of_millis(episode.get("Length") or "0") or Micros(0)
        self._take_recordings(draft, episode, length)
        for keyword in self._of_episode.get(number, []):
            self._take_whole(draft, keyword, length, title)
        for stretch in self._clips.get(number, []):
            self._take_tags(draft, stretch)
        for record in self._transcripts.get(number, []):
            self._take_transcript(draft, record, length)
        return draft.session()

    def _code(
        self, draft: SessionDraft, group: str, keyword: str, told: Record | None = None
    ) -> str:
        word = f"{group} : {keyword}" if self._keywords[keyword] > 1 else keyword
        if told is None:
            return draft.code(word)
        code = Code("", word, definition=told.get("Definition", ""), group=draft.group(group))
        return draft.code(word, replace(code, colour=told.get("ColorDef", "")))

    def _take_recordings(self, draft: SessionDraft, episode: Record, length: Micros) -> None:
        """Name the films; time counts from the one that begins first."""
        others = self._films.get(episode.get("Num", ""), [])
        offsets = [micros_of_millis(one.get("Offset") or "0") or Micros(0) for one in others]
        first = Micros(-min([0, *offsets]))
        draft.recording(episode.get("MediaFile", ""), offset=first, duration=length)
        for one, offset in zip(others, offsets, strict=True):
            lasts = micros_of_millis(one.get("Length") or "0") or Micros(0)
            path = one.get("MediaFile", "")
            draft.recording(path, offset=Micros(first + offset), duration=lasts)

    def _take_whole(
        self, draft: SessionDraft, keyword: tuple[str, str], length: Micros, title: str
    ) -> None:
        """Put a keyword of a whole episode on all of it."""
        if not length:
            self._leave("a keyword of a whole episode whose length is not told", title)
            return
        told = "a keyword of a whole episode became a tag on all of it"
        self.notes.noticed(told, f"“{keyword[1]}”")
        code = self._code(draft, *keyword)
        draft.tag(draft.coding_pass(self.wishes.coder), FoundTag(code, 0, length))
        self.count += 1
        self.carried += 1

    def _take_tags(self, draft: SessionDraft, stretch: _Stretch) -> None:
        """Make a tag of each keyword of a clip; one that waits for a code where it has none."""
        coding_pass = draft.coding_pass(stretch.coder)
        codes = [self._code(draft, *keyword) for keyword in stretch.keywords] or [UNNAMED]
        if not stretch.keywords:
            self.notes.noticed("a clip has no keyword; it waits for a code", stretch.place)
        kept = {"clip": stretch.name, "collection": stretch.collection}
        for code in codes:
            tag = FoundTag(code, stretch.start, stretch.end, note=stretch.note)
            tag.place, tag.extra = stretch.place, {"transana": kept}
            draft.tag(coding_pass, tag)
        self.count += len(codes)
        self.carried += len(codes)

    def _take_transcript(self, draft: SessionDraft, record: Record, length: Micros) -> None:
        name = record.get("ID", "")
        if number_of(record, "ClipNum"):
            self._leave("the transcript of a clip, which is a copy out of its episode's", name)
            return
        raw = self.database.raw(record, "RTFText")
        first, *timed = passages(raw) if raw is not None else [Passage(None, "")]
        if first.text.strip():
            what = "text above the first time code" if timed else "a transcript without time codes"
            self._leave(what, name)
        drafts = _drafts(timed, length, raw.line if raw is not None else 0)
        told = Notes()
        cues = make_cues(drafts, told)
        report = told.report(0, 0)
        self.notes.take(report)
        draft.transcript(list(cues), source=name)
        self.count += len(cues) + report.left_behind
        self.carried += len(cues)


def _by_episode(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Put records where they belong; those of no episode are left out."""
    found: dict[str, list[Record]] = {}
    for record in records:
        number = number_of(record, "EpisodeNum")
        if number:
            found.setdefault(number, []).append(record)
    return found


def _drafts(timed: list[Passage], length: Micros, line: int) -> list[Draft]:
    """Give each passage its time, which lasts until the next one; empty ones are left out."""
    drafts: list[Draft] = []
    for passage, after in zip(timed, [*timed[1:], None], strict=False):
        start = micros_of_millis(passage.start) or Micros(0)
        end = micros_of_millis(after.start) if after is not None else length
        lines = [Line(one.strip()) for one in passage.text.split("\n") if one.strip()]
        if lines:
            drafts.append(
                Draft(line, Timing(start, end if end and end > start else None, ""), lines)
            )
    return drafts


FORMATS: tuple[Format, ...] = (Format("transana", "Transana XML", (".tra",), _claims, _read),)
