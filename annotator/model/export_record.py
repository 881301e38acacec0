"""What is kept of an export: when, by whom, for whom, from what, with which masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.consent_rules import Ground
from annotator.model.disclosure import MaskDuty, Permit
from annotator.model.held import ALL_HELD, Held
from annotator.model.participant import ConsentScope, ParticipantRole
from annotator.model.session import Session
from annotator.model.time import Interval

BARE_FACES, BARE_LOST = "faces uncovered by hand", "uncovered where a face was lost"
FACES_FOUND = "faces found"
"""What settings call it that a found face is shown, or that it is not known what was found."""


@dataclass(frozen=True, slots=True)
class HashedFile:
    """A file by its name and its content: SHA-256 in hexadecimal, size in bytes.

    A source is named by the id of its recording, never by its path.
    """

    name: str
    sha256: str
    size: int
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """One participant who is seen or heard in an export, and how far the consent went then."""

    participant: str
    role: ParticipantRole
    allows: ConsentScope | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overridden:
    """What spoke against an export that was made anyway; without its words, which may tell."""

    ground: Ground
    participant: str = ""
    span: Interval | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How an export was made, as whoever makes it knows.

    `when` is ISO 8601 in UTC. `who`, `folder`, `recipient` and `seen` stay at home, in the log.
    `holds` is by what people can be known in it. `seen` are its stretches, each from when the
    picture came that is on screen at its start; empty where none came earlier.
    """

    id: str
    when: str
    who: str
    folder: str = ""
    recipient: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[HashedFile, ...] = ()
    results: tuple[HashedFile, ...] = ()
    holds: tuple[Held, ...] = ALL_HELD
    seen: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One export as the log keeps it; the manifest is made of the same, without names.

    `level` is the lowest of what those present allowed, None where somebody allowed nothing.
    `spans` are where it begins and ends, `seen` all that is judged: the same, each from when the
    picture came that is on screen at its start; empty where none came earlier. `override` is the
    reason of an export that was refused, `overridden` what spoke against it. `masks` are of what
    it `holds` alone; where that was not told, it may hold anything.
    """

    id: str
    when: str
    who: str
    session: str
    purpose: ConsentScope
    level: ConsentScope | None = None
    spans: tuple[Interval, ...] = ()
    seen: tuple[Interval, ...] = ()
    shown: tuple[Shown, ...] = ()
    holds: tuple[Held, ...] = ALL_HELD
    masks: tuple[MaskDuty, ...] = ()
    override: str = ""
    overridden: tuple[Overridden, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[HashedFile, ...] = ()
    results: tuple[HashedFile, ...] = ()
    delete_by: str = ""
    folder: str = ""
    recipient: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def uncovered(self) -> dict[str, str]:
        """What limits the masks of faces, as the settings say it; empty where nothing does."""
        keys = (BARE_FACES, BARE_LOST, FACES_FOUND)
        return {key: self.settings[key] for key in keys if self.settings.get(key)}


@dataclass(frozen=True, slots=True)
class Logged:
    """An export as it stands in a log, with what became of it since.

    `code` stands for `record.who` in the manifest. `given_up` and `recalled` are times, ISO 8601
    in UTC, empty where it has not come to that. `line` counts from 1.
    """

    record: ExportRecord
    code: str
    line: int
    given_up: str = ""
    recalled: str = ""


def record_export(
    session: Session, permit: Permit, spans: Sequence[Interval], how: Circumstances
) -> ExportRecord:
    """Put together the record of an export of these stretches of a session."""
    judgement = permit.judgement
    roles = {one.id: one.role for one in session.participants}
    return ExportRecord(
        id=how.id,
        when=how.when,
        who=how.who,
        session=session.id,
        purpose=judgement.level,
        level=judgement.effective,
        spans=tuple(spans),
        seen=how.seen,
        shown=tuple(
            Shown(one.participant, roles.get(one.participant, ParticipantRole.OTHER), one.widest)
            for one in judgement.standings
        ),
        holds=how.holds,
        masks=permit.masks,
        override=permit.override,
        overridden=tuple(
            Overridden(one.ground, one.participant, one.span) for one in permit.refusals
        ),
        settings=how.settings,
        sources=how.sources,
        results=how.results,
        delete_by=judgement.delete_by,
        folder=how.folder,
        recipient=how.recipient,
    )
