"""`annotator codebook move`: a session to another codebook, told before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator import editing
from annotator.cli.books import find_book
from annotator.cli.codebook_table import write_table
from annotator.cli.plain import PlainCommand
from annotator.cli.records import write_json
from annotator.cli.values import MOMENT
from annotator.editing import Lengths, Move, MoveChoices, TagsGo
from annotator.editing.move_words import becomes, remarks, summary
from annotator.errors import AnnotatorError, EditError
from annotator.model import Codebook, Micros, Session
from annotator.model.book_compare import Match, Row
from annotator.storage.recovery import found_on_disk
from annotator.storage.store import SessionStore

_MAKER = "annotator codebook move"


class _Options(TypedDict):
    """What click hands over."""

    session: Path
    book: str
    mapped: tuple[str, ...]
    deleted: tuple[str, ...]
    length: Micros | None
    cut: bool
    dry_run: bool
    as_json: bool


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.argument("book", metavar="ID|FILE")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="OLD=NEW",
    help="Give the tags of code OLD the code NEW; also for ratings. May be repeated.",
)
@click.option(
    "--delete",
    "deleted",
    multiple=True,
    metavar="OLD",
    help="Delete the tags of code OLD, or the answers to rating OLD. May be repeated.",
)
@click.option(
    "--length",
    type=MOMENT,
    metavar="SECONDS",
    help="How long a moment becomes whose code now marks stretches.",
)
@click.option("--cut", is_flag=True, help="Cut stretches to their start where moments are marked.")
@click.option("--dry-run", is_flag=True, help="Only tell what would become of what.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def move(**options: Unpack[_Options]) -> int:
    """Move a session to another codebook, or another version.

    What has the same id stays. What has another id but the same name takes
    the new id. What the new codebook lacks is kept and retired: its tags
    stay and no new ones can be made. --map and --delete decide otherwise.
    Nothing is deleted unless you say so, and in a finished pass nothing is.

    Example: annotator codebook move talk.session.json ours.codebook.json
             --map open_question=Q --map closed_question=Q --dry-run

    Exit code 0, or 2 where the session cannot be moved or written.
    """
    book, path = find_book(options["book"]), options["session"]
    if options["dry_run"]:
        found = found_on_disk(path, may_write=False)
        _tell_notices(found.notices)
        _tell(found.session, _plan(found.session, book, options), options)
        return 0
    opened = SessionStore.open(path, _MAKER)
    _tell_notices(opened.notices)
    try:
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        plan = _plan(opened.session, book, options)
        if plan.edit.changes:
            opened.store.append(plan.edit.changes)
            opened.store.save(plan.edit.apply(opened.session))
    finally:
        opened.store.close()
    _tell(opened.session, plan, options)
    return 0


def _tell_notices(notices: Iterable[str]) -> None:
    for notice in notices:
        click.echo(notice, err=True)


def _plan(session: Session, book: Codebook, options: _Options) -> Move:
    goes: dict[str, TagsGo] = dict.fromkeys(options["deleted"], editing.DELETED)
    for written in options["mapped"]:
        old, sign, new = written.partition("=")
        if not (old and sign and new):
            raise click.UsageError(f'--map wants OLD=NEW, and "{written}" is not that.')
        if old in goes:
            raise click.UsageError(f'"{old}" is told twice where to go.')
        goes[old] = editing.recoded(new)
    items = {item.id for item in session.codebook.ratings}
    lengths = Lengths(options["length"], options["cut"])
    codes = {old: one for old, one in goes.items() if old not in items}
    ratings = {old: one for old, one in goes.items() if old in items}
    try:
        return editing.plan_move(session, book, MoveChoices(codes, ratings, lengths))
    except EditError as error:
        raise AnnotatorError(f"The session cannot be moved: {error.what}", error.remedy) from error


def _tell(session: Session, plan: Move, options: _Options) -> None:
    if options["as_json"]:
        write_json(_as_tree(session, plan, is_done=not options["dry_run"]))
        return
    click.echo(f"From {_titled(session.codebook)} to {_titled(plan.book)}")
    if rows := [_line(row) for row in plan.comparison.differences]:
        write_table(("", "Old", "New", "Is", "Remarks"), rows)
    if plan.lines:
        lines = (
            (str(one.count), one.old_id, becomes(one, plan), "; ".join(remarks(one)))
            for one in plan.lines
        )
        write_table(("Tags", "Of", "Become", "Remarks"), lines)
    click.echo(summary(plan))
    if options["dry_run"]:
        click.echo("Nothing was changed; leave out --dry-run to do this.")
    else:
        click.echo(f"Moved {options['session']}.")


def _titled(book: Codebook) -> str:
    return f"{book.name}, version {book.version}"


_IS = {
    Match.SAME: "the same",
    Match.RENAMED: "renamed",
    Match.CHANGED: "changed",
    Match.OTHER_ID: "under another id",
    Match.REMOVED: "gone",
    Match.ADDED: "new",
}


def _line(row: Row) -> tuple[str, ...]:
    return (row.part.value, row.old_id, row.new_id, _IS[row.match], "; ".join(row.notes))


def _as_tree(session: Session, plan: Move, *, is_done: bool) -> dict[str, object]:
    old, new = session.codebook, plan.book
    return {
        "done": is_done,
        "from": {"id": old.id, "version": old.version, "name": old.name},
        "to": {"id": new.id, "version": new.version, "name": new.name},
        "differences": [
            {
                "part": row.part.value,
                "match": row.match.value,
                "old": row.old_id or None,
                "new": row.new_id or None,
                "fields": list(row.fields),
                "notes": list(row.notes),
            }
            for row in plan.comparison.differences
        ],
        "lines": [asdict(line) for line in plan.lines],
    }
