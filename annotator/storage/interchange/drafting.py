"""A session in the making: what a reader finds in a foreign file, gathered piece by piece."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from annotator.model.codebook import Attribute, Choice, Code, Codebook, CodeKind, Group
from annotator.model.coding import (
    UNNAMED,
    CodingPass,
    Origin,
    Purpose,
    Rating,
    Tag,
    TagInMaking,
    in_tag_order,
)
from annotator.model.colours import is_colour
from annotator.model.formula import can_be_named
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.proposing import PALETTE, next_colour_beside, next_id
from annotator.model.recording import Recording, RecordingRole
from annotator.model.session import Session
from annotator.model.time import LONGEST_SECONDS, ZERO, Interval, Micros
from annotator.model.transcript import Cue, CueInMaking, Transcript
from annotator.storage.interchange import nothing
from annotator.storage.interchange.report import OFTEN, Notes
from annotator.storage.interchange.tag_ids import TagIds

NOTHING: Mapping[str, str] = {}
"""Shared by all tags without attributes, of which a file can have hundreds of thousands."""

NO_EXTRA = nothing.NO_EXTRA

UNKNOWN_CODER = "unknown"
_FEW = 2 * len(PALETTE)
_FARTHEST = LONGEST_SECONDS * 1_000_000 - 1
_ROLES = (
    (ParticipantRole.THERAPIST, r"therap|counsel|clinician|provider|interviewer|coach|doctor"),
    (ParticipantRole.CLIENT, r"client|patient|klient|interviewee"),
)


def id_of_word(word: str) -> str:
    """Give the id of the code that a foreign file calls so.

    That is the word itself where formulas can name it, else one made of it.
    """
    return word if can_be_named(word) else next_id(word, ())


def word_of(code: Code) -> str:
    """Give the word that a foreign file shall call a code by, so that it is read as the same id.

    That is its name where the id follows from it, else its id.
    """
    is_safe = code.name not in {"", UNNAMED} and id_of_word(code.name) == code.id
    return code.name if is_safe else code.id


def role_of(label: str) -> ParticipantRole:
    """Guess a participant's role from a label."""
    for role, pattern in _ROLES:
        if re.search(pattern, label, re.IGNORECASE):
            return role
    return ParticipantRole.OTHER


@dataclass(slots=True)
class FoundTag:
    """A tag as it stands in a foreign file, at `place`; times are microseconds.

    `code`, `participant` and `attributes` are ids, as a `SessionDraft` gives them. An empty `id`
    is counted, an empty `created` is when the file is read, an empty `modified` is `created`.
    """

    code: str
    start: int
    end: int
    participant: str = ""
    note: str = ""
    place: str | int = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, object] = field(default_factory=lambda: NO_EXTRA)
    id: str = ""
    created: str = ""
    modified: str = ""
    origin: Origin = Origin.IMPORT
    sources: tuple[str, ...] = ()


_BY_TIME = attrgetter("start", "end")


@dataclass(slots=True)
class PassDraft:
    """A coding pass in the making."""

    id: str
    coder: str
    purpose: Purpose
    started: str
    extra: Mapping[str, object] = field(default_factory=lambda: NO_EXTRA)
    tags: list[Tag] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


