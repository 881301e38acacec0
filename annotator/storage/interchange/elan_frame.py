"""What an ELAN document has no place for, carried in two of its properties, as ELAN allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.errors import StorageError
from annotator.model.codebook import Code
from annotator.model.coding import CodingPass
from annotator.model.participant import Consent, Participant
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.transcript import Cue, Transcript, in_order
from annotator.storage.codec import decode_session, encode_session
from annotator.storage.codec_text import read_json, write_compact
from annotator.storage.interchange.addresses import name_in
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.drafting import NO_EXTRA, PassDraft, SessionDraft, word_of
from annotator.storage.interchange.elan_names import Names
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.report import Notes

SESSION, TIERS = "annotator:session", "annotator:tiers"
OWN_PROPERTIES = (SESSION, TIERS)
_KEY = "pass-"


@dataclass(frozen=True, slots=True)
class TierRole:
    """What we wrote a tier for.

    `coding_pass`, `person` and `transcript` are ids; `word` is what the code is called, `speaker`
    the label of who speaks.
    """

    use: str
    coding_pass: str = ""
    word: str = ""
    person: str = ""
    speaker: str = ""
    transcript: str = ""


@dataclass(slots=True)
class Frame:
    """The session around tags and cues as we wrote it, and what each tier was written for."""

    session: Session
    roles: Mapping[str, TierRole] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """Give for each value that stands for a code the word that it is known by."""
        codes = self.session.codebook.codes
        values = values_of(codes)
        return {values[code.id]: word_of(code) for code in codes}

    def label_of(self, person: str) -> str:
        """Give what a tier calls a participant; the id itself where that is nobody's."""
        return labels_of(self.session.participants).get(person, person)

    def person_of(self, label: str) -> str:
        """Give the id of the participant whom a tier calls so; the label where it is nobody's."""
        people = labels_of(self.session.participants).items()
        return next((person for person, told in people if told == label), label)


def values_of(codes: Sequence[Code]) -> dict[str, str]:
    """Give for each code's id the value that stands for it: its name, where that tells it apart.

    Elsewhere it is the word that all foreign files have for it.
    """
    names = Counter(code.name for code in codes)
    words = {word_of(code): code.id for code in codes}
    return {
        code.id: code.name if _is_own_name(code, names, words) else word_of(code) for code in codes
    }


def _is_own_name(code: Code, names: Counter[str], words: Mapping[str, str]) -> bool:
    name = code.name
    is_plain = bool(name) and name == name.strip() and names[name] == 1
    return is_plain and words.get(name, code.id) == code.id


def labels_of(people: Iterable[Participant]) -> dict[str, str]:
    """Give for each participant's id the label, or the id itself where that is not clear."""
    people = tuple(people)
    labels = Counter(one.label.strip() for one in people)
    ids = {one.id for one in people}
    return {
        one.id: label if _is_clear(label := one.label.strip(), one, labels, ids) else one.id
        for one in people
    }


def _is_clear(label: str, one: Participant, labels: Counter[str], ids: set[str]) -> bool:
    return bool(label) and labels[label] == 1 and (label == one.id or label not in ids)


def properties_of(session: Session, roles: Mapping[str, TierRole]) -> list[tuple[str, str]]:
    """Give the properties in which a session's frame is written: no tags, no cues, no consents."""
    bare = replace(
        session,
        passes=tuple(replace(one, tags=()) for one in session.passes),
        transcripts=tuple(replace(one, cues=()) for one in session.transcripts),
        participants=tuple(replace(one, consent=Consent()) for one in session.participants),
        extra={key: value for key, value in session.extra.items() if key != "elan"},
    )
    tiers = {name: _written(role) for name, role in roles.items()}
    frame = write_compact(read_json(encode_session(bare)))
    return [(SESSION, frame), (TIERS, write_compact(tiers))]


def _written(role: TierRole) -> dict[str, str]:
    told = {
        "use": role.use,
        "pass": role.coding_pass,
        "word": role.word,
        "person": role.person,
        "speaker": role.speaker,
        "transcript": role.transcript,
    }
    return {key: value for key, value in told.items() if value or key == "use"}


def read_frame(properties: Iterable[tuple[str, str]], notes: Notes) -> Frame | None:
    """Read the frame that we wrote; None where there is none, or it was damaged."""
    told = {name: text for name, text in properties if name in OWN_PROPERTIES}
    if SESSION not in told:
        return None
    try:
        session = decode_session(told[SESSION])
        tiers = read_json(told.get(TIERS, "{}"))
    except StorageError:
        notes.noticed("what annotator had kept in the file is damaged; it was read without it")
        return None
    return Frame(session, {name: _read(members(one)) for name, one in members(tiers).items()})


