"""`annotator summary`: counts, rates, durations and scores of one or many sessions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.analysis.summary import WHOLE, By, Parting
from annotator.cli.numbers import SOURCES, sources_found, told, with_outputs
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.jobs.results import Results, SummaryWish, summarised
from annotator.jobs.studies import Passes
from annotator.model import Micros, Purpose
from annotator.model.table import Table, picked, widened
from annotator.storage.study import gathered

WIDE = ("count", "rate", "duration", "share", "mean", "median", "longest", "latency")
_BY = ("session", "therapist", "client", "approach", "coder", "purpose", "pass")
_SHOWN = ("name", "participant", "count", "rate", "duration", "share", "mean", "longest", "latency")


class _Options(TypedDict):
    """What click hands over."""

    sources: tuple[Path, ...]
    by: str
    thirds: bool
    length: Micros | None
    wide: str | None
    coders: tuple[str, ...]
    purposes: tuple[str, ...]
    as_json_text: bool
    as_csv_text: bool
    output: Path | None


def with_passes(command: click.decorators.FC) -> click.decorators.FC:
    """Add the options that choose coding passes."""
    command = click.option(
        "--purpose",
        "purposes",
        multiple=True,
        type=click.Choice([one.value for one in Purpose]),
        help="Only passes for this purpose.  [default: all but training]",
    )(command)
    return click.option(
        "--coder", "coders", multiple=True, help="Only this coder's passes; may be given again."
    )(command)


@click.command(cls=PlainCommand)
@SOURCES
@click.option(
    "--by",
    type=click.Choice([one.value for one in By]),
    default=By.CODE.value,
    show_default=True,
    help="What is counted apart.",
)
@click.option("--thirds", is_flag=True, help="Apart for each third of the region.")
@click.option(
    "--bins", "length", type=MOMENT, metavar="SECONDS", help="Apart for each so many seconds."
)
@click.option(
    "--wide",
    metavar="MEASURE",
    type=click.Choice(WIDE),
    help=f"One row a pass, one column a code, of one of: {', '.join(WIDE)}.",
)
@with_passes
@with_outputs
def summary(**options: Unpack[_Options]) -> int:
    """Summarise coding passes: counts, rates, durations, latencies and scores.

    SESSION is a session's file, FOLDER all sessions in it, STUDY a study.json.
    Only what lies in the region and in no excluded span counts; the time that
    is divided by is shown. What is not defined is left empty, never 0. Codes
    that were not used are printed as one line and stand in all files.

    Example: annotator summary talk.session.json
             annotator summary study.json --thirds -o study.xlsx
             annotator summary study.json --wide rate --csv

    Exit code 0, or 2 where no session can be read or a file not written.
    """
    if options["length"] is not None and options["length"] <= 0:
        raise click.UsageError("Give --bins more than 0 seconds.")
    if options["thirds"] and options["length"]:
        raise click.UsageError("Give --thirds or --bins, not both.")
    passes = Passes(options["coders"], tuple(Purpose(one) for one in options["purposes"]))
    wish = SummaryWish(By(options["by"]), Parting(options["thirds"], options["length"]), passes)
    with shown_progress() as watcher:
        results = summarised(gathered(sources_found(options["sources"])), wish, watcher)
    if options["wide"]:
        laid = _laid_wide(results.table("summary"), options["wide"])
        results = Results((laid, *results.tables), results.notices)
    return told(
        results,
        [results.tables[0]] if options["wide"] else _printed(results),
        as_json_text=options["as_json_text"],
        as_csv_text=options["as_csv_text"],
        output=options["output"],
    )


def _laid_wide(summary: Table, measure: str) -> Table:
    """Lay the summary out as SPSS and R want it: names of columns are plain words."""
    known = {column.id for column in summary.columns}
    by = [name for name in _BY if name in known]
    parts = [part for part in summary.values("part") if part != WHOLE]
    kinds = [name for name in ("code", "participant") if any(summary.values(name))]
    across = [*(kinds or ["group"]), *(["part"] if parts else [])]
    wide = widened(summary, by, across, measure)
    columns = tuple(
        column if column.id in by else replace(column, id=_plain(f"{measure}_{column.id}"))
        for column in wide.columns
    )
    return replace(wide, id=f"summary-{measure}", title=f"Summary: {measure}", columns=columns)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


def _printed(results: Results) -> list[Table]:
    """Leave out of the summary what was not used, and name it; columns that never vary too."""
    whole = results.tables[0]
    context = ("session", "coder", "part", "counted")
    used = picked(whole, (*context, *_SHOWN), lambda row: bool(row["count"] or row["duration"]))
    named = dict.fromkeys(str(row["name"]) for row in whole.records())
    seen = {str(row["name"]) for row in used.records()}
    unused = [name for name in named if name not in seen]
    notes = list(used.notes)
    if len(set(whole.values("counted"))) == 1:
        notes.insert(0, f"Counted time: {whole.rows[0][whole.index('counted')]:.3f} s.")
    if unused:
        notes.insert(0, f"Not used: {', '.join(unused)}.")
    tables = [Table(used.id, used.title, used.columns, used.rows, tuple(notes))]
    for scores in results.tables[1:]:
        names = ("session", "coder", "name", "value", "unit", "band", "opinion", "because")
        tables.append(picked(scores, names))
    return tables
