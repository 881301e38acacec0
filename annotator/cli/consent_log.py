"""`annotator consent log` and `recalled`: what was exported, and what is to be called back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from annotator.cli.consent_words import JSON, ON, SESSION, span_tree
from annotator.cli.plain import PlainCommand
from annotator.cli.records import write_json
from annotator.cli.sessions import read_session
from annotator.errors import AnnotatorError
from annotator.model import Session
from annotator.model.counts import counted
from annotator.model.disclosure import masks_told
from annotator.model.export_record import ExportRecord, Logged
from annotator.model.recall import Recall, to_recall
from annotator.model.stamps import now, today
from annotator.model.time import to_clocks
from annotator.storage.export_log import ExportLog
from annotator.storage.export_log_elsewhere import note_recalled, read_exports
from annotator.storage.manifest import hash_file

DAMAGED = 1


@click.command(cls=PlainCommand, short_help="List what was exported, and what to call back.")
@SESSION
@click.option(
    "--find", "wanted", metavar="CLIP", help="Only what made this file, by its path, name or hash."
)
@click.option("--recall", "only_recall", is_flag=True, help="Only what is to be called back.")
@ON
@JSON
def log(
    session: Path, *, wanted: str | None, only_recall: bool, day: date | None, as_json: bool
) -> int:
    """List what was exported from a session, and what of it is to be called back.

    An export is to be called back where it would be refused now: somebody
    withdrew, a consent ended or was narrowed, more must be masked, a stretch
    was excluded, or the day to delete it by is over.

    Example: annotator consent log talk.session.json --find s1-01-silence.mp4

    Exit code 0, 1 where the log was changed by other hands or is damaged, 2
    where it cannot be read.
    """
    found = read_session(session)
    kept = read_exports(session, found.id)
    for line in (*kept.faults, *kept.notes, *kept.elsewhere):
        click.echo(line, err=True)
    recalls = to_recall(found, kept.exports, day or today())
    exports = _found(kept, wanted) if wanted else kept.exports
    if only_recall:
        exports = tuple(one for one in exports if one in [each.logged for each in recalls])
    if as_json:
        _write_json(found, kept, exports, recalls)
    else:
        _write_text(found, exports, recalls)
    return DAMAGED if kept.faults else 0


def _found(kept: ExportLog, wanted: str) -> tuple[Logged, ...]:
    """Find what made a file: by its content where it is at hand, else by its name or hash."""
    path = Path(wanted)
    by_content = kept.find(hash_file(path).sha256) if path.is_file() else ()
    return by_content or kept.find(path.name)


def _write_text(session: Session, exports: tuple[Logged, ...], recalls: tuple[Recall, ...]) -> None:
    reasons = {each.logged.line: each.reasons for each in recalls}
    for one in exports:
        for line in _about(session, one, reasons.get(one.line, ())):
            click.echo(line)
    click.echo(counted(len(exports), "export"))


def _about(session: Session, one: Logged, reasons: Sequence[str]) -> Iterator[str]:
    """Yield what is known of an export, and why it is to be called back, a line each."""
    record = one.record
    who = f" by {record.who} ({one.code})" if record.who else ""
    yield f"{record.id}, {record.when}, for {record.purpose.told}{who}"
    for heading, text in (
        ("shows", ", ".join(map(to_clocks, record.spans))),
        ("files", ", ".join(file.name for file in record.results)),
        ("in", record.folder),
        ("given to", record.recipient),
        ("masked", masks_told(session, record.masks)),
        *record.uncovered.items(),
        ("overridden because", record.override),
        ("delete by", record.delete_by),
        ("never finished", one.given_up),
        ("called back", one.recalled),
    ):
        if text:
            yield f"  {heading}: {text}"
    if reasons:
        yield "  TO BE CALLED BACK:"
        yield from (f"  - {reason}" for reason in reasons)


def recall_lines(session: Session, kept: ExportLog, when: date, who: str) -> list[str]:
    """List what is to be called back of all that shows a participant."""
    shown = [
        each
        for each in to_recall(session, kept.exports, when)
        if any(one.participant == who for one in each.logged.record.shown)
    ]
    known = [*kept.faults, *kept.elsewhere]
    if not shown:
        return [*known, "The export log holds nothing that is to be called back."]
    remedy = "Once a clip and its copies are deleted: annotator consent recalled SESSION EXPORT"
    lines = (line for each in shown for line in _about(session, each.logged, each.reasons))
    return [*known, *lines, remedy]


def _write_json(
    session: Session, kept: ExportLog, exports: tuple[Logged, ...], recalls: tuple[Recall, ...]
) -> None:
    reasons = {each.logged.line: list(each.reasons) for each in recalls}
    tree = {
        "session": session.id,
        "exports": [_tree(one) | {"recall": reasons.get(one.line, [])} for one in exports],
        "faults": list(kept.faults),
        "notes": list(kept.notes),
        "elsewhere": list(kept.elsewhere),
        "last_hash": kept.last_hash or None,
    }
    write_json(tree)


def _tree(one: Logged) -> dict[str, object]:
    record: ExportRecord = one.record
    return {
        "id": record.id,
        "when": record.when,
        "who": record.who,
        "code": one.code,
        "purpose": record.purpose.value,
        "level": record.level.value if record.level else None,
        "spans": [span_tree(span) for span in record.spans],
        "shown": [each.participant for each in record.shown],
        "masks": [
            {"participant": each.participant, "masks": [mask.value for mask in each.masks]}
            for each in record.masks
        ],
        "uncovered": record.uncovered,
        "override": record.override or None,
        "files": [{"name": file.name, "sha256": file.sha256} for file in record.results],
        "folder": record.folder,
        "recipient": record.recipient,
        "delete_by": record.delete_by or None,
        "given_up": one.given_up or None,
        "recalled": one.recalled or None,
    }


@click.command(cls=PlainCommand, short_help="Note that an export was called back.")
@SESSION
@click.argument("export")
def recalled(session: Path, export: str) -> int:
    """Note that an export was called back: the clip and its copies are deleted.

    EXPORT is the export's id, as “annotator consent log” shows it, or the
    name of a file of it.

    Example: annotator consent recalled talk.session.json 4f1c2a9b03de

    Exit code 0, or 2 where there is no such export or the log cannot be written.
    """
    opened = read_session(session)
    found = read_exports(session, opened.id).find(export)
    if len(found) != 1:
        many = f"{len(found)} exports are" if found else "No export is"
        raise AnnotatorError(
            f"{many} called “{export}” in the log.", "See: annotator consent log SESSION"
        )
    note_recalled(session, opened.id, found[0].record.id, now())
    click.echo(f"Noted: {found[0].record.id} was called back.")
    return 0
