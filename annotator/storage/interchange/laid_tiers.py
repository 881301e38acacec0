"""A session laid out as the tiers of a foreign file, under the names that they had in it before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.model.codebook import Attribute
from annotator.model.coding import Tag, tag_order
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue
from annotator.storage.interchange.drafting import UNKNOWN_CODER, id_of_word, word_of
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.lanes import Lane, lanes_of
from annotator.storage.interchange.tiers import Annotation, Tier

_SPEECH = re.compile(r"(?:(.+) )?\(transcript\)(?: #\d+)?", re.DOTALL)
_MILLISECOND = 1000


@dataclass(frozen=True, slots=True)
class KeptTier:
    """A tier that stood in the file a session came from, by its name, and what it was taken for.

    `word` is the code that it was and `participant` whom it was about, by id; `speaker` is the
    label of who spoke on it. `has_blanks` tells whether marks without a text can stand on it.
    """

    name: str
    use: TierUse
    word: str = ""
    participant: str = ""
    speaker: str = ""
    has_blanks: bool = False


@dataclass(frozen=True, slots=True)
class LaidMark:
    """What stands on a tier: from when to when in microseconds, as what, and of which tag or cue.

    No two of a tier overlap.
    """

    start: int
    end: int
    text: str
    of: Tag | Cue


@dataclass(frozen=True, slots=True)
class LaidTier:
    """A tier as it is to stand in a file.

    `word` and `coder` are empty where it holds what was said, which `speaker` did; `participant`
    is an id or empty. `kept` is the tier that it was before, None where it is one of ours.
    """

    name: str
    use: TierUse
    marks: Sequence[LaidMark]
    are_moments: bool = False
    word: str = ""
    coder: str = ""
    participant: str = ""
    speaker: str = ""
    kept: KeptTier | None = None


def speaker_in(name: str) -> str | None:
    """Read the name of a tier of what was said that we have written; None for any other."""
    match = _SPEECH.fullmatch(name)
    return (match[1] or "") if match else None


def word_of_attribute(attribute: Attribute) -> str:
    """Give the word that a file shall call an attribute by, so that it is read as the same id."""
    is_safe = bool(attribute.name) and id_of_word(attribute.name) == attribute.id
    return attribute.name if is_safe else attribute.id


Reading = Callable[[KeptTier, Tier], TierUse]
"""Tells what a reader of a format would take a tier for, that had been the one kept."""


def lay_tiers(
    session: Session, wishes: Wishes, kept: Iterable[KeptTier], reading: Reading
) -> list[LaidTier]:
    """Lay out tags and cues as tiers: first those of `kept`, then ours.

    A tier has its old name only where it would be read for the same again, which needs that its
    coder is the one that a reader would suppose.
    """
    lanes = lanes_of(session)
    speech = _speech_of(session)
    laid: list[LaidTier] = []
    for one in kept:
        if one.use is TierUse.CODE:
            found = _as_code(one, lanes, wishes, reading)
        elif one.use is TierUse.VALUES:
            found = _as_values(one, lanes, wishes, reading)
        else:
            found = _as_speech(one, speech, reading)
        if found is None and _stood_empty(one, session, lanes):
            found = LaidTier(one.name, one.use, (), kept=one)
        if found is not None:
            laid.append(found)
    taken = {one.name for one in laid}
    ours = [*(_of_lane(lane) for lane in lanes), *speech]
    return [*laid, *(_renamed(tier, taken) for tier in ours)]


def _stood_empty(kept: KeptTier, session: Session, lanes: Iterable[Lane]) -> bool:
    """Tell whether an old tier is to stand there without marks: its code is known, and unused."""
    is_known = any(word_of(code) == kept.word for code in session.codebook.codes)
    return kept.use is TierUse.CODE and is_known and all(one.word != kept.word for one in lanes)


def _renamed(tier: LaidTier, taken: set[str]) -> LaidTier:
    """Give a tier a name that no other has."""
    name = unused_name(tier.name, taken, " #{}")
    taken.add(name)
    return tier if name == tier.name else replace(tier, name=name)


def _of_lane(lane: Lane) -> LaidTier:
    return LaidTier(
        lane.name,
        TierUse.CODE,
        spaced(LaidMark(one.start, one.end, one.note, one) for one in lane.tags),
        lane.are_moments,
        lane.word,
        lane.coding_pass.coder,
        lane.participant,
    )


def spaced(marks: Iterable[LaidMark]) -> list[LaidMark]:
    """Let each mark end before the next begins; what is cut off is under a millisecond."""
    made: list[LaidMark] = []
    for mark in marks:
        if made and made[-1].end > mark.start:
            made[-1] = replace(made[-1], end=mark.start)
        made.append(mark)
    return made


def _as_code(
    kept: KeptTier, lanes: list[Lane], wishes: Wishes, reading: Reading
) -> LaidTier | None:
    """Find the lane that is the old tier, and take it from the lanes."""
    coder = wishes.coder or UNKNOWN_CODER
    fitting = [
        lane
        for lane in lanes
        if (lane.word, lane.participant) == (kept.word, kept.participant)
        and lane.coding_pass.coder == coder
    ]
    if len(fitting) != 1:
        return None
    tier = replace(_of_lane(fitting[0]), name=kept.name, kept=kept)
    if any(not mark.text.strip() for mark in tier.marks) and not kept.has_blanks:
        return None
    if not _is_read_so(tier, kept, reading):
        return None
    lanes.remove(fitting[0])
    return tier


def _as_values(
    kept: KeptTier, lanes: list[Lane], wishes: Wishes, reading: Reading
) -> LaidTier | None:
    """Put the lanes of the pass that an old tier became on one tier again, where they fit."""
    of_pass = [lane for lane in lanes if lane.coding_pass.coder == kept.name]
    if wishes.coder or not of_pass:
        return None
    tags = sorted((tag for lane in of_pass for tag in lane.tags), key=tag_order)
    words = {lane.code.id: word_of(lane.code) for lane in of_pass}
    is_alike = len({(lane.are_moments, lane.participant) for lane in of_pass}) == 1
    if not is_alike or of_pass[0].participant != kept.participant:
        return None
    if any(tag.note or not tag.is_named for tag in tags) or _overlap(tags):
        return None
    marks = [LaidMark(tag.start, tag.end, words[tag.code], tag) for tag in tags]
    tier = LaidTier(kept.name, kept.use, marks, of_pass[0].are_moments, kept=kept)
    if not _is_read_so(tier, kept, reading):
        return None
    lanes[:] = [lane for lane in lanes if lane not in of_pass]
    return replace(tier, coder=kept.name, participant=kept.participant)


def _overlap(tags: Sequence[Tag]) -> bool:
    pairs = pairwise(tags)
    return any(one.end > other.start or one.start == other.start for one, other in pairs)


def _as_speech(kept: KeptTier, speech: list[LaidTier], reading: Reading) -> LaidTier | None:
    fitting = [tier for tier in speech if tier.speaker == (kept.speaker or kept.name)]
    if len(fitting) != 1:
        return None
    tier = replace(fitting[0], name=kept.name, kept=kept)
    if not _is_read_so(tier, kept, reading):
        return None
    speech.remove(fitting[0])
    return tier


def _is_read_so(tier: LaidTier, kept: KeptTier, reading: Reading) -> bool:
    """Tell whether a reader who is told nothing would take the tier for what it is."""
    seen = [Annotation(mark.start, mark.end, mark.text) for mark in tier.marks]
    return reading(kept, Tier(tier.name, seen)) is tier.use


def _speech_of(session: Session) -> list[LaidTier]:
    """Lay out what was said, by speaker; what overlaps goes to a further tier."""
    people = {one.id: one.label for one in session.participants}
    speakers: dict[tuple[str, str], list[Cue]] = {}
    for transcript in session.transcripts:
        for cue in transcript.cues:
            speaker = cue.speaker or people.get(cue.participant, "")
            speakers.setdefault((speaker, cue.participant), []).append(cue)
    return [
        LaidTier(
            (f"{speaker} " if speaker else "") + "(transcript)" + (f" #{row}" if row > 1 else ""),
            TierUse.TRANSCRIPT,
            marks,
            participant=participant,
            speaker=speaker,
        )
        for (speaker, participant), cues in speakers.items()
        for row, marks in enumerate(_rows(cues), 1)
    ]


def _rows(cues: Iterable[Cue]) -> Iterator[list[LaidMark]]:
    rows: list[list[LaidMark]] = []
    for cue in sorted(cues, key=lambda one: (one.start, one.end)):
        end = cue.end if cue.end > cue.start else Micros(cue.start + _MILLISECOND)
        row = next((one for one in rows if one[-1].end <= cue.start), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(LaidMark(cue.start, end, cue.text, cue))
    return iter(rows)
