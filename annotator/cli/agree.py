"""`annotator agree`: how far coders coincide, by every measure that fits, with its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.analysis.agreement.passes import Settings
from annotator.cli.numbers import SOURCES, sources_found, told, with_outputs
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.values import MOMENT
from annotator.jobs.agreeing import AgreeWish, UnitKind, agreed
from annotator.jobs.results import Results
from annotator.model import Micros
from annotator.model.table import Column, Table, picked
from annotator.storage.study import gathered

_MOST = 10
_SHOWN = ("name", "value", "low", "high", "observed", "expected", "maximum", "units")


class _Options(TypedDict):
    """What click hands over."""

    sources: tuple[Path, ...]
    coders: str
    overlap: int
    near: Micros
    unit: Micros
    tolerance: Micros
    units: str | None
    length: Micros
    gamma: bool
    draws: int
    seed: int
    as_json_text: bool
    as_csv_text: bool
    output: Path | None


@click.command(cls=PlainCommand)
@SOURCES
@click.option(
    "--coders", default="", metavar="A,B,…", help="Whose passes.  [default: every coder's first]"
)
@click.option(
    "--overlap",
    type=click.IntRange(1, 100),
    default=60,
    metavar="PERCENT",
    help="EasyDIAg: how much of the longer tag two must share.  [default: 60]",
)
@click.option(
    "--near",
    type=MOMENT,
    default="0.5",
    metavar="SECONDS",
    help="EasyDIAg: how far apart two instants may lie.  [default: 0.5]",
)
@click.option(
    "--unit", type=MOMENT, default="1", metavar="SECONDS", help="Units of time.  [default: 1]"
)
@click.option(
    "--tolerance",
    type=MOMENT,
    default="2",
    metavar="SECONDS",
    help="How much earlier or later a unit still agrees.  [default: 2]",
)
@click.option(
    "--units",
    type=click.Choice([one.value for one in UnitKind]),
    help="Also on shared units: bins, cues of the transcript, or stretches of time.",
)
@click.option(
    "--length",
    type=MOMENT,
    default="10",
    metavar="SECONDS",
    help="With --units time: how long each is.  [default: 10]",
)
@click.option("--gamma", is_flag=True, help="Also γ, which needs annotator[gamma] and takes long.")
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Bootstrap draws for 95 % intervals; 0 for none.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draws.")
@with_outputs
def agree(**options: Unpack[_Options]) -> int:
    """Compute agreement between coders, in one session or over a study.

    Of tags with times: EasyDIAg, time-unit kappa with and without tolerance,
    event-alignment kappa and Krippendorff's unitizing alpha. Of several
    sessions also ICCs of counts, ratings and scores, all six forms. With
    --units: Cohen or Fleiss, Krippendorff and Gwet. Each comes with its
    definition, matrix, base rates, warnings, a sentence to report, and what to
    cite; what cannot be computed says why.

    Example: annotator agree talk.session.json --coders A,B --draws 1000
             annotator agree study.json -o agreement.xlsx

    Exit code 0, or 2 where there are no two coders or a file cannot be written.
    """
    wish = _wish(options)
    with shown_progress() as watcher:
        results = agreed(gathered(sources_found(options["sources"])), wish, watcher)
    return told(
        results,
        _printed(results),
        as_json_text=options["as_json_text"],
        as_csv_text=options["as_csv_text"],
        output=options["output"],
    )


def _wish(options: _Options) -> AgreeWish:
    coders = tuple(one.strip() for one in options["coders"].split(",") if one.strip())
    if len(coders) == 1:
        raise click.UsageError("Give --coders two or more, such as A,B.")
    if options["unit"] <= 0 or options["length"] <= 0:
        raise click.UsageError("Units must be longer than 0 seconds.")
    if options["tolerance"] < 0 or options["near"] < 0:
        raise click.UsageError("A tolerance cannot be less than nothing.")
    settings = Settings(
        overlap_percent=options["overlap"],
        near=options["near"],
        unit=options["unit"],
        tolerance=options["tolerance"],
        draws=options["draws"],
        seed=options["seed"],
    )
    kind = UnitKind(options["units"]) if options["units"] else None
    return AgreeWish(coders, settings, kind, options["length"], options["gamma"])


def _printed(results: Results) -> list[Table]:
    """Print the measures, then as notes what to report, to doubt, and why there is no value."""
    whole = results.table("agreement")
    several = [name for name in ("session", "coders", "about") if len(set(whole.values(name))) > 1]
    notes: list[str] = []
    for row in whole.records():
        where = "".join(f"{row[name]}: " for name in several)
        if row["because"]:
            notes.append(f"{where}{row['name']} cannot be computed, because {row['because']}.")
        else:
            notes.append(f"{where}{row['sentence']} {row['warnings']}".strip())
    measures = picked(whole, (*several, *_SHOWN))
    shown = Table(measures.id, measures.title, measures.columns, measures.rows, tuple(notes))
    matrices = [one for one in results.tables if one.id.startswith("matrix-")]
    return [shown, *(_differing(one) for one in matrices[:1])]


def _differing(matrix: Table) -> Table:
    """List where two coders differ most: a large matrix does not fit a terminal."""
    found = sorted(
        (
            (-float(count or 0), str(row[0]), column.name)
            for row in matrix.rows
            for count, column in zip(row[1:], matrix.columns[1:], strict=True)
            if not isinstance(count, str) and count and row[0] != column.name
        ),
    )
    first, _, second = matrix.columns[0].name.partition("↓")
    columns = (
        Column("first", first.strip()),
        Column("second", second.replace("→", "").strip()),
        Column("count", "Count", decimals=0),
    )
    rows = tuple((one, other, -count) for count, one, other in found[:_MOST])
    more = (f"and {len(found) - _MOST} more",) if len(found) > _MOST else ()
    return Table("differing", f"Where they differ: {matrix.title}", columns, rows, more)