def _read(told: Mapping[str, object]) -> TierRole:
    return TierRole(
        word(told.get("use")),
        word(told.get("pass")),
        word(told.get("word")),
        word(told.get("person")),
        word(told.get("speaker")),
        word(told.get("transcript")),
    )


def begin(draft: SessionDraft, frame: Frame) -> None:
    """Put the codebook, the people and the passes of a frame into a session in the making.

    Until it is finished people are labelled with their ids, and passes told apart by theirs.
    """
    session = frame.session
    draft.id, draft.title = session.id, session.title
    draft.book = session.codebook
    draft.groups = {one.id: one for one in session.codebook.groups}
    for code in session.codebook.codes:
        draft.code(word_of(code), code, code.kind)
    draft.participants = {one.id: replace(one, label=one.id) for one in session.participants}
    draft.passes = [
        PassDraft(_KEY + one.id, one.coder, one.purpose, one.started, one.extra)
        for one in session.passes
    ]
    draft.extra.update(session.extra)


def finish(session: Session, frame: Frame) -> Session:
    """Put the rest of a frame into the session that was made of the tiers."""
    told = frame.session
    people = {one.id: one for one in told.participants}
    colours = {code.id: code.colour for code in told.codebook.codes}
    codes = tuple(
        replace(code, colour=colours.get(code.id, code.colour)) for code in session.codebook.codes
    )
    return replace(
        session,
        codebook=replace(session.codebook, codes=codes),
        region=told.region,
        excluded=told.excluded,
        unblindings=told.unblindings,
        participants=tuple(people.get(one.id, one) for one in session.participants),
        passes=_passes(session.passes, told.passes),
        recordings=_recordings(session.recordings, told.recordings),
        transcripts=_transcripts(session.transcripts, frame),
    )


def _passes(made: Iterable[CodingPass], told: Iterable[CodingPass]) -> tuple[CodingPass, ...]:
    known = {_KEY + one.id: one for one in told}
    names = Names(one.id for one in known.values())
    return tuple(
        _pass(one, known[one.id]) if one.id in known else replace(one, id=names.free(one.id))
        for one in made
    )


def _pass(made: CodingPass, told: CodingPass) -> CodingPass:
    there = {tag.id for tag in made.tags}
    ratings = (
        replace(one, evidence=tuple(tag for tag in one.evidence if tag in there))
        for one in told.ratings
    )
    return replace(told, tags=made.tags, ratings=tuple(ratings))


def _recordings(made: Iterable[Recording], told: Iterable[Recording]) -> tuple[Recording, ...]:
    """Give recordings with what is known of those of the same name, under ids of their own."""
    known: dict[str, list[Recording]] = {}
    for one in told:
        known.setdefault(name_in(one.path), []).append(one)
    names = Names()
    found = []
    for one in made:
        same = known.get(name_in(one.path))
        joined = _recording(one, same.pop(0)) if same else one
        found.append(replace(joined, id=names.free(joined.id)))
    return tuple(found)


def _recording(made: Recording, told: Recording) -> Recording:
    is_same = to_millis(made.offset) == to_millis(told.offset)
    return replace(told, path=made.path, offset=told.offset if is_same else made.offset)


def _transcripts(made: Iterable[Transcript], frame: Frame) -> tuple[Transcript, ...]:
    """Sort cues into the transcripts that they were written from; others stay together."""
    by_id: dict[str, list[Cue]] = {one.id: [] for one in frame.session.transcripts}
    left: list[Transcript] = []
    for transcript in made:
        others = []
        for cue in transcript.cues:
            kept = members(cue.extra.get("elan"))
            role = frame.roles.get(word(kept.get("tier")))
            if role is None or role.transcript not in by_id:
                others.append(cue)
            else:
                is_own = kept.get("own") is True
                by_id[role.transcript].append(_own(cue, kept) if is_own else cue)
        if others:
            left.append(replace(transcript, cues=tuple(others)))
    told = (replace(one, cues=_with_ids(by_id[one.id])) for one in frame.session.transcripts)
    return (*told, *left)


def _own(cue: Cue, kept: Mapping[str, object]) -> Cue:
    """Give a cue of ours as it was: its id was the annotation's."""
    return replace(cue, id=word(kept.get("id")) or cue.id, extra=NO_EXTRA)


def _with_ids(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    names = Names()
    return in_order(
        cue if (name := names.free(cue.id)) == cue.id else replace(cue, id=name) for cue in cues
    )
