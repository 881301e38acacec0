"""`annotator transitions`: what follows what, and whether chance would do as well."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.analysis.sequences import USUAL_DRAWS, Follow
from annotator.cli.numbers import SOURCES, sources_found, told, with_outputs
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.summary import with_passes
from annotator.cli.values import MOMENT
from annotator.jobs.results import followed
from annotator.jobs.studies import Passes
from annotator.model import Micros, Purpose
from annotator.model.table import picked
from annotator.storage.study import gathered


class _Options(TypedDict):
    """What click hands over."""

    sources: tuple[Path, ...]
    lag: int
    window: Micros | None
    given: str
    target: str
    draws: int
    seed: int
    coders: tuple[str, ...]
    purposes: tuple[str, ...]
    as_json_text: bool
    as_csv_text: bool
    output: Path | None


@click.command(cls=PlainCommand)
@SOURCES
@click.option(
    "--lag", type=click.IntRange(1), default=1, show_default=True, help="By order: the how many-th."
)
@click.option(
    "--window", type=MOMENT, metavar="SECONDS", help="By time instead: all that begin within."
)
@click.option("--given", default="", metavar="WHO", help="First tags only of this role or person.")
@click.option("--target", default="", metavar="WHO", help="Following tags only of this one.")
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=USUAL_DRAWS,
    show_default=True,
    help="How often codes are shuffled for p; 0 for never.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the shuffles.")
@with_passes
@with_outputs
def transitions(**options: Unpack[_Options]) -> int:
    """Count which code follows which, and hold it against chance.

    Of each session one pass is taken: the first coder's that is named, or the
    first. Beside counts stand expected counts, adjusted residuals, Allison
    and Liker's z, Yule's Q, and a p from shuffling the codes, which also
    holds where counts are small.

    Example: annotator transitions talk.session.json --given therapist --target client

    Exit code 0, or 2 where no session can be read.
    """
    window = options["window"]
    if window is not None and window <= 0:
        raise click.UsageError("Give --window more than 0 seconds.")
    follow = Follow(
        options["lag"],
        window,
        options["given"],
        options["target"],
        options["draws"],
        options["seed"],
    )
    passes = Passes(options["coders"], tuple(Purpose(one) for one in options["purposes"]))
    with shown_progress() as watcher:
        results = followed(gathered(sources_found(options["sources"])), follow, passes, watcher)
    long = results.tables[0]
    seen = picked(long, [one.id for one in long.columns], lambda row: bool(row["count"]))
    return told(
        results,
        (seen,),
        as_json_text=options["as_json_text"],
        as_csv_text=options["as_csv_text"],
        output=options["output"],
    )
