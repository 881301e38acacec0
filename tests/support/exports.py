"""Exports to keep records of: a session with planted names, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from annotator.model import (
    Consent,
    ConsentScope,
    ConsentStatus,
    ExcludedSpan,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Session,
)
from annotator.model.disclosure import MaskDuty, judge, permit
from annotator.model.export_record import Circumstances, ExportRecord, HashedFile, record_export
from tests.support.sessions import plain_session

TODAY = date(2026, 6, 1)
WHEN = "2026-06-01T09:00:00Z"
TITLE, CODER, FILM, NOTE = "Miller Friday", "Anna Kowalski", "Miller-2026.mp4", "said Grabowski"
NAMES = ("Miller", "Friday", "Anna", "Kowalski", "Grabowski")
GIVEN = Consent(
    ConsentStatus.GIVEN, ConsentScope.LEARNING, "2026-01-05", "2027-03-01", "3b", f"{CODER}: yes"
)
CLIP = Interval(Micros(10_000_000), Micros(25_000_001))


def told_session(*consents: Consent) -> Session:
    """Make a session full of names, with a participant for each consent: p1, p2 …"""
    session = plain_session()
    return replace(
        session,
        title=TITLE,
        recordings=(replace(session.recordings[0], path=FILM),),
        excluded=(ExcludedSpan(Micros(5_000_000), Micros(6_000_000), NOTE),),
        participants=tuple(
            Participant(f"p{number}", ParticipantRole.CLIENT, f"C0{number}", consent)
            for number, consent in enumerate(consents or (GIVEN,), 1)
        ),
        passes=(replace(session.passes[0], coder=CODER),),
    )


def file_of(name: str) -> HashedFile:
    """Make the account of a file that holds nothing but its name."""
    return HashedFile(name, sha256(name.encode()).hexdigest(), len(name))


def exported(
    session: Session,
    export_id: str = "x1",
    level: ConsentScope = ConsentScope.LEARNING,
    spans: Sequence[Interval] = (CLIP,),
    masks: Sequence[MaskDuty] = (),
    override: str | None = None,
) -> ExportRecord:
    """Make the record of an export, refused as it would be in earnest."""
    passed = permit(judge(session, spans, level, TODAY), masks, override)
    how = Circumstances(
        export_id,
        WHEN,
        CODER,
        folder="/home/anna/Miller",
        recipient="Grabowski's course",
        settings={"mode": "exact", "size": "as filmed"},
        sources=(file_of("r1"),),
        results=(file_of(f"s1-{export_id}.mp4"), file_of(f"s1-{export_id}.vtt")),
    )
    return record_export(session, passed, spans, how)
