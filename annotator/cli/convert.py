"""`annotator convert`: foreign files into sessions, sessions into foreign files, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.plain import PlainCommand
from annotator.cli.progress import shown_progress
from annotator.cli.records import write_json
from annotator.errors import AnnotatorError
from annotator.jobs import converting
from annotator.jobs.converting import Outcome, Task
from annotator.model.stamps import now
from annotator.storage.books import BOOK_SUFFIX
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.exchange import form_for, form_named
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format, TierUse, Wishes
from annotator.storage.interchange.report import Report
from annotator.storage.interchange.report_text import contents
from annotator.storage.mappings import load_mapping, read_mapping_file
from annotator.storage.paths import SESSION_ENDING

LOST, FAILED = 1, 2
_OWN = (converting.OWN, converting.BOOK)
_USES = tuple(use.value for use in TierUse)


class _Options(TypedDict):
    """What click hands over."""

    paths: tuple[Path, ...]
    source_form: str
    target_form: str
    mapping: str
    sheet: str
    only: str
    coder: str
    encoding: str
    rate: str
    tiers: str | None
    uses: tuple[str, ...]
    as_tags: bool
    strict: bool
    dry: bool
    as_json: bool
    formats: bool


@click.command(cls=PlainCommand)
@click.argument("paths", metavar="IN… OUT", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--from", "source_form", default="", metavar="FORMAT", help="How to read.  [default: found out]"
)
@click.option(
    "--to", "target_form", default="", metavar="FORMAT", help="How to write.  [default: by OUT]"
)
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="FILE|NAME",
    help="Which column of a table is what: a mapping's file, or the name it was kept by.",
)
@click.option(
    "--sheet",
    default="",
    metavar="NAME",
    help="Of a workbook: the sheet to read.  [default: the mapping's, or the first]",
)
@click.option(
    "--session", "only", default="", metavar="ID", help="Of several in IN: only this one, by title."
)
@click.option("--coder", default="", help="Who coded, where IN does not tell.")
@click.option("--encoding", default="", help="The encoding of IN.  [default: found out]")
@click.option("--rate", default="", metavar="FPS", help="Frames a second, where IN counts frames.")
@click.option("--tiers", type=click.Choice(_USES), help="What all tiers are.  [default: guessed]")
@click.option(
    "--tier", "uses", multiple=True, metavar="NAME=USE", help="What one tier is; may be repeated."
)
@click.option("--as-tags", is_flag=True, help="Subtitles are tags, not what was said.")
@click.option("--strict", is_flag=True, help="Write nothing that would lose anything.")
@click.option("--dry-run", "dry", is_flag=True, help="Only tell what would be lost.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option("--formats", is_flag=True, help="List the formats, and end.")
def convert(**options: Unpack[_Options]) -> int:
    """Turn foreign files into sessions, sessions into foreign files, and either into other ones.

    IN are files, folders or patterns such as "data/**/*.eaf". OUT is a file
    whose ending tells the format (.session.json for a session), or a folder,
    in which each session gets a file of its own. Nothing that is there is
    written over. All that could not be carried, or was mended, is told on
    stderr with its place; of an import the whole report is kept beside OUT.

    Tiers of ELAN, Praat and their like are taken for "code" (the tier is a
    code), "values" (what stands in it are codes, the tier is a coding pass),
    "transcript" or "leave".

    Examples: annotator convert talk.eaf talk.session.json
              annotator convert talk.session.json talk.eaf
              annotator convert study.boris sessions/
              annotator convert "data/*.TextGrid" sessions/ --tier words=transcript
              annotator convert sessions/ study.boris --strict

    Exit code 0 when all was done, 1 when something was lost and --strict kept
    it from being written, and 2 when a file could not be read or written.
    """
    if options["formats"]:
        return _list_formats()
    task, wishes = _task(options), _wishes(options)
    outcomes: list[Outcome] = []
    with shown_progress() as watcher:
        for outcome in converting.convert(task, wishes, watcher):
            outcomes.append(outcome)
            if not options["as_json"]:
                _tell(outcome, task)
    if options["as_json"]:
        write_json([_as_tree(one) for one in outcomes])
    if any(one.failure for one in outcomes):
        return FAILED
    return LOST if task.strict and not all(one.is_lossless for one in outcomes) else 0


def _list_formats() -> int:
    """List formats with their ids, endings, and whether they are read and written."""
    width = max(len(form.id) for form in FORMATS)
    for form in FORMATS:
        ways = " and ".join(
            way for way, can in (("read", form.read), ("write", form.write)) if can is not None
        )
        click.echo(f"{form.id:{width}}  {form.title} ({', '.join(form.suffixes)}): {ways}")
    return 0


def _task(options: _Options) -> Task:
    *given, target = options["paths"] or (Path(),)
    if not given:
        raise click.UsageError("Name at least one file to convert, and where it shall go.")
    sources = tuple(_found(given, options["source_form"]))
    if not sources:
        raise AnnotatorError(f"There is nothing to convert in {given[0]}.", "Name a file.")
    form, is_book = _target_form(target, options["target_form"])
    is_several = len(sources) > 1 or any(path.is_dir() for path in given)
    is_file = form is not None and form.holds_several and not target.is_dir()
    return Task(
        sources,
        target,
        into_folder=target.is_dir() or not _has_ending(target) or (is_several and not is_file),
        form=form,
        is_book=is_book,
        source_form=_checked(options["source_form"]),
        strict=options["strict"],
        dry=options["dry"],
    )


def _target_form(target: Path, wanted: str) -> tuple[Format | None, bool]:
    """Say in which foreign format to write, if in one, and whether a codebook alone is wanted."""
    if wanted in _OWN or target.name.endswith((SESSION_ENDING, BOOK_SUFFIX)):
        return None, wanted == converting.BOOK or target.name.endswith(BOOK_SUFFIX)
    if wanted or _has_ending(target):
        return form_for(target.name, wanted), False
    return None, False


def _has_ending(target: Path) -> bool:
    return bool(target.suffix) and not target.is_dir()


def _checked(form: str) -> str:
    return form if not form or form in _OWN else form_named(form).id


def _found(given: Iterable[Path], form: str) -> Iterator[Path]:
    """Find the files that are meant by files, folders and patterns, each once and in order."""
    seen: set[Path] = set()
    endings = _endings(form)
    for path in given:
        if path.is_dir():
            files = sorted(one for one in path.iterdir() if one.name.lower().endswith(endings))
        elif not path.exists() and any(mark in str(path) for mark in "*?["):
            files = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        else:
            files = [path]
        for file in files:
            if file not in seen and not (file.is_dir() and file != path):
                seen.add(file)
                yield file


def _endings(form: str) -> tuple[str, ...]:
    if form == converting.OWN:
        return (SESSION_ENDING,)
    if form == converting.BOOK:
        return (BOOK_SUFFIX,)
    wanted = [one for one in FORMATS if one.read is not None and form in {"", one.id}]
    own = () if form else (SESSION_ENDING,)
    plain = (ending for one in wanted for ending in one.suffixes if form or ending not in _TOO_WIDE)
    return (*own, *plain)


_TOO_WIDE = {".json", ".txt", ".xml"}
"""Endings of so many other files that in a folder they count only where a format is named."""


def _wishes(options: _Options) -> Wishes:
    return Wishes(
        coder=options["coder"],
        encoding=options["encoding"],
        tiers=TierUse(options["tiers"]) if options["tiers"] else None,
        tier_uses=dict(_use(pair) for pair in options["uses"]),
        columns=_columns(options["mapping"], options["sheet"]),
        rate=options["rate"],
        now=now(),
        only=options["only"],
        as_tags=options["as_tags"],
    )


def _columns(mapping: str, sheet: str) -> TableColumns | None:
    if not mapping:
        return TableColumns(sheet=sheet) if sheet else None
    is_file = Path(mapping).is_file()
    columns = read_mapping_file(Path(mapping)) if is_file else load_mapping(mapping)
    return replace(columns, sheet=sheet) if sheet else columns


def _use(pair: str) -> tuple[str, TierUse]:
    name, equals, use = pair.rpartition("=")
    if not equals or use not in _USES:
        known = ", ".join(_USES)
        raise click.UsageError(f'Give --tier as NAME=USE, with one of {known}; not "{pair}".')
    return name, TierUse(use)


def _tell(outcome: Outcome, task: Task) -> None:
    """Tell what became of one source: remarks on stderr, what was written on stdout."""
    for report in outcome.reports:
        for line in report.lines():
            click.echo(f"{outcome.source}: {line}", err=True)
    if outcome.failure:
        click.echo(f"{outcome.source}: {outcome.failure}", err=True)
        return
    if outcome.read is not None:
        for line in contents(outcome.read.sessions):
            click.echo(f"{outcome.source}: {line}")
    if outcome.refused:
        click.echo(f"{outcome.source}: not written, since something would be lost", err=True)
    elif task.dry:
        click.echo(f"{outcome.source}: nothing was written, as you asked")
    for path in outcome.targets:
        click.echo(f"Wrote {path}")


def _as_tree(outcome: Outcome) -> dict[str, object]:
    sessions = outcome.read.sessions if outcome.read else ()
    return {
        "source": outcome.source,
        "written": [str(path) for path in outcome.targets],
        "sessions": contents(sessions),
        "reports": [_report_tree(one) for one in outcome.reports],
        "lossless": outcome.is_lossless,
        "failure": outcome.failure,
    }


def _report_tree(report: Report) -> dict[str, object]:
    return {
        "counted_in": report.counted_in,
        "counted_out": report.counted_out,
        "remarks": [
            {
                "outcome": one.outcome.value,
                "message": one.message,
                "places": list(one.places),
                "more_places": one.unplaced,
            }
            for one in report.remarks
        ],
        "unlisted": report.unlisted,
    }
