"""The gate that every export passes: who allowed what, what must be masked, what is refused.

Nothing here decides by how a person feels about it: what is not known, not readable or not there
counts as not allowed. A wider purpose is never judged more kindly than a narrower one, unless a
person has left just that narrower level out of the consent (`Consent.withheld`); and one more
person, excluded stretch or mask never makes an export allowed that was not. Only where nobody, or
an id that nobody has, was named as present does entering that person tell something new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from annotator.errors import AnnotatorError
from annotator.model.coding import Tag
from annotator.model.consent_rules import (
    NARROWEST,
    Ground,
    Refusal,
    called,
    demanded_masks,
    read_date,
    refusals_of,
    widest_level,
)
from annotator.model.participant import ConsentScope, Mask, Participant
from annotator.model.recipients import recipient_refusals
from annotator.model.session import Session
from annotator.model.time import Interval, Micros, to_clocks
from annotator.model.transcript import Cue

_COVERS = {Mask.FACES: {Mask.FACES, Mask.PICTURE}}  # what else does a mask's work
_JOINERS = "\u200c\u200d"  # several scripts write with these


class RefusedError(AnnotatorError):
    """An export is not allowed by the consent that was given."""


@dataclass(frozen=True, slots=True)
class MaskDuty:
    """What is, or must be, masked of one participant, by id."""

    participant: str
    masks: tuple[Mask, ...]
    extra: Mapping[str, object] = field(default_factory=dict)


def masks_told(session: Session, duties: Iterable[MaskDuty]) -> str:
    """Say of whom what is masked, as in `C07 faces, voice; T01 names`."""
    labels = {one.id: called(one) for one in session.participants}
    return "; ".join(
        f"{labels.get(one.participant, one.participant)} {', '.join(one.masks)}" for one in duties
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one participant's consent goes on the day: the widest level, None for nowhere."""

    participant: str
    label: str
    widest: ConsentScope | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an export may be made, and under what conditions.

    `level` is what was asked for, `effective` the lowest of what those present allow, None where
    somebody allows nothing. `delete_by` is the last day of the consent that ends first, ISO 8601,
    empty where none ends. `unassigned` are labels of speakers of whom it is not told who they are.
    """

    level: ConsentScope
    refusals: tuple[Refusal, ...]
    standings: tuple[Standing, ...]
    duties: tuple[MaskDuty, ...]
    delete_by: str
    unassigned: tuple[str, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals

    @property
    def present(self) -> tuple[str, ...]:
        """The ids of those taken to be in the picture or heard."""
        return tuple(one.participant for one in self.standings)

    @property
    def effective(self) -> ConsentScope | None:
        """The lowest level among those present; the team's where it is not known who is."""
        order = list(ConsentScope)
        levels = [one.widest for one in self.standings]
        levels += [NARROWEST for _ in self.unassigned]
        known = [one for one in levels if one is not None]
        if len(known) < len(levels):
            return None
        return min(known, key=order.index, default=NARROWEST)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences that say why not."""
        return tuple(one.told for one in self.refusals)

    def where(self, maskable: Collection[Mask]) -> Judgement:
        """Give it for an export in which only these masks mean something.

        What an export cannot hold of anybody need not be masked in it.
        """
        kept = (replace(one, masks=_among(one.masks, maskable)) for one in self.duties)
        return replace(self, duties=tuple(one for one in kept if one.masks))

    def lacking(self, applied: Iterable[MaskDuty]) -> tuple[MaskDuty, ...]:
        """Give what must be masked and is not, where this is what an export masks."""
        done: dict[str, set[Mask]] = {}
        for one in applied:
            done.setdefault(one.participant, set()).update(one.masks)
        left = (
            MaskDuty(duty.participant, _uncovered(duty.masks, done.get(duty.participant, set())))
            for duty in self.duties
        )
        return tuple(one for one in left if one.masks)

    def unmasked(self, applied: Iterable[MaskDuty]) -> tuple[Refusal, ...]:
        """Say of whom what is not masked and must be, where this is what an export masks."""
        labels = {one.participant: one.label for one in self.standings}
        told = ((one.participant, ", ".join(one.masks)) for one in self.lacking(applied))
        return tuple(
            Refusal(Ground.MASK, f"Of {labels[who]} must be masked: {what}.", who)
            for who, what in told
        )


def _among(masks: Iterable[Mask], known: Collection[Mask]) -> tuple[Mask, ...]:
    return tuple(one for one in masks if one in known)


def _uncovered(wanted: Iterable[Mask], done: Collection[Mask]) -> tuple[Mask, ...]:
    return tuple(one for one in wanted if not _COVERS.get(one, {one}) & set(done))


@dataclass(frozen=True, slots=True)
class Permit:
    """That an export may be made with these masks.

    Where it was refused and is made anyway, `override` is the reason that was given, and
    `refusals` all that spoke against it.
    """

    judgement: Judgement
    masks: tuple[MaskDuty, ...]
    refusals: tuple[Refusal, ...] = ()
    override: str = ""


def permit(judgement: Judgement, masks: Sequence[MaskDuty], override: str | None = None) -> Permit:
    """Let an export pass with the masks it has: it is allowed, or somebody answers for it.

    `masks` is what will be masked of whom. A reason given where nothing is refused overrides
    nothing and is dropped. Raises RefusedError where it is refused, or lacks a mask, and no
    reason is given, or one without a word in it.
    """
    refusals = (*judgement.refusals, *judgement.unmasked(masks))
    if not refusals:
        return Permit(judgement, tuple(masks))
    if override is None:
        told = f"Refused for {judgement.level.told}: " + " ".join(one.told for one in refusals)
        remedy = "Choose a narrower purpose or another stretch, mask more, or ask for consent."
        raise RefusedError(told, remedy)
    shown = (sign if sign.isprintable() or sign in _JOINERS else " " for sign in override)
    reason = " ".join("".join(shown).split())  # what steers a terminal could hide what is told
    if not any(sign.isalnum() for sign in reason):
        raise RefusedError(
            "An export that is refused is made only with a reason.",
            "Write why, without names: the reason is logged and stands in the manifest.",
        )
    return Permit(judgement, tuple(masks), refusals, reason)


def judge(
    session: Session,
    spans: Sequence[Interval],
    level: ConsentScope,
    today: date,
    present: Collection[str] | None = None,
    recipient: str | None = None,
) -> Judgement:
    """Judge whether stretches of a session may be shown at a level; reads nothing, never fails.

    `spans` are on the session's clock and as they will be written, out to the frame; without any,
    consent alone is judged. `present` names, by id, who is seen or heard there; None, or nobody,
    leaves it at everybody. Whoever has a tag or a cue there counts in any case, also a speaker to
    whom no participant is assigned. On the day of its expiry a consent still holds. `recipient` is
    who gets it, where that is to be judged too.
    """
    here = present_in(session, spans, present)
    voices = _unassigned(session, spans)
    people = [one for one in session.participants if one.id in here]
    strangers = sorted(set(here) - {one.id for one in people})
    refusals = [
        *_nobody(here, level),
        *(_stranger(one) for one in strangers if level is not NARROWEST),
        *(_voice(one) for one in voices if level is not NARROWEST),
        *(refusal for one in people for refusal in refusals_of(one, level, today)),
        *(() if recipient is None else recipient_refusals(people, level, recipient)),
        *_crossed(session, spans),
    ]
    standings = (
        *(Standing(one.id, called(one), widest_level(one, today)) for one in people),
        *(Standing(one, one, NARROWEST) for one in strangers),
    )
    ends = [day for one in people if (day := read_date(one.consent.expires))]
    last = min(ends).isoformat() if ends else ""
    return Judgement(level, tuple(refusals), standings, _duties(people, level), last, voices)


def present_in(
    session: Session, spans: Sequence[Interval], told: Collection[str] | None
) -> tuple[str, ...]:
    """Give the ids of those who count as present, as `judge` takes it."""
    everybody = tuple(dict.fromkeys(one.id for one in session.participants))
    named = set(told or everybody)
    here = named | set(_marked(session, spans, named))
    return (*(one for one in everybody if one in here), *sorted(here - set(everybody)))


def _marked(session: Session, spans: Sequence[Interval], known: Collection[str]) -> Iterator[str]:
    """Yield who else has a tag or a cue in one of the stretches."""
    first = min((span.start for span in spans), default=Micros(0))
    last = max((span.end for span in spans), default=first)
    tags = (tag for one in session.passes for tag in one.tags)
    cues = (cue for one in session.transcripts for cue in one.cues)
    for mark in chain[Tag | Cue](tags, cues):
        who = mark.participant
        if not who or who in known or mark.end < first or mark.start > last:
            continue  # as nearly all are; a session has thousands
        if _touches(spans, mark.start, mark.end):
            yield who


def _unassigned(session: Session, spans: Sequence[Interval]) -> tuple[str, ...]:
    """Give the labels of those heard in one of the stretches whom no participant stands for."""
    cues = (cue for one in session.transcripts for cue in one.cues)
    heard = (
        cue.speaker
        for cue in cues
        if cue.speaker and not cue.participant and _touches(spans, cue.start, cue.end)
    )
    return tuple(dict.fromkeys(heard))


def _touches(spans: Sequence[Interval], start: Micros, end: Micros) -> bool:
    where = Interval(min(start, end), max(start, end))  # a judge may not fail, whatever is built
    return any(span.overlaps(where) for span in spans)


def _duties(people: Iterable[Participant], level: ConsentScope) -> tuple[MaskDuty, ...]:
    duties = (MaskDuty(one.id, demanded_masks(one.consent, level)) for one in people)
    return tuple(one for one in duties if one.masks)


def _nobody(here: Collection[str], level: ConsentScope) -> Iterator[Refusal]:
    if not here and level is not NARROWEST:
        told = "The session names nobody who is on the film, so nobody's consent is known."
        yield Refusal(Ground.NOBODY, told)


def _stranger(participant: str) -> Refusal:
    told = f"“{participant}” is none of the session's participants, so the consent is not known."
    return Refusal(Ground.STRANGER, told, participant)


def _voice(speaker: str) -> Refusal:
    told = (
        f"“{speaker}” is heard, and it is not told which participant that is, so the consent is "
        "not known. Say it once: F2 in the transcript, or “annotator transcript assign”."
    )
    return Refusal(Ground.SPEAKER, told)


def _crossed(session: Session, spans: Sequence[Interval]) -> Iterator[Refusal]:
    for one in session.excluded:
        if _touches(spans, one.start, one.end):
            why = f" (“{one.reason}”)" if one.reason else ""
            where = Interval(min(one.start, one.end), max(one.start, one.end))
            told = f"The stretch from {to_clocks(where)} is excluded{why} and may be in no export."
            yield Refusal(Ground.EXCLUDED, told, span=where)
