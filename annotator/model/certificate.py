"""A page that certifies what was made of a session, or that a consent was taken back.

It is Markdown that reads as plain text as well. It holds codes only: no title, no coder's name, no
path, no recipient, so that it may be given to whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from annotator.model.consent_rules import called
from annotator.model.counts import counted
from annotator.model.disclosure import masks_told
from annotator.model.export_record import HashedFile, Logged
from annotator.model.participant import Participant
from annotator.model.session import Session
from annotator.model.telling import session_code
from annotator.model.time import to_clocks

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
    if not participant.consent.is_withdrawn:
        raise ValueError(f"{called(participant)} has not withdrawn consent")
    shown = (
        one
        for one in exports
        if not one.given_up and any(each.participant == participant.id for each in one.record.shown)
    )
    return Withdrawal(participant, tuple(shown))


@dataclass(frozen=True, slots=True)
class CertifiedExport:
    """What is known of an export: headings with what they say, its files, and what became of it."""

    id: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[HashedFile, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a page certifies of the session of a code; `warning` stands out, where there is one."""

    title: str
    session: str
    day: date
    statements: tuple[str, ...] = ()
    warning: str = ""
    exports: tuple[CertifiedExport, ...] = ()

    @property
    def head(self) -> str:
        """Which session it is about, and when it was written."""
        return f"Session {self.session}. Written on {self.day}."

    def markdown(self) -> str:
        """Write it as Markdown, which ends in what no such page can prove."""
        lines = [f"# {self.title}", "", self.head, "", *self.statements]
        if self.warning:
            lines += [f"**{self.warning}**"]
        for place, one in enumerate(self.exports):
            lines += ["", *_lines(one)] if place or self.statements else _lines(one)
        return "\n".join((*lines, "", CANNOT_PROVE, ""))


def export_certificate(session: Session, logged: Logged, today: date) -> Certificate:
    """Certify one export: when, for whom, from when to when, masks, files."""
    exports = (_about(session, logged),)
    return Certificate("Certificate of an export", session_code(session), today, exports=exports)


def withdrawal_certificate(session: Session, withdrawal: Withdrawal, today: date) -> Certificate:
    """Certify a withdrawal: since when, and what became of each export."""
    one, exports = withdrawal.participant, withdrawal.exports
    since = f" on {one.consent.withdrawn}" if one.consent.withdrawn else ""
    left = [each for each in exports if not each.recalled]
    told = [
        f"{called(one)} ({one.role.value}) withdrew consent{since}.",
        "Since then this program refuses every export that shows this participant.",
        "",
    ]
    if not exports:
        told.append("The log of exports holds nothing that shows this participant.")
    elif not left:
        told.append(f"All exports that show this participant are deleted ({len(exports)}).")
    open_ones = counted(len(left), "export is", "exports are")
    return Certificate(
        "Certificate of a withdrawal of consent",
        session_code(session),
        today,
        tuple(told),
        f"{open_ones} not known to be deleted yet." if left else "",
        tuple(_about(session, each) for each in exports),
    )


def _about(session: Session, logged: Logged) -> CertifiedExport:
    record = logged.record
    facts = (
        ("Made", f"{_moment_told(record.when)}, by {logged.code}"),
        ("For", record.purpose.told),
        ("Shows", ", ".join(map(to_clocks, record.spans))),
        ("Masked", masks_told(session, record.masks) or "nothing"),
        *((key.capitalize(), told) for key, told in record.uncovered.items()),
        ("Made although refused, because", record.override),
        ("To be deleted by", record.delete_by),
    )
    told = tuple((heading, text) for heading, text in facts if text)
    return CertifiedExport(record.id, told, tuple(record.results), _state(logged))


def _lines(one: CertifiedExport) -> list[str]:
    files = "; ".join(f"`{each.name}` ({file_told(each)})" for each in one.files)
    told = [*one.facts, *([("Files", files)] if files else []), ("State", one.state)]
    return [f"## Export {one.id}", "", *(f"- {heading}: {text}" for heading, text in told)]


def file_told(one: HashedFile) -> str:
    """Say by what a file is known again."""
    return f"{one.size:,} bytes, SHA-256 {one.sha256[:_HASH_SHOWN]}…"


def _state(logged: Logged) -> str:
    if logged.given_up:
        return "never finished; no file was made"
    if logged.recalled:
        return f"called back and deleted, noted {_moment_told(logged.recalled)}"
    return "made, not called back"


def _moment_told(when: str) -> str:
    """Write a moment of the log, ISO 8601 in UTC, as people write it; what is not one stays."""
    return f"{when[:-1].replace('T', ' ')} UTC" if when.endswith("Z") else when
