"""Cues of subtitle files as a session: what was said in it, or tags where a person wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.cue_making import Draft, make_cues
from annotator.storage.interchange.drafting import UNKNOWN_CODER, SessionDraft
from annotator.storage.interchange.interface import (
    Found,
    ReadCues,
    TierFacts,
    TierUse,
    Wishes,
)
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.tag_cues import (
    NotOursError,
    ReadTags,
    is_tag,
    read_tag_cues,
    take_tags,
)
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers

UNIT = "cues"
NOBODY = "(nobody named)"
"""The tier of cues that do not tell who speaks."""

_OURS = "tags"
_MOST_SPEAKERS = 200
_MOST_CODES = 500
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ReadDrafts:
    """The cues of a file as they stand in it, before anything of them is put right.

    Those that are no list are read as they are asked for. `extra` is what the format wants back
    when it writes, and is whole once all cues are read.
    """

    drafts: Iterable[Draft]
    language: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


DraftReader = Callable[[Source, Wishes, Notes], ReadDrafts]


def found_in(read: DraftReader, source: Source, wishes: Wishes, told: Notes) -> Found:
    """Make a session of the cues of a file, of tags where they are ours.

    `told` is where what is read is noted; what was left behind is counted by it.
    """
    trial = Notes(told.watch)
    first = read(source, wishes, trial)
    ours = None if wants_speech(wishes) else _our_tags(first, source, wishes, trial)
    if ours is not None:
        told.take(trial.report(0, 0))
        return ours
    if isinstance(first.drafts, Sequence):
        told.take(trial.report(0, 0))
    else:  # some of it has been read, and it is all to be read
        first = read(source, wishes, told)
    cues = make_cues([*first.drafts], told)
    return session_of(ReadCues(cues, 0, first.language, first.extra), source, wishes, told)


def _our_tags(read: ReadDrafts, source: Source, wishes: Wishes, told: Notes) -> Found | None:
    """Make a session of tags that we wrote; None where what stands there is anything else."""
    drafts = read.drafts
    if isinstance(drafts, list):
        if not all(map(is_tag, drafts)):
            return None
        drafts = spent(drafts)
    try:
        found = tags_of(ReadTags(read_tag_cues(drafts)), source, wishes, told)
    except NotOursError:
        return None
    return found if found.sessions else None


def wants_speech(wishes: Wishes) -> bool:
    """Tell whether a person says that what stands in a file was said, whatever it looks like."""
    return wishes.tiers is TierUse.TRANSCRIPT and not wishes.as_tags


def tags_of(read: ReadTags, source: Source, wishes: Wishes, told: Notes) -> Found:
    """Make a session of the tags that we wrote into a file."""
    draft = SessionDraft(source.stem, source.stem, told, wishes.now)
    taken = take_tags(draft, read)
    counted = taken.carried + told.report(0, 0).left_behind
    if not taken.carried:
        return Found((), counted, 0, UNIT)
    facts = TierFacts(_OURS, taken.carried, taken.words, TierUse.VALUES)
    return Found((draft.session(),), counted, taken.carried, UNIT, (facts,))


def session_of(read: ReadCues, source: Source, wishes: Wishes, told: Notes) -> Found:
    """Make a session of what was said, or of tags where a person wants that.

    Cues count once speakers are told apart.
    """
    counted = len(read.cues) + told.report(0, 0).left_behind
    if not read.cues:
        return Found((), counted, 0, UNIT)
    draft = SessionDraft(source.stem, source.stem, told, wishes.now)
    tiers = _tiers_of(read.cues)
    if are_tags(wishes):
        taken = take_tiers(draft, [_used(tier, wishes, told) for tier in tiers], wishes)
        return Found((draft.session(),), counted, taken.carried, UNIT, taken.facts)
    _take_speech(draft, read, source.name)
    facts = tuple(_facts(tier) for tier in tiers)
    return Found((draft.session(),), counted, len(read.cues), UNIT, facts)


def are_tags(wishes: Wishes) -> bool:
    """Tell whether a person wants tags of what would be taken for speech."""
    return (
        wishes.as_tags or wishes.tiers not in {None, TierUse.TRANSCRIPT} or bool(wishes.tier_uses)
    )


def _tiers_of(cues: Sequence[Cue]) -> list[Tier]:
    """Put the cues of each speaker on a tier of their own; its marks count as one coder's."""
    tiers: dict[str, Tier] = {}
    for number, cue in enumerate(cues, 1):
        tier = tiers.get(cue.speaker)
        if tier is None:
            name = cue.speaker or NOBODY
            tier = tiers[cue.speaker] = Tier(name, participant=cue.speaker)
        value = " ".join(cue.text.split())
        tier.annotations.append(
            Annotation(cue.start, cue.end, value, f"cue {number}", extra=cue.extra)
        )
    return list(tiers.values())


def _used(tier: Tier, wishes: Wishes, notes: Notes) -> Tier:
    """Say what a tier is where no person does: texts are codes unless they are far too many."""
    coder = wishes.coder or UNKNOWN_CODER
    if tier.name in wishes.tier_uses or wishes.tiers:
        return replace(tier, coder=coder)
    if not wishes.as_tags:
        return replace(tier, coder=coder, use=TierUse.TRANSCRIPT)
    texts = {one.value for one in tier.annotations}
    if len(texts) <= _MOST_CODES:
        return replace(tier, coder=coder, use=TierUse.VALUES)
    told = "its cues are too different to be codes, so the speaker is the code and they are notes"
    notes.noticed(told, f"tier “{tier.name}”")
    return replace(tier, coder=coder, use=TierUse.CODE)


def _facts(tier: Tier) -> TierFacts:
    values = dict.fromkeys(one.value for one in tier.annotations[: 10 * _SHOWN])
    shown = tuple(values)[:_SHOWN]
    return TierFacts(tier.name, len(tier.annotations), shown, TierUse.TRANSCRIPT)


def _take_speech(draft: SessionDraft, read: ReadCues, name: str) -> None:
    """Add the transcript as it was read, whose speakers are participants where they are few."""
    speakers = dict.fromkeys(cue.speaker for cue in read.cues if cue.speaker)
    people: dict[str, str] = {}
    if len(speakers) <= _MOST_SPEAKERS:
        people = {speaker: draft.participant(speaker) for speaker in speakers}
    else:
        draft.notes.noticed(f"{len(speakers)} labels of speakers are too many to be participants")
    cues = tuple(_said_by(cue, people.get(cue.speaker, "")) for cue in read.cues)
    draft.transcript([max(cues, key=lambda cue: cue.end)])  # which tells where the session ends
    made = draft.transcripts.pop()  # its cues are counted anew, and the file's asides name the old
    draft.transcripts.append(Transcript(made.id, cues, read.language, name, read.extra))


def _said_by(one: Cue, person: str) -> Cue:
    if not person:
        return one
    return Cue(one.id, one.start, one.end, one.text, one.speaker, person, one.words, one.extra)
