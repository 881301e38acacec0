"""What the commands that give numbers share: sessions in, tables out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Shown

from annotator.errors import AnnotatorError
from annotator.jobs.results import Results
from annotator.model.table import Table
from annotator.reports.writing import as_csv, as_json, files_of, headed, shown
from annotator.storage.atomic import write_atomically
from annotator.storage.placing import require_free

_BOUNDLESS = 10_000
_CONTEXT = frozenset({"session", "coder", "coders", "about", "part", "counted"})

F = TypeVar("F", bound=Callable[..., object])

SOURCES = click.argument(
    "sources",
    metavar="SESSION|FOLDER|STUDY…",
    type=click.Path(path_type=Path),
    nargs=-1,
    required=True,
)
_OUTPUTS = (
    click.option("--json", "as_json_text", is_flag=True, help="Write JSON, times in seconds."),
    click.option("--csv", "as_csv_text", is_flag=True, help="Write the first table as CSV."),
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write all tables to FILE.xlsx, .csv (one file a table), .json, .html or .tex.",
    ),
)


def with_outputs(command: F) -> F:
    """Add the options for where the tables go."""
    for option in reversed(_OUTPUTS):
        command = option(command)
    return command


def told(
    results: Results,
    printed: Sequence[Table],
    *,
    as_json_text: bool,
    as_csv_text: bool,
    output: Path | None,
) -> int:
    """Write results where they were asked for, else print these tables; returns the exit code.

    Raises AnnotatorError where a file is there already or cannot be written.
    """
    for notice in results.notices:
        click.echo(notice, err=True)
    if output is not None:
        keep(results.tables, output)
    elif as_json_text:
        click.echo(as_json(results.tables), nl=False)
    elif as_csv_text:
        click.echo(as_csv(results.tables[0]), nl=False)
    else:
        for table in printed:
            _show(table)
        for note in dict.fromkeys(note for table in printed for note in table.notes):
            click.echo(note)
    return 0


def keep(tables: Sequence[Table], output: Path) -> None:
    """Write tables to files, none of which is there yet, and tell which."""
    files = {output.with_name(name): data for name, data in files_of(tables, output.name).items()}
    for path in files:
        require_free(path)
    for path, data in files.items():
        write_atomically(path, data)
        click.echo(f"Wrote {path}")


def _show(table: Table) -> None:
    """Print a table; columns that are empty, or name the only session there is, are left out."""
    drawn = Shown(box=SIMPLE_HEAD, title=table.title, title_justify="left")
    kept = [place for place in range(len(table.columns)) if _tells(table, place)]
    for place in kept:
        column = table.columns[place]
        numeric = all(not isinstance(row[place], str) for row in table.rows)
        widest = max((len(shown(row[place], column)) for row in table.rows), default=1)
        words = [headed(column)] if len(headed(column)) <= widest else headed(column).split()
        drawn.add_column("\n".join(words), justify="right" if numeric else "left", no_wrap=True)
    for row in table.rows:
        drawn.add_row(*(shown(row[place], table.columns[place]) for place in kept))
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    width, console.width = console.width, _BOUNDLESS
    console.width = max(width, console.measure(drawn).maximum)  # no number is cut short
    console.print(drawn)


def _tells(table: Table, place: int) -> bool:
    values = {row[place] for row in table.rows}
    is_context = table.columns[place].id in _CONTEXT
    return bool(values - {None, ""}) and not (is_context and len(values) == 1)


def sources_found(sources: Sequence[Path]) -> tuple[Path, ...]:
    """Refuse a source that is no session, so that a film is not read as one."""
    for path in sources:
        if path.is_file() and path.suffix.lower() != ".json":
            raise AnnotatorError(
                f"{path} is no session.", "Name a .session.json file, a folder or a study.json."
            )
    return tuple(sources)
