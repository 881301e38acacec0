"""What the consent window says: of people, of purposes, of exports and of what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from annotator.gui.dialogs.rows_model import Row
from annotator.model.consent_rules import called
from annotator.model.disclosure import Judgement, judge, masks_told
from annotator.model.export_record import Logged
from annotator.model.participant import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Mask,
    Participant,
)
from annotator.model.session import Session
from annotator.model.time import Interval, to_clock

STATUSES = (
    (ConsentStatus.UNKNOWN, "Not known"),
    (ConsentStatus.GIVEN, "Given"),
    (ConsentStatus.REFUSED, "Withheld"),
    (ConsentStatus.WITHDRAWN, "Withdrawn"),
)
MASK_HEADS = (
    (Mask.FACES, "Faces"),
    (Mask.VOICE, "Voices"),
    (Mask.NAMES, "Names"),
    (Mask.PICTURE, "Picture"),
)
PEOPLE_HEADS = ("Code", "Role", "Consent")
PURPOSE_HEADS = ("For", "Now", "Why")
EXCLUDED_HEADS = ("From – to", "Reason")
EXPORT_HEADS = ("Made", "For", "State", "Given to", "Shows")
NOT_A_DAY = "Write the day as 2026-03-01."


def level_words(level: ConsentScope) -> str:
    """Give a level as it begins a line."""
    return f"{level.told[:1].upper()}{level.told[1:]}"


def status_words(consent: Consent) -> str:
    """Say shortly how a consent stands."""
    if consent.is_withdrawn:
        return "Withdrawn"
    return dict(STATUSES)[consent.status]


def people_rows(session: Session) -> list[Row]:
    """Give a row for each participant."""
    return [
        Row(one.id, (called(one), one.role.value, status_words(one.consent)), _warned(one))
        for one in session.participants
    ]


def _warned(one: Participant) -> int:
    return 2 if one.consent.is_withdrawn or one.consent.status is ConsentStatus.REFUSED else -1


def purpose_rows(session: Session, today: date) -> list[Row]:
    """Say for each purpose whether the session may be shown on a day, and why not."""
    return [_purpose_row(session, judge(session, (), one, today)) for one in ConsentScope]


def _purpose_row(session: Session, judged: Judgement) -> Row:
    name = level_words(judged.level)
    if not judged.is_allowed:
        return Row(judged.level.value, (name, "Refused", " ".join(judged.reasons)), 1)
    masks = masks_told(session, judged.duties)
    told = [f"Masked: {masks}."] if masks else []
    told += [f"Until {judged.delete_by}."] if judged.delete_by else []
    return Row(judged.level.value, (name, "Allowed", " ".join(told)))


def excluded_rows(session: Session) -> list[Row]:
    """Give a row for each excluded span."""
    return [
        Row(str(number), (span_words(Interval(one.start, one.end)), one.reason))
        for number, one in enumerate(session.excluded)
    ]


def span_words(span: Interval) -> str:
    """Write a stretch of time as two clocks."""
    return f"{to_clock(span.start)} – {to_clock(span.end)}"


def export_rows(exports: Sequence[Logged], recalls: dict[int, tuple[str, ...]]) -> list[Row]:
    """Give a row for each export, the newest first; `recalls` are reasons by line of the log."""
    return [_export_row(one, is_due=one.line in recalls) for one in reversed(exports)]


def _export_row(one: Logged, *, is_due: bool) -> Row:
    record = one.record
    shows = ", ".join(span_words(span) for span in record.spans)
    head = (record.when[:10], record.purpose.told, _state(one, is_due=is_due))
    return Row(record.id, (*head, record.recipient or "–", shows), 2 if is_due else -1)


def _state(one: Logged, *, is_due: bool) -> str:
    if one.given_up:
        return "Never finished"
    if one.recalled:
        return f"Called back {one.recalled[:10]}"
    return "To be called back" if is_due else "Made"


def export_lines(session: Session, one: Logged, reasons: Sequence[str]) -> str:
    """Tell all that is known of an export, a line each."""
    return "\n".join(_about(session, one, reasons))


def _about(session: Session, one: Logged, reasons: Sequence[str]) -> Iterator[str]:
    record = one.record
    for heading, text in (
        ("To be called back", " ".join(reasons)),
        ("Files", ", ".join(file.name for file in record.results)),
        ("In", record.folder),
        ("Made by", f"{record.who} ({one.code})" if record.who else ""),
        ("Masked", masks_told(session, record.masks)),
        ("Made although refused, because", record.override),
        ("To be deleted by", record.delete_by),
    ):
        if text:
            yield f"{heading}: {text}"


def withdrawal_words(who: str, exports: int) -> str:
    """Say what follows where somebody takes consent back."""
    if not exports:
        made = f"Nothing that shows {who} stands in the log of exports."
    else:
        many = "1 export that shows" if exports == 1 else f"{exports:,} exports that show"
        made = f"{many} {who} will be listed under Exports, to be called back and deleted."
    return (
        f"From then on no export may show {who}, not even for the team. {made} What had been "
        "allowed stays written. Undo takes this step back."
    )
