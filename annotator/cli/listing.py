"""`annotator tags`: the tags of a session as a table, JSON or CSV."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.cli.plain import PlainCommand
from annotator.cli.sessions import read_session
from annotator.errors import AnnotatorError
from annotator.model import Session
from annotator.model.time import to_clock
from annotator.storage.tables import TagRow, attributes_of, tag_rows, to_csv, to_json


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, times in seconds.")
@click.option("--coder", default="", help="Only the tags of this coder.")
def tags(session: Path, coder: str, *, as_json: bool, as_csv: bool) -> int:
    """List the tags of a session in order of time.

    Without --json or --csv, a table to read. The session is only read, so
    this works while it is open in the window.

    Example: annotator tags talk.session.json --csv --coder A > tags.csv

    Exit code 0, or 2 where the session cannot be read or has no such coder.
    """
    if as_json and as_csv:
        raise click.UsageError("Give --json or --csv, not both.")
    coded = read_session(session)
    _require_coder(coded, coder)
    rows = tag_rows(coded, coder)
    if as_json or as_csv:
        written = (to_json if as_json else to_csv)(rows, attributes_of(coded))
        click.echo(written.encode(), nl=False)  # bytes: UTF-8 whatever the terminal's encoding
    else:
        _write_table(rows, coded)
    return 0


def _require_coder(session: Session, coder: str) -> None:
    coders = [one.coder for one in session.passes]
    if coder and coder not in coders:
        known = ", ".join(dict.fromkeys(coders)) or "nobody yet"
        raise AnnotatorError(f'"{coder}" has not coded this session.', f"Coded by: {known}.")


def _write_table(rows: list[TagRow], session: Session) -> None:
    table = Table(box=SIMPLE_HEAD, title=session.title, title_justify="left")
    for heading in ("Start", "End", "Code", "Participant", "Coder", "Note"):
        table.add_column(heading, no_wrap=heading != "Note")
    labels = {one.id: one.label for one in session.participants}
    for row in rows:
        tag = row.tag
        end = "" if tag.is_instant else to_clock(tag.end)
        who = labels.get(tag.participant, tag.participant)
        table.add_row(to_clock(tag.start), end, row.name, who, row.coding_pass.coder, tag.note)
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.print(table)
    click.echo(f"{len(rows)} tag{'' if len(rows) == 1 else 's'}")
