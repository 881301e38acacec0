"""What a foreign file held, taken into a session that is there already, as one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.editing.edit import Edit, joined
from annotator.editing.import_book import BookUnion, united_books
from annotator.editing.passes import add_pass
from annotator.editing.people import add_participant
from annotator.editing.recordings import add_recording
from annotator.editing.transcripts import add_transcript
from annotator.errors import EditError
from annotator.model.change import FieldChange
from annotator.model.coding import CodingPass, Purpose, Rating, Tag, tag_order
from annotator.model.naming import numbered, unused_name
from annotator.model.participant import Participant
from annotator.model.session import Session
from annotator.model.time import ZERO, Micros
from annotator.model.transcript import Cue, Transcript, in_order

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person wants taken over, and how.

    `passes` are ids of passes, None for all; `codes` says under which code of the session those
    of a foreign id are kept, beside those that have the same id or name; `shift` is added to all
    times; `source` is the name of the file.
    """

    passes: frozenset[str] | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    transcripts: bool = True
    shift: Micros | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """What becomes of the tags of one foreign code: how many, and under which code of the book."""

    foreign_id: str
    foreign_name: str
    count: int
    id: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import that is not yet done: `edit` does it, in one step that can be undone.

    `lines` are of codes; `told` says what else a person should know, a line each; `tags` and
    `cues` count what comes; `shift` is what all times are moved by.
    """

    edit: Edit
    lines: tuple[CodeLine, ...]
    told: tuple[str, ...]
    tags: int
    cues: int
    shift: Micros


def plan_import(
    session: Session, found: Session, choices: ImportChoices, new_id: NewId
) -> ImportPlan:
    """Work out how a session takes over what another one holds, which was read from a file.

    Each foreign pass becomes a pass of its own beside those there are; nothing in these changes.
    Codes, ratings and participants are those of the session where they have the same id or name,
    and new ones otherwise. Raises EditError where nothing is left to be taken over.
    """
    chosen = [one for one in found.passes if choices.passes is None or one.id in choices.passes]
    transcripts = found.transcripts if choices.transcripts else ()
    if not any(one.tags or one.ratings for one in chosen) and not transcripts:
        raise EditError("There is nothing in it to take over.", "Choose a pass or a transcript.")
    union = united_books(session.codebook, found.codebook, chosen, choices.codes)
    plan = _Plan(session, found, choices, new_id, union)
    return plan.made(chosen, transcripts)


class _Plan:
    """Gathers the parts of an import."""

    def __init__(
        self,
        session: Session,
        found: Session,
        choices: ImportChoices,
        new_id: NewId,
        union: BookUnion,
    ) -> None:
        self.session, self.found, self.choices = session, found, choices
        self.new_id, self.union = new_id, union
        self.told: list[str] = list(union.told)
        self.people = dict(_people(session.participants, found.participants))
        self.shift = choices.shift if choices.shift is not None else _shift(session, found)

    def made(self, chosen: Sequence[CodingPass], transcripts: Sequence[Transcript]) -> ImportPlan:
        after, parts = self.session, list[Edit]()

        def take(edit: Edit) -> None:
            nonlocal after
            parts.append(edit)
            after = edit.apply(after)

        if self.union.book != self.session.codebook:
            change = FieldChange(self.session.codebook, self.union.book)
            take(Edit("add codes", (change,)))
        for person in self._new_people(chosen, transcripts):
            take(add_participant(after, person))
        if not self.session.recordings:
            for recording in self.found.recordings:
                take(add_recording(after, recording))
        elif self.found.recordings:
            self.told += self._other_films()
        new_passes = [one for one in chosen if one.tags or one.ratings]
        for one in new_passes:
            take(add_pass(after, self._as_ours(one, after)))
        for transcript in transcripts:
            take(add_transcript(after, self._spoken(transcript)))
        tags = sum(len(one.tags) for one in new_passes)
        cues = sum(len(one.cues) for one in transcripts)
        self.told += self._beyond(after, tags)
        name = self.choices.source or self.found.title
        return ImportPlan(
            joined(f"import {name}".strip(), *parts),
            tuple(self._lines(new_passes)),
            tuple(self.told),
            tags,
            cues,
            self.shift,
        )

    def _new_people(
        self, chosen: Sequence[CodingPass], transcripts: Sequence[Transcript]
    ) -> Iterator[Participant]:
        used = {tag.participant for one in chosen for tag in one.tags}
        used |= {cue.participant for one in transcripts for cue in one.cues}
        there = {one.id for one in self.session.participants}
        for person in self.found.participants:
            if person.id in used and self.people[person.id] not in there:
                yield replace(person, id=self.people[person.id])

    def _as_ours(self, one: CodingPass, after: Session) -> CodingPass:
        taken = {tag.id for each in after.passes for tag in each.tags}
        ids: dict[str, str] = {}
        for tag in one.tags:
            ids[tag.id] = self.new_id() if tag.id in taken else tag.id
        tags = sorted((self._tag(tag, ids[tag.id]) for tag in one.tags), key=tag_order)
        coder, purpose = self._coder(one, after)
        is_taken = after.coding_pass(one.id) is not None
        return CodingPass(
            self.new_id() if is_taken else one.id,
            coder,
            purpose,
            one.started,
            tuple(tags),
            tuple(self._ratings(one, ids)),
            extra=one.extra,
        )

    def _tag(self, tag: Tag, tag_id: str) -> Tag:
        code, attributes = self.union.placed(tag)
        return replace(
            tag,
            id=tag_id,
            code=code,
            start=Micros(tag.start + self.shift),
            end=Micros(tag.end + self.shift),
            participant=self.people.get(tag.participant, ""),
            attributes=attributes,
            sources=(),
        )

    def _coder(self, one: CodingPass, after: Session) -> tuple[str, Purpose]:
        """Give the coder and purpose of a new pass so that no pass there is the same."""
        purpose = Purpose.DOUBLE if one.purpose is Purpose.CONSENSUS else one.purpose
        if purpose is Purpose.PRIMARY and any(
            each.purpose is Purpose.PRIMARY for each in after.passes
        ):
            purpose = Purpose.DOUBLE
        names = {each.coder.casefold() for each in after.passes}
        coder = next(each for each in numbered(one.coder, " {}") if each.casefold() not in names)
        if coder != one.coder:
            self.told.append(f"{one.coder} has a pass here already, so the new one is {coder}'s")
        return coder, purpose

    def _ratings(self, one: CodingPass, ids: Mapping[str, str]) -> Iterator[Rating]:
        for rating in one.ratings:
            item = self.union.ratings[rating.item]
            kept = self.union.book.rating(item)
            if kept is None or not kept.allows(rating.value):
                self.told.append(
                    f"the rating of {rating.value:g} for “{rating.item}” is not on the scale here,"
                    " so it was left out"
                )
                continue
            evidence = tuple(ids[tag] for tag in rating.evidence if tag in ids)
            yield replace(rating, item=item, evidence=evidence)

    def _spoken(self, transcript: Transcript) -> Transcript:
        cues = (self._cue(cue) for cue in transcript.cues)
        return replace(transcript, id=self.new_id(), cues=in_order(cues))

    def _cue(self, cue: Cue) -> Cue:
        words = tuple(
            replace(word, start=Micros(word.start + self.shift), end=Micros(word.end + self.shift))
            for word in cue.words
        )
        return replace(
            cue,
            start=Micros(cue.start + self.shift),
            end=Micros(cue.end + self.shift),
            participant=self.people.get(cue.participant, ""),
            words=words,
        )

    def _other_films(self) -> Iterator[str]:
        ours = {_bare(one.path) for one in self.session.recordings}
        for one in self.found.recordings:
            if _bare(one.path) not in ours:
                yield f"the file was coded on “{_bare(one.path)}”, which is no recording here"

    def _beyond(self, after: Session, tags: int) -> Iterator[str]:
        if not after.recordings or not tags:
            return
        new = after.passes[len(self.session.passes) :]
        late = sum(tag.start >= after.duration for one in new for tag in one.tags)
        if late:
            told = "1 tag lies" if late == 1 else f"{late} tags lie"
            yield f"{told} beyond the film's end (kept)"

    def _lines(self, chosen: Sequence[CodingPass]) -> Iterator[CodeLine]:
        counts: dict[str, int] = {}
        for one in chosen:
            for tag in one.tags:
                counts[tag.code] = counts.get(tag.code, 0) + 1
        there = {code.id for code in self.session.codebook.codes}
        for code in self.found.codebook.codes:
            if count := counts.get(code.id):
                own = self.union.codes[code.id]
                yield CodeLine(code.id, code.name, count, own, own not in there)


def _people(
    there: Sequence[Participant], found: Sequence[Participant]
) -> Iterator[tuple[str, str]]:
    """Pair each foreign participant with one of ours: of the same id, label, or role alone."""
    taken = {one.id for one in there}
    for person in found:
        own = _same(person, there)
        if own:
            yield person.id, own
            continue
        new = unused_name(person.id, taken, "_{}")
        taken.add(new)
        yield person.id, new


def _same(person: Participant, there: Sequence[Participant]) -> str:
    wanted = {person.id.casefold(), person.label.casefold()} - {""}
    for one in there:
        if wanted & {one.id.casefold(), one.label.casefold()}:
            return one.id
    same_role = [one.id for one in there if one.role.value in wanted]
    return same_role[0] if len(same_role) == 1 else ""


def _shift(session: Session, found: Session) -> Micros:
    """Tell how much later a film that both know begins here than in the foreign file."""
    ours = {_bare(one.path): one.offset for one in session.recordings}
    for one in found.recordings:
        if _bare(one.path) in ours:
            return Micros(ours[_bare(one.path)] - one.offset)
    return ZERO


def _bare(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()
