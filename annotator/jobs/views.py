"""The views in which results are looked at: each a table, and perhaps the figure drawn of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from annotator.analysis.agreement.passes import Settings
from annotator.analysis.sequences import Follow
from annotator.analysis.summary import By, Parting
from annotator.jobs.agreeing import AgreeWish, agreed
from annotator.jobs.drawing import FigureWish, drawn, figure_table
from annotator.jobs.figures import View
from annotator.jobs.progress import Progress
from annotator.jobs.results import (
    Results,
    SummaryWish,
    TalkWish,
    followed,
    summarised,
    talked,
)
from annotator.jobs.studies import ALL_PASSES
from annotator.model.study import Study
from annotator.model.table import Cell, Table, picked
from annotator.reports.figures.sheet import Picture, Sheet, file_of, picture_of

DRAWS = 1000

Make = Callable[[Study, Progress], Results]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view shows: a table, all tables that are saved with it, and the figure's sheet."""

    table: Table
    tables: tuple[Table, ...]
    notices: tuple[str, ...] = ()
    sheet: Sheet | None = None

    def picture(self, dpi: float) -> Picture | None:
        """Draw the figure for the screen; None where there is none."""
        return picture_of(self.sheet, dpi) if self.sheet is not None else None

    def figure(self, form: str) -> bytes:
        """Draw the figure for print; empty where there is none."""
        return file_of(self.sheet, form) if self.sheet is not None else b""


_SUMMARY = ("coder", "name", "count", "rate", "share", "mean", "longest", "latency")
_PARTS = ("coder", "part", "name", "count", "rate", "share")
_SCORES = ("coder", "name", "value", "unit", "band", "opinion", "because")
_TALK = ("person", "talk", "share", "turns", "mean_turn", "longest_turn", "latency", "overlapping")
_QUIET = ("kind", "before", "after", "count", "total", "longest")
_FOLLOW = ("given", "target", "count", "probability", "expected", "residual", "q", "p")
_AGREE = ("coders", "name", "value", "low", "high", "observed", "expected", "maximum", "units")
_EACH = ("coders", "measure", "code", "value", "positive", "both", "first", "second")


def _is_used(row: Mapping[str, Cell]) -> bool:
    return bool(row["count"] or row.get("duration"))


def _summary(parting: Parting, study: Study, watcher: Progress) -> Results:
    return summarised(study, SummaryWish(By.CODE, parting, ALL_PASSES, with_places=True), watcher)


def _talk(study: Study, watcher: Progress) -> Results:
    return talked(study, TalkWish(), watcher)


def _follow(study: Study, watcher: Progress) -> Results:
    return followed(study, Follow(), ALL_PASSES, watcher)


def _agree(study: Study, watcher: Progress) -> Results:
    return agreed(study, AgreeWish(settings=Settings(draws=DRAWS)), watcher)


@dataclass(frozen=True, slots=True)
class _Tables:
    make: Make
    table: str
    columns: tuple[str, ...]
    only_used: bool = False


_TABLES: Mapping[str, _Tables] = {
    "summary": _Tables(partial(_summary, Parting()), "summary", _SUMMARY, only_used=True),
    "thirds": _Tables(partial(_summary, Parting(thirds=True)), "summary", _PARTS, only_used=True),
    "scores": _Tables(partial(_summary, Parting()), "scores", _SCORES),
    "talk": _Tables(_talk, "talk", _TALK),
    "quiet": _Tables(_talk, "silences", _QUIET),
    "transitions": _Tables(_follow, "transitions", _FOLLOW, only_used=True),
    "agreement": _Tables(_agree, "agreement", _AGREE),
    "by-code": _Tables(_agree, "agreement-by-code", _EACH),
}


def seen(view: View, study: Study, watcher: Progress) -> Seen:
    """Make what a view shows of sessions.

    Raises AnnotatorError where they do not have what it needs, in words for people.
    """
    if view.figure is not None:
        table = figure_table(view.figure, study, FigureWish(), watcher)
        return Seen(table, (table,), table.notes, drawn(view.figure, table))
    spec = _TABLES[view.id]
    results = spec.make(study, watcher)
    if spec.table not in {table.id for table in results.tables}:
        return Seen(replace(results.tables[0], rows=(), behind={}), results.tables, _EMPTY)
    table = results.table(spec.table)
    alone = {name for name in ("coder", "coders") if name in spec.columns} & {
        column.id for column in table.columns if len(set(table.values(column.id))) <= 1
    }
    columns = [name for name in spec.columns if name not in alone]
    shown = picked(table, columns, _is_used if spec.only_used else None)
    return Seen(shown, results.tables, (*results.notices, *_told(table)))


_EMPTY = ("Nothing of the kind is in this session.",)


def _told(table: Table) -> tuple[str, ...]:
    """Give what is to be read along: a table's notes, or of agreement each sentence and doubt."""
    if table.id != "agreement":
        return table.notes
    lines: list[str] = []
    for row in table.records():
        if row["because"]:
            lines.append(f"{row['name']} cannot be computed, because {row['because']}.")
        else:
            lines.append(f"{row['sentence']} {row['warnings']}".strip())
    return tuple(lines)
