"""`annotator compare`: where two coding passes of a session agree, and each place they differ."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.analysis.comparing import compare as compare_passes
from annotator.cli.plain import PlainCommand
from annotator.cli.values import MOMENT
from annotator.editing.blinding import is_independent
from annotator.errors import AnnotatorError
from annotator.model import CodingPass, Matching, Micros, Session, Tag
from annotator.model.comparison import CodeCounts, Comparison, Difference, DifferenceKind
from annotator.model.time import to_clock, to_seconds_text
from annotator.storage.recovery import found_on_disk


class _Options(TypedDict):
    """What click hands over."""

    session: Path
    first: str
    second: str
    tolerance: Micros
    overlap: int
    details: bool
    as_json: bool


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
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
@click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
def compare(**options: Unpack[_Options]) -> int:
    """Compare two coding passes of a session.

    A and B are coders, or ids of passes as `annotator passes` lists them.
    Tags are paired one to one: first those of the same code, as many as can
    be, then of what is left those of different codes. Only tags that count
    are compared: those that begin in the region and in no excluded span.

    These counts are not corrected for chance: they tell where to look, not
    how good the agreement is. The session is only read.

    Example: annotator compare talk.session.json A B --tolerance 0.5

    Exit code 0 where the two agree on all, 1 where they differ, 2 where the
    session cannot be read or has no such pass.
    """
    found = found_on_disk(options["session"], may_write=False)
    for notice in found.notices:
        click.echo(notice, err=True)
    session = found.session
    one, other = (_pass_named(session, options[key]) for key in ("first", "second"))
    for coded in (one, other):
        _warn(session, coded)
    matching = _matching(options)
    comparison = compare_passes(session, one, other, matching)
    if options["as_json"]:
        written = json.dumps(_as_tree(comparison), indent=2, ensure_ascii=False) + "\n"
        click.echo(written.encode(), nl=False)  # bytes: UTF-8 whatever the terminal's encoding
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