class SessionDraft:
    """Gathers what a foreign file says of one meeting, and makes a session of it.

    Ids are counted, so that the same file gives the same session.
    """

    def __init__(self, session_id: str, title: str, notes: Notes, now: str = "") -> None:
        self.id, self.title, self.notes, self.now = session_id, title, notes, now
        self.book = Codebook(id="imported", version="1", name=title)
        self.extra: dict[str, object] = {}
        self.recordings: list[Recording] = []
        self.transcripts: list[Transcript] = []
        self.groups: dict[str, Group] = {}
        self.codes: dict[str, Code] = {}
        self.participants: dict[str, Participant] = {}
        self.passes: list[PassDraft] = []
        self._by_word: dict[str, str] = {}
        self._kinds: dict[str, CodeKind] = {}
        self._moments: set[str] = set()
        self._stretches: set[str] = set()
        self._ids = TagIds()
        self._last: Micros = ZERO

    def code(self, word: str, details: Code | None = None, kind: CodeKind | None = None) -> str:
        """Give the id of the code of that word, which is made when it is first met.

        `details` tell more of it; its id, and its kind unless `kind` is given, are found here: a
        code all of whose tags last is one of stretches. A name is the word where it is empty.
        """
        known = self._by_word.get(word)
        if known is None:
            shown = word or "(no name)"
            known = id_of_word(shown) if id_of_word(shown) not in self.codes else ""
            known = known or next_id(shown, self.codes)
            self._by_word[word] = known
            bare = Code(known, shown)
            told = bare if details is None else replace(details, id=known)
            self.codes[known] = self._finished(bare, told)  # a told colour need not be searched
        elif details is not None:
            self.codes[known] = self._finished(self.codes[known], replace(details, id=known))
        if kind is not None:
            self._kinds[known] = kind
        return known

    def choice(self, code_id: str, attribute: str, choice: str) -> tuple[str, str]:
        """Give the ids of an attribute of a code and of one of its choices, made when first met."""
        code = self.codes[code_id]
        of_attribute = next((one for one in code.attributes if attribute == one.name), None)
        if of_attribute is None:
            taken = {one.id for one in code.attributes}
            attribute_id = id_of_word(attribute)
            if attribute_id in taken:
                attribute_id = next_id(attribute, taken)
            of_attribute = Attribute(attribute_id, attribute)
            code = replace(code, attributes=(*code.attributes, of_attribute))
        of_choice = next((one for one in of_attribute.choices if choice == one.name), None)
        if of_choice is None:
            taken = {one.id for one in of_attribute.choices}
            choice_id = choice if choice and choice not in taken else next_id(choice, taken)
            of_choice = Choice(choice_id, choice)
            more = replace(of_attribute, choices=(*of_attribute.choices, of_choice))
            code = replace(
                code,
                attributes=tuple(
                    more if one.id == of_attribute.id else one for one in code.attributes
                ),
            )
            self.codes[code_id] = code
        return of_attribute.id, of_choice.id

    def group(self, name: str, group_id: str = "") -> str:
        """Give the id of a group of codes, made when first met; empty for an empty name."""
        if not name:
            return ""
        for one in self.groups.values():
            if one.name == name:
                return one.id
        found = group_id or id_of_word(name)
        if found in self.groups:
            found = next_id(name, self.groups)
        self.groups[found] = Group(found, name)
        return found

    def participant(self, label: str) -> str:
        """Give the id of the participant of that label, made when first met; empty for none."""
        if not label:
            return ""
        for one in self.participants.values():
            if one.label == label:
                return one.id
        found = label if label not in self.participants else next_id(label, self.participants)
        self.participants[found] = Participant(found, role_of(label), label)
        return found

    def coding_pass(
        self, coder: str, purpose: Purpose | None = None, *, key: str = "", started: str = ""
    ) -> PassDraft:
        """Give the pass of a coder, begun when first met; `key` tells several of one coder apart.

        The first is the primary one, where no purpose is given.
        """
        wanted = key or f"pass-{coder or UNKNOWN_CODER}"
        for one in self.passes:
            if one.id == wanted:
                return one
        usual = Purpose.DOUBLE if self.passes else Purpose.PRIMARY
        made = PassDraft(wanted, coder or UNKNOWN_CODER, purpose or usual, started or self.now)
        self.passes.append(made)
        return made

    def tag(self, coding_pass: PassDraft, found: FoundTag) -> None:
        """Add a tag to a pass.

        Ends that lie before their start are exchanged, an id that stood before is replaced, and a
        time that no session can hold is cut; each is noted.
        """
        start, end = found.start, found.end
        if not 0 <= start <= end <= _FARTHEST:
            start, end = self._put_right(found)
        if start == end:
            self._moments.add(found.code)
            end = start  # the same object, which is half as large
        else:
            self._stretches.add(found.code)
        if end > self._last:
            self._last = Micros(end)
        created = found.created or self.now
        tag_id = self._ids.next(found.id)
        made = TagInMaking(
            tag_id or self._given_anew(found),
            found.code,
            start,
            end,
            found.participant,
            found.note,
            found.attributes,
            found.origin,
            created,
            found.modified or created,
            found.sources,
            found.extra,
        )
        coding_pass.tags.append(made.settled())
        if not len(coding_pass.tags) & OFTEN - 1:
            self.notes.watch(sum(len(one.tags) for one in self.passes))

    def _given_anew(self, found: FoundTag) -> str:
        told = "an id stood twice; the later one was given another"
        self.notes.repaired(told, found.place)
        return self._ids.another()

    def _put_right(self, found: FoundTag) -> tuple[int, int]:
        """Give times that a session can hold; what is odd about them is noted."""
        start, end, place = found.start, found.end, found.place
        if end < start:
            self.notes.repaired("the end lay before the start; the two were exchanged", place)
            start, end = end, start
        if start < 0:
            self.notes.noticed("a tag begins before the film does", place)
        if end > _FARTHEST or start < -_FARTHEST:
            self.notes.repaired("a time of more than 31 years was cut", place)
            start = min(max(start, -_FARTHEST), _FARTHEST)
            end = min(max(end, -_FARTHEST), _FARTHEST)
        return start, end

    def transcript(self, cues: list[Cue], *, language: str = "", source: str = "") -> None:
        """Add a transcript of cues in any order, whose ids are counted here; none where empty."""
        spoken = [
            CueInMaking(
                one.start, one.end, one.text, one.speaker, one.participant, one.words, one.extra
            )
            for one in cues
        ]
        self.speech(spoken, language=language, source=source)

    def speech(self, spoken: list[CueInMaking], *, language: str = "", source: str = "") -> None:
        """Add a transcript of what was said, in any order, as cues that are settled here."""
        if not spoken:
            return
        self.notes.watch(len(spoken))
        width = max(4, len(str(len(spoken))))
        ends = max(one.end for one in spoken)
        spoken.sort(key=_BY_TIME)
        counted = tuple(one.settled(f"c{n:0{width}d}") for n, one in enumerate(spoken, 1))
        number = len(self.transcripts) + 1
        made = Transcript(f"{self.id}-transcript-{number}", counted, language, source)
        self._last = Micros(max(self._last, ends))
        self.transcripts.append(made)

    def recording(
        self,
        path: str,
        *,
        offset: Micros = ZERO,
        duration: Micros = ZERO,
        role: RecordingRole = RecordingRole.ROOM,
        extra: Mapping[str, object] = NO_EXTRA,
    ) -> None:
        """Add a film or sound file that the foreign file names; 0 for a length it does not tell.

        Where it is, and what is in it, is found out when the session is made.
        """
        if not path:
            return
        number = len(self.recordings) + 1
        made = Recording(f"r{number}", path, role, offset, duration, "", extra=extra)
        self.recordings.append(made)

    def session(self) -> Session:
        """Make the session of all that was gathered."""
        end = self._end()
        recordings = tuple(
            one if one.duration else replace(one, duration=Micros(max(0, end - one.offset)))
            for one in self.recordings
        )
        book = replace(
            self.book,
            groups=tuple(self.groups.values()),
            codes=tuple(self._with_kind(code) for code in self.codes.values()),
        )
        return Session(
            id=self.id,
            title=self.title,
            codebook=book,
            region=Interval(ZERO, end),
            recordings=recordings,
            participants=tuple(self.participants.values()),
            passes=tuple(_made(one) for one in self.passes),
            transcripts=tuple(self.transcripts),
            extra=self.extra,
        )

    def _end(self) -> Micros:
        """Tell where the session ends: with its films where their lengths are told."""
        told = [one.offset + one.duration for one in self.recordings if one.duration]
        return Micros(max(told)) if told and max(told) > 0 else self._last

    def _with_kind(self, code: Code) -> Code:
        kind = self._kinds.get(code.id)
        is_long = code.id in self._stretches and code.id not in self._moments
        if kind is CodeKind.SPAN and code.id in self._moments:
            told = f"“{code.name}” marks stretches and has moments; it takes both now"
            self.notes.repaired(told)
            kind = CodeKind.POINT
        return replace(code, kind=kind or (CodeKind.SPAN if is_long else CodeKind.POINT))

    def _finished(self, known: Code, told: Code) -> Code:
        """Give a code as the book can hold it: with a name, a colour, and a key of its own."""
        key = told.key
        if key and self._has_key(key.casefold(), known.id):
            self.notes.repaired(f"the key “{key}” of “{known.name}” is another code's; it has none")
            key = ""
        colour = told.colour.lower()
        if not is_colour(colour) or colour == Code("", "").colour:
            is_told = known.colour != Code("", "").colour
            colour = known.colour if is_told else self._colour(known.id)
        return replace(told, name=told.name or known.name, key=key, colour=colour)

    def _has_key(self, key: str, code_id: str) -> bool:
        """Tell whether another code than that one has the key."""
        return any(one.key.casefold() == key and one.id != code_id for one in self.codes.values())

    def _colour(self, code_id: str) -> str:
        """Find a colour for a code; where there are many others, without a look at them."""
        count = len(self.codes) - (code_id in self.codes)
        if count >= _FEW:  # the farthest of many colours takes long to find
            return PALETTE[count % len(PALETTE)].colour
        return next_colour_beside([one.colour for one in self.codes.values() if one.id != code_id])


def _made(draft: PassDraft) -> CodingPass:
    return CodingPass(
        draft.id,
        draft.coder,
        draft.purpose,
        draft.started,
        in_tag_order(draft.tags),
        tuple(draft.ratings),
        extra=draft.extra,
    )
