"""What a session lost on its way through a foreign file, found by reading that file again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from annotator.model.codebook import Code, Codebook, CodeKind, RatingItem
from annotator.model.coding import CodingPass, Tag
from annotator.model.participant import Participant
from annotator.model.recording import Listening, Look, Recording
from annotator.model.session import Session
from annotator.model.time import to_clock
from annotator.model.transcript import Cue
from annotator.storage.interchange.addresses import name_in
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.report import Notes

TagKey = tuple[str, str, int, int]
_MOST_ALIKE = 100
_PLAIN_KEYS = ("format", "version", "region")


def tell_losses(before: Sequence[Session], after: Sequence[Session], notes: Notes) -> int:
    """Note all that sessions say and the same sessions read again do not.

    Gives how many of their tags, cues and ratings came through, whatever else of them is lost.
    """
    carried = 0
    for session, again in zip_longest(before, after):
        if session is None:
            continue
        if again is None:
            notes.not_carried("a session is not in the file", session.title)
            continue
        _tell_frame(session, again, notes)
        _tell_book(session.codebook, again.codebook, notes)
        carried += _tell_tags(session, again, notes)
        carried += _tell_cues(session, again, notes)
    return carried


def _tell(notes: Notes, message: str, place: str, *values: object) -> None:
    """Note a loss where two values differ, and the first says something."""
    first, second = values
    if first and first != second:
        notes.not_carried(message, place)


def _tell_frame(session: Session, again: Session, notes: Notes) -> None:
    _tell(notes, "the session's title", session.title, session.title, again.title)
    _tell(notes, "the session's id", session.id, session.id, again.id)
    if session.region != again.region:
        notes.not_carried("the region that is coded")
    for span in set(session.excluded) - set(again.excluded):
        notes.not_carried("an excluded span and its reason", to_clock(span.start))
    for one, other in zip_longest(session.recordings, again.recordings):
        if one is not None:
            _tell_recording(one, other, notes)
    people = {one.id: one for one in again.participants}
    for person in session.participants:
        _tell_person(person, people.get(person.id), notes)
    if session.unblindings and session.unblindings != again.unblindings:
        notes.not_carried("who was shown whose pass")
    kept = {key for key in session.extra if key not in _PLAIN_KEYS}
    for key in sorted(kept - set(again.extra)):
        notes.not_carried("what was kept of an earlier file", key)


def _tell_recording(one: Recording, other: Recording | None, notes: Notes) -> None:
    if other is None:
        notes.not_carried("a recording", one.path)
        return
    _tell(notes, "where a recording is", one.path, name_in(one.path), name_in(other.path))
    if to_millis(one.offset) != to_millis(other.offset):
        notes.not_carried("how much later a recording began", one.path)
    _tell(notes, "what a recording shows", one.path, one.role, other.role)
    if (one.look, one.listening) not in [(other.look, other.listening), (Look(), Listening())]:
        notes.not_carried("how a recording is played", one.path)


def _tell_person(one: Participant, other: Participant | None, notes: Notes) -> None:
    if other is None:
        notes.not_carried("a participant", one.label or one.id)
        return
    _tell(notes, "a participant's label", one.id, one.label, other.label)
    _tell(notes, "a participant's role", one.id, one.role, other.role)
    if one.consent != other.consent:
        notes.not_carried("what a participant consented to", one.label or one.id)


def _explained(code: Code) -> str:
    return "\n".join(filter(None, (code.definition, code.example, code.counter_example)))


_OF_A_CODE: tuple[tuple[str, Callable[[Code], object]], ...] = (
    ("a code's name", lambda code: code.name),
    ("a code's abbreviation", lambda code: code.abbreviation),
    ("whether a code marks stretches", lambda code: code.kind is CodeKind.SPAN),
    ("a code's group", lambda code: code.group),
    ("a code's colour", lambda code: code.colour),
    ("a code's key", lambda code: code.key),
    ("whose doing a code is", lambda code: code.speaker if code.speaker != "none" else ""),
    ("a code's definition and examples", _explained),
    ("a code's place below another", lambda code: code.parent),
    ("which codes exclude a code", lambda code: code.exclusive_with),
    ("a code's attributes", lambda code: code.attributes),
    ("that a code is retired", lambda code: code.retired),
)


def _tell_book(book: Codebook, again: Codebook, notes: Notes) -> None:
    codes = {code.id: code for code in again.codes}
    for code in book.codes:
        other = codes.get(code.id)
        if other is None:
            notes.not_carried("a code without tags", code.name or code.id)
            continue
        for told, value in _OF_A_CODE:
            _tell(notes, told, code.name or code.id, value(code), value(other))
    ratings: Mapping[str, RatingItem] = {one.id: one for one in again.ratings}
    for item in book.ratings:
        if ratings.get(item.id) != item:
            notes.not_carried("a rating's question and scale", item.name or item.id)
    scores = {one.id: one for one in again.scores}
    for score in book.scores:
        if scores.get(score.id) != score:
            notes.not_carried("a score and its formula", score.name or score.id)
    _tell(notes, "the codebook's name", book.name, book.name, again.name)
    _tell(notes, "the codebook's version", book.version, book.version, again.version)
    _tell(notes, "the codebook's notice", book.name, book.notice, again.notice)


def _tell_tags(session: Session, again: Session, notes: Notes) -> int:
    found: defaultdict[TagKey, list[tuple[CodingPass, Tag]]] = defaultdict(list)
    for one in again.passes:
        for tag in one.tags:
            found[_key(one, tag)].append((one, tag))
    carried = 0
    for one in session.passes:
        for tag in one.tags:
            there = found[_key(one, tag)]
            place = f"tag at {to_clock(tag.start)}"
            if not there:
                notes.not_carried("a tag", place)
                continue
            _tell_tag(tag, there.pop(_likest(tag, there))[1], place, notes)
            carried += 1
        carried += _tell_pass(one, again, notes)
    return carried


def _likest(tag: Tag, there: Sequence[tuple[CodingPass, Tag]]) -> int:
    """Find the tag that says the same, of those of one code at one time, or has the same id."""
    if len(there) == 1:
        return 0
    wanted = (tag.participant, tag.note, tag.attributes)
    alike = [
        ((one.participant, one.note, one.attributes) == wanted, one.id == tag.id)
        for _, one in there[:_MOST_ALIKE]
    ]
    return alike.index(max(alike))


def _key(one: CodingPass, tag: Tag) -> TagKey:
    return (one.coder, tag.code, to_millis(tag.start), to_millis(tag.end))


def _tell_tag(tag: Tag, other: Tag, place: str, notes: Notes) -> None:
    if (tag.start, tag.end) != (other.start, other.end):
        notes.not_carried("the part of a time below a millisecond", place)
    if tag.participant != other.participant:
        notes.not_carried("whom a tag is about", place)
    if tag.note != other.note:
        notes.not_carried("a note", place)
    if tag.attributes and tag.attributes != other.attributes:
        notes.not_carried("attributes", place)
    if tag.id != other.id:
        notes.not_carried("the ids of tags", place)
    if (tag.created, tag.modified) != (other.created, other.modified):
        notes.not_carried("when tags were made and changed", place)
    if tag.origin != other.origin:
        notes.not_carried("where tags came from", place)
    if tag.sources and tag.sources != other.sources:
        notes.not_carried("which tags a consensus stands for", place)
    if tag.extra and tag.extra != other.extra:
        notes.not_carried("what was kept of an earlier file", place)


def _tell_pass(one: CodingPass, again: Session, notes: Notes) -> int:
    """Tell what a pass lost beside its tags; gives how many of its ratings came through."""
    place = f"pass of {one.coder}"
    other = next((each for each in again.passes if each.coder == one.coder), None)
    if other is None:
        if not one.tags:
            notes.not_carried("a coding pass without tags", place)
        other = CodingPass("", one.coder, one.purpose, "")
    _tell(notes, "what a pass is for", place, one.purpose, other.purpose)
    if one.id != other.id:
        notes.not_carried("the ids of passes", place)
    if one.history != other.history:
        notes.not_carried("when a pass was finished and reopened", place)
    if one.decisions != other.decisions or one.consensus != other.consensus:
        notes.not_carried("how a consensus was reached", place)
    answers = {rating.item: rating for rating in other.ratings}
    carried = 0
    for rating in one.ratings:
        answer = answers.get(rating.item)
        if answer is None or answer.value != rating.value:
            notes.not_carried("a rating", f"{rating.item} by {one.coder}")
            continue
        carried += 1
        _tell(
            notes, "a note on a rating", f"{rating.item} by {one.coder}", rating.note, answer.note
        )
        if rating.evidence != answer.evidence:
            notes.not_carried("the evidence of a rating", f"{rating.item} by {one.coder}")
    return carried


def _tell_cues(session: Session, again: Session, notes: Notes) -> int:
    found: defaultdict[tuple[int, int, str], list[Cue]] = defaultdict(list)
    for cue in _cues(again):
        found[_cue_key(cue)].append(cue)
    carried = 0
    for cue in _cues(session):
        there = found[_cue_key(cue)]
        place = f"cue at {to_clock(cue.start)}"
        if not there:
            notes.not_carried("what was said", place)
            continue
        other = there.pop(0)
        carried += 1
        if (cue.start, cue.end) != (other.start, other.end):
            notes.not_carried("the part of a time below a millisecond", place)
        _tell(notes, "which participant speaks", place, cue.participant, other.participant)
        _tell(notes, "the label of a speaker", place, cue.speaker, other.speaker)
        told = [(one.start, one.end) for one in cue.words if not one.estimated]
        if told and told != [(one.start, one.end) for one in other.words if not one.estimated]:
            notes.not_carried("the times of single words", place)
    return carried


def _cues(session: Session) -> Iterable[Cue]:
    return (cue for one in session.transcripts for cue in one.cues)


def _cue_key(cue: Cue) -> tuple[int, int, str]:
    return (to_millis(cue.start), to_millis(cue.end), " ".join(cue.text.split()))
