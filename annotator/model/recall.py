"""Which exports are to be called back: what was shown then may not be shown any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from annotator.model.consent_rules import read_date
from annotator.model.disclosure import judge
from annotator.model.export_record import ExportRecord, Logged
from annotator.model.held import ALL_HELD, maskable
from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class Recall:
    """An export that is to be called back, with the reasons, a sentence each."""

    logged: Logged
    reasons: tuple[str, ...]


def to_recall(session: Session, exports: Iterable[Logged], today: date) -> tuple[Recall, ...]:
    """Judge every export anew, on a day, by what the session says now; gives those refused.

    Somebody has withdrawn, a consent has ended or grown narrower, more must be masked, a stretch
    has been excluded, or the day to delete it by is over. Left out are exports that were given
    up, and those that are called back already.
    """
    open_ones = (one for one in exports if not one.given_up and not one.recalled)
    judged = (Recall(one, _reasons(session, one.record, today)) for one in open_ones)
    return tuple(one for one in judged if one.reasons)


def _reasons(session: Session, record: ExportRecord, today: date) -> tuple[str, ...]:
    present = [one.participant for one in record.shown]
    known = maskable(record.holds or ALL_HELD)
    judgement = judge(
        session, record.seen or record.spans, record.purpose, today, present, record.recipient
    )
    judgement = judgement.where(known)
    refusals = (*judgement.refusals, *judgement.unmasked(record.masks))
    day = read_date(record.delete_by)
    over = (f"It was to be deleted by {day}.",) if day and day < today else ()
    return (*(one.told for one in refusals), *over)
