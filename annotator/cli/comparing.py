"""`annotator compare`: where two coding passes of a session agree, and each place they differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.analysis.comparing import compare as compare_passes
from annotator.analysis.summary import By, Parting
from annotator.cli.numbers import sources_found, told, with_outputs
from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.records import write_json
from annotator.cli.sessions import read_session
from annotator.cli.summary import with_passes
from annotator.cli.values import MOMENT
from annotator.editing.blinding import is_independent
from annotator.errors import AnnotatorError
from annotator.jobs.results import SummaryWish, side_by_side
from annotator.jobs.studies import Passes
from annotator.model import CodingPass, Matching, Micros, Purpose, Session, Tag
from annotator.model.comparison import CodeCounts, Comparison, Difference, DifferenceKind
from annotator.model.table import Table as ResultTable
from annotator.model.time import to_clock, to_seconds_text
from annotator.storage.study import gathered

_PASS_WORDS = 3
_WORDS = frozenset(
    [
        "code",
        "participant",
        "group",
        "name",
        "part",
        "id",
        "person",
        "kind",
        "before",
        "after",
        "given",
        "target",
    ]
)


class _Options(TypedDict):
    """What click hands over."""

    what: tuple[str, ...]
    tolerance: Micros
    overlap: int
    details: bool
    by: str
    thirds: bool
    length: Micros | None
    coders: tuple[str, ...]
    purposes: tuple[str, ...]
    as_json_text: bool
    as_csv_text: bool
    output: Path | None


@click.command(cls=PlainCommand)
@click.argument("what", metavar="SESSION A B | SESSION|FOLDER|STUDY…", nargs=-1, required=True)
@click.option(
    "--tolerance",
    type=MOMENT,
    default=500_000,
    metavar="SECONDS",
    help="How far apart starts and ends may lie.  [default: 0.5]",
)
@click.option(
    "--overlap",
    type=click.IntRange(1, 100),
    default=50,
    metavar="PERCENT",
    help="How much two stretches must share of what they cover.  [default: 50]",
)
@click.option(
    "--details/--no-details",
    default=True,
    help="Whether another participant or attribute is a difference.  [default: details]",
)
@click.option(
    "--by",
    type=click.Choice([one.value for one in By]),
    default=By.CODE.value,
    show_default=True,
    help="Of sessions: what is counted apart.",
)
@click.option("--thirds", is_flag=True, help="Of sessions: apart for each third.")
@click.option(
    "--bins", "length", type=MOMENT, metavar="SECONDS", help="Of sessions: each so many seconds."
)
@with_passes
@with_outputs
def compare(**options: Unpack[_Options]) -> int:
    """Compare two coding passes of a session, or sessions side by side.

    With several sessions, a folder or a study: rates, shares, scores, talk
    and silences of each stand beside one another, of one pass each. Sessions
    differ in length, so rates and shares can be compared and counts cannot.

    Of one session, A and B are coders, or ids of passes as `annotator passes` lists them.
    Tags are paired one to one: first those of the same code, as many as can
    be, then of what is left those of different codes. Only tags that count
    are compared: those that begin in the region and in no excluded span.

    These counts are not corrected for chance: they tell where to look, not
    how good the agreement is. The session is only read.

    Example: annotator compare talk.session.json A B --tolerance 0.5
             annotator compare rogers.session.json perls.session.json --thirds

    Exit code 0 where the two passes agree on all and where sessions were
    compared, 1 where the passes differ, 2 where a session cannot be read or
    has no such pass.
    """
    what = options["what"]
    if len(what) == _PASS_WORDS and not any(Path(word).exists() for word in what[1:]):
        return _compare_passes(Path(what[0]), what[1:], options)
    return _compare_sessions(tuple(map(Path, what)), options)


def _compare_sessions(sources: tuple[Path, ...], options: _Options) -> int:
    if options["length"] is not None and options["length"] <= 0:
        raise click.UsageError("Give --bins more than 0 seconds.")
    study = gathered(sources_found(sources))
    if len(study.sessions) == 1:
        raise click.UsageError("Name two passes (SESSION A B), or more than one session.")
    passes = Passes(options["coders"], tuple(Purpose(one) for one in options["purposes"]))
    parting = Parting(options["thirds"], options["length"])
    with shown_progress() as watcher:
        results = side_by_side(study, SummaryWish(By(options["by"]), parting, passes), watcher)
    return told(
        results,
        [_in_use(one) for one in results.tables if one.id not in {"summary", "counts"}],
        as_json_text=options["as_json_text"],
        as_csv_text=options["as_csv_text"],
        output=options["output"],
    )


def _in_use(table: ResultTable) -> ResultTable:
    """Leave out rows in which no session has anything."""
    words = [one.id for one in table.columns if one.id in _WORDS]
    rows = tuple(row for row in table.rows if any(row[len(words) :]))
    return replace(table, rows=rows)


def _compare_passes(path: Path, names: Sequence[str], options: _Options) -> int:
    if options["output"] is not None or options["as_csv_text"]:
        raise click.UsageError("Of two passes there is --json; files are made by annotator agree.")
    session = read_session(path)
    one, other = (_pass_named(session, name) for name in names)
    for coded in (one, other):
        _warn(session, coded)
    matching = _matching(options)
    comparison = compare_passes(session, one, other, matching)
    if options["as_json_text"]:
        write_json(_as_tree(comparison))
    else:
        _write_tables(session, comparison, (one.coder, other.coder))
    return 1 if comparison.differences else 0


def _matching(options: _Options) -> Matching:
    if options["tolerance"] < 0:
        raise click.BadParameter("A tolerance cannot be less than nothing.")
    return Matching(options["tolerance"], options["overlap"], options["details"])


def _pass_named(session: Session, name: str) -> CodingPass:
    found = session.coding_pass(name)
    if found is not None:
        return found
    own = [one for one in session.passes if one.coder == name]
    if len(own) == 1:
        return own[0]
    if own:
        ids = ", ".join(f"{one.id} ({one.purpose.value})" for one in own)
        raise AnnotatorError(f'"{name}" has several passes here: {ids}.', "Name one by its id.")
    known = ", ".join(f"{one.coder} ({one.id})" for one in session.passes) or "none"
    raise AnnotatorError(f'There is no coding pass "{name}".', f"Passes: {known}.")


def _warn(session: Session, coded: CodingPass) -> None:
    if coded.consensus is None and not is_independent(session, coded):
        told = f"{coded.coder} had been shown another's pass, so this is no independent coding."
        click.echo(told, err=True)
    if not coded.finished:
        click.echo(f"The pass of {coded.coder} is not finished.", err=True)


def _as_tree(comparison: Comparison) -> dict[str, object]:
    matching = comparison.matching
    return {
        "first": comparison.first,
        "second": comparison.second,
        "tolerance": float(to_seconds_text(matching.tolerance)),
        "overlap_percent": matching.overlap_percent,
        "details": matching.details,
        "agreed": len(comparison.agreed),
        "counts": {kind.value: comparison.count(kind) for kind in DifferenceKind},
        "codes": [_counts_tree(one) for one in comparison.by_code()],
        "differences": [_difference_tree(one) for one in comparison.differences],
    }


def _counts_tree(one: CodeCounts) -> dict[str, object]:
    return {
        "code": one.code,
        "agreed": one.agreed,
        "boundary": one.boundary,
        "detail": one.detail,
        "other_code": one.other_code,
        "only_first": one.only_first,
        "only_second": one.only_second,
    }


def _difference_tree(one: Difference) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "start": float(to_seconds_text(one.interval.start)),
        "end": float(to_seconds_text(one.interval.end)),
        "first": _tag_tree(one.first),
        "second": _tag_tree(one.second),
    }


def _tag_tree(tag: Tag | None) -> dict[str, object] | None:
    if tag is None:
        return None
    return {
        "id": tag.id,
        "code": tag.code,
        "start": float(to_seconds_text(tag.start)),
        "end": float(to_seconds_text(tag.end)),
        "participant": tag.participant,
        "attributes": dict(tag.attributes),
    }


def _write_tables(session: Session, comparison: Comparison, coders: tuple[str, str]) -> None:
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    names = {code.id: code.name for code in session.codebook.codes}
    counts = Table(box=SIMPLE_HEAD, title=session.title, title_justify="left")
    only = (f"Only {coders[0]}", f"Only {coders[1]}")
    for heading in ("Code", "Agreed", "Boundary", "Detail", "Other code", *only):
        counts.add_column(heading, no_wrap=True)
    for row in comparison.by_code():
        numbers = [str(value) for value in _counts_tree(row).values()][1:]
        counts.add_row(names.get(row.code, row.code), *numbers)
    console.print(counts)
    if comparison.differences:
        _write_differences(console, comparison, names, coders)
    differ, same = len(comparison.differences), len(comparison.agreed)
    click.echo(f"{same} agreed, {differ} difference{'' if differ == 1 else 's'}")


def _write_differences(
    console: Console, comparison: Comparison, names: dict[str, str], coders: tuple[str, str]
) -> None:
    table = Table(box=SIMPLE_HEAD)
    for heading in ("From", "To", "Difference", *coders):
        table.add_column(heading, no_wrap=True)
    for one in comparison.differences:
        table.add_row(
            to_clock(one.interval.start),
            to_clock(one.interval.end),
            _kind(one, coders),
            *(names.get(tag.code, tag.code) if tag else "" for tag in (one.first, one.second)),
        )
    console.print(table)


def _kind(one: Difference, coders: tuple[str, str]) -> str:
    only = {DifferenceKind.ONLY_FIRST: coders[0], DifferenceKind.ONLY_SECOND: coders[1]}
    return f"only {only[one.kind]}" if one.kind in only else one.kind.value
