"""A page that certifies what was made of a session, or that a consent was taken back.

It is Markdown that reads as plain text as well. It holds codes only: no title, no coder's name, no
path, no recipient, so that it may be given to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from annotator.model.consent_rules import called
from annotator.model.disclosure import MaskDuty
from annotator.model.export_record import ExportRecord, HashedFile, Logged
from annotator.model.participant import ConsentStatus, Participant
from annotator.model.session import Session
from annotator.model.telling import session_code
from annotator.model.time import to_clock

CANNOT_PROVE = (
    "This page says what the session file and its log of exports say. It cannot prove that no "
    "other copy was made by other means. A recording can never be wholly masked."
)
_HASH_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A participant who took consent back, with all exports that show this participant."""

    participant: Participant
    exports: tuple[Logged, ...]


def withdrawal_of(participant: Participant, exports: Sequence[Logged]) -> Withdrawal:
    """Find what a certificate of withdrawal tells of; exports that came to nothing are left out.

    Raises ValueError where consent was not taken back.
    """
    consent = participant.consent
    if consent.status is not ConsentStatus.WITHDRAWN and not consent.withdrawn:
        raise ValueError(f"{called(participant)} has not withdrawn consent")
    shown = (
        one
        for one in exports
        if not one.given_up and any(each.participant == participant.id for each in one.record.shown)
    )
    return Withdrawal(participant, tuple(shown))


def certify_export(session: Session, logged: Logged, today: date) -> str:
    """Write the page about one export: when, for whom, from when to when, masks, files."""
    return _page("Certificate of an export", session, today, _about(session, logged, "##"))


def certify_withdrawal(session: Session, withdrawal: Withdrawal, today: date) -> str:
    """Write the page about a withdrawal: since when, and what became of each export."""
    return _page(
        "Certificate of a withdrawal of consent", session, today, _withdrawn(session, withdrawal)
    )


def _page(title: str, session: Session, today: date, lines: Iterator[str]) -> str:
    head = (f"# {title}", "", f"Session {session_code(session)}. Written on {today}.", "")
    return "\n".join((*head, *lines, "", CANNOT_PROVE, ""))


def _withdrawn(session: Session, withdrawal: Withdrawal) -> Iterator[str]:
    one, exports = withdrawal.participant, withdrawal.exports
    day = one.consent.withdrawn
    since = f" on {day}" if day else ""
    yield f"{called(one)} ({one.role.value}) withdrew consent{since}."
    yield "Since then this program refuses every export that shows this participant."
    yield ""
    left = [each for each in exports if not each.recalled]
    if not exports:
        yield "The log of exports holds nothing that shows this participant."
        return
    if left:
        yield f"**{_many(len(left), 'export is', 'exports are')} not known to be deleted yet.**"
    else:
        yield f"All exports that show this participant are deleted ({len(exports)})."
    for each in exports:
        yield ""
        yield from _about(session, each, "##")


def _about(session: Session, logged: Logged, level: str) -> Iterator[str]:
    record = logged.record
    yield f"{level} Export {record.id}"
    yield ""
    for heading, text in (
        ("Made", f"{record.when}, by {logged.code}"),
        ("For", record.purpose.told),
        ("Shows", ", ".join(_span(start, end) for start, end in _ends(record))),
        ("Masked", _masks(session, record.masks) or "nothing"),
        ("Made although refused, because", record.override),
        ("To be deleted by", record.delete_by),
        ("Files", "; ".join(_file(one) for one in record.results)),
        ("State", _state(logged)),
    ):
        if text:
            yield f"- {heading}: {text}"


def _ends(record: ExportRecord) -> Iterator[tuple[str, str]]:
    for span in record.spans:
        yield to_clock(span.start), to_clock(span.end)


def _span(start: str, end: str) -> str:
    return f"{start} to {end}"


def _masks(session: Session, duties: Sequence[MaskDuty]) -> str:
    labels = {one.id: called(one) for one in session.participants}
    return "; ".join(
        f"{labels.get(one.participant, one.participant)} {', '.join(one.masks)}" for one in duties
    )


def _file(one: HashedFile) -> str:
    return f"`{one.name}` ({one.size:,} bytes, SHA-256 {one.sha256[:_HASH_SHOWN]}…)"


def _state(logged: Logged) -> str:
    if logged.given_up:
        return "never finished; no file was made"
    if logged.recalled:
        return f"called back and deleted, noted {logged.recalled}"
    return "made, not called back"


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
