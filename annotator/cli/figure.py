"""`annotator figure`: figures ready for print, with the numbers in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.analysis.sequences import Follow
from annotator.cli.numbers import SOURCES, sources_found
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.summary import with_passes
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.jobs.agreeing import AgreeWish
from annotator.jobs.drawing import FigureWish, drawn, figure_table
from annotator.jobs.figures import FigureKind
from annotator.jobs.studies import Passes
from annotator.model import Micros, Purpose
from annotator.reports.figures.sheet import FORMATS, file_of
from annotator.reports.writing import as_csv
from annotator.storage.atomic import write_atomically
from annotator.storage.placing import require_free
from annotator.storage.study import gathered


class _Options(TypedDict):
    """What click hands over."""

    kind: str
    sources: tuple[Path, ...]
    output: Path
    numbers: bool
    length: Micros
    given: str
    target: str
    coders: tuple[str, ...]
    purposes: tuple[str, ...]


@click.command(cls=PlainCommand)
@click.argument("kind", metavar="KIND", type=click.Choice([one.value for one in FigureKind]))
@SOURCES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The figure to make: .pdf, .svg or .png.",
)
@click.option(
    "--numbers/--no-numbers",
    default=True,
    help="Also write every number in it, as FILE.csv.  [default: numbers]",
)
@click.option(
    "--bin",
    "length",
    type=MOMENT,
    default="60",
    metavar="SECONDS",
    help="Of talk: how long each stretch is.  [default: 60]",
)
@click.option("--given", default="", metavar="WHO", help="Of transitions: whose tags come first.")
@click.option("--target", default="", metavar="WHO", help="Of transitions: whose tags follow.")
@with_passes
def figure(**options: Unpack[_Options]) -> int:
    """Draw a figure of sessions, ready for print.

    KIND is one of
      barcode       every tag over time, a lane a code
      rates         rates per 10 minutes, a bar a session or coder
      counts        the same with counts
      states        which stretch was when, a band a group
      cumulative    how the counts grow over time
      transitions   which code follows which, as a map; graph: as arrows
      talk          shares of talk over time
      silences      how long the silences are
      matrix        where two coders agree and differ
      bland-altman  how far two coders' counts lie apart

    Colours can be told apart by colour-blind eyes, and never tell alone.

    Example: annotator figure barcode talk.session.json -o barcode.pdf

    Exit code 0, or 2 where there is nothing to draw or it cannot be written.
    """
    form, wish = _form(options["output"]), _wish(options)
    kind = FigureKind(options["kind"])
    files = [options["output"]]
    if options["numbers"]:
        files.append(options["output"].with_suffix(".csv"))
    for path in files:
        require_free(path)
    with shown_progress() as watcher:
        table = figure_table(kind, gathered(sources_found(options["sources"])), wish, watcher)
    contents = (file_of(drawn(kind, table), form), as_csv(table))
    for path, data in zip(files, contents, strict=False):
        write_atomically(path, data)
        click.echo(f"Wrote {path}")
    return 0


def _form(output: Path) -> str:
    form = output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        raise AnnotatorError(
            f"“{output.name}” does not say in which format.", f"Endings are: {endings}."
        )
    return form


def _wish(options: _Options) -> FigureWish:
    if options["length"] <= 0:
        raise click.UsageError("Give --bin more than 0 seconds.")
    coders = options["coders"]
    wish = FigureWish(
        passes=Passes(coders, tuple(Purpose(one) for one in options["purposes"])),
        follow=Follow(given=options["given"], target=options["target"]),
        bin=options["length"],
    )
    return replace(wish, agree=AgreeWish(coders)) if len(coders) > 1 else wish
