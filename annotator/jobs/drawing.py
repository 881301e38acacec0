"""Figures of sessions: which there are, the table each is drawn from, and the files they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from annotator.analysis.events import event_table
from annotator.analysis.sequences import Follow
from annotator.analysis.summary import Named
from annotator.analysis.talk import USUAL_SILENCE, TalkRules, balance_table, talk_of
from annotator.errors import AnnotatorError
from annotator.jobs.agreeing import AgreeWish, agreed, number_pairs
from annotator.jobs.figures import FigureKind
from annotator.jobs.progress import Progress
from annotator.jobs.results import (
    SummaryWish,
    TalkWish,
    followed,
    gathered_results,
    speech_for,
    summarised,
    talked,
)
from annotator.jobs.studies import ALL_PASSES, Passes, over_sessions
from annotator.model.study import Study
from annotator.model.table import Table, picked, stacked
from annotator.model.time import SECOND, Micros

if TYPE_CHECKING:
    from annotator.reports.figures.sheet import Sheet


MINUTE = Micros(60 * SECOND)


@dataclass(frozen=True, slots=True)
class FigureWish:
    """What a figure is drawn of, beside its kind."""

    passes: Passes = ALL_PASSES
    summary: SummaryWish = field(default_factory=SummaryWish)
    talk: TalkWish = field(default_factory=TalkWish)
    follow: Follow = field(default_factory=Follow)
    agree: AgreeWish = field(default_factory=AgreeWish)
    bin: Micros = MINUTE


def figure_table(kind: FigureKind, study: Study, wish: FigureWish, watcher: Progress) -> Table:
    """Make the table that a figure is drawn from, with every number in it.

    Raises AnnotatorError where the sessions do not have what it shows.
    """
    makers: dict[FigureKind, Callable[[], Table]] = {
        FigureKind.BARCODE: partial(_tags, study, wish, watcher),
        FigureKind.STATES: partial(_stretched, study, wish, watcher),
        FigureKind.CUMULATIVE: partial(_tags, study, wish, watcher),
        FigureKind.RATES: partial(_summary, study, wish, watcher),
        FigureKind.COUNTS: partial(_summary, study, wish, watcher),
        FigureKind.TRANSITIONS: partial(_transitions, study, wish, watcher),
        FigureKind.GRAPH: partial(_transitions, study, wish, watcher),
        FigureKind.TALK: partial(_balance, study, wish, watcher),
        FigureKind.SILENCES: partial(_stretches, study, wish, watcher),
        FigureKind.MATRIX: partial(_matrix, study, wish, watcher),
        FigureKind.BLAND_ALTMAN: partial(number_pairs, study, wish.agree, watcher),
    }
    table = makers[kind]()
    if not table.rows:
        raise AnnotatorError("There is nothing to draw.", "What is asked for is empty.")
    return table


def drawn(kind: FigureKind, table: Table) -> Sheet:
    """Draw a figure from its table."""
    module, function = {
        FigureKind.BARCODE: ("lines", "barcode"),
        FigureKind.STATES: ("lines", "states"),
        FigureKind.CUMULATIVE: ("lines", "cumulative"),
        FigureKind.TALK: ("lines", "talk_balance"),
        FigureKind.RATES: ("bars", "rates"),
        FigureKind.COUNTS: ("bars", "counts"),
        FigureKind.SILENCES: ("bars", "silence_lengths"),
        FigureKind.BLAND_ALTMAN: ("bars", "bland_altman"),
        FigureKind.TRANSITIONS: ("grids", "transition_map"),
        FigureKind.GRAPH: ("grids", "transition_graph"),
        FigureKind.MATRIX: ("grids", "agreement_matrix"),
    }[kind]
    draw: Callable[[Table], Sheet] = getattr(
        import_module(f"annotator.reports.figures.{module}"), function
    )
    return draw(table)


def _tags(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    found, _ = gathered_results(over_sessions(study, partial(_events, wish.passes), watcher))
    tables = [table for each in found for table in each]
    if not tables:
        raise AnnotatorError("There is no coding pass that is asked for.")
    return stacked(tables)


def _stretched(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    tags = _tags(study, wish, watcher)
    return picked(tags, [one.id for one in tags.columns], lambda row: bool(row["length"]))


def _events(passes: Passes, named: Named) -> tuple[Table, ...]:
    return tuple(event_table(named, one) for one in passes.of(named.session))


def _summary(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    asked = replace(wish.summary, passes=wish.passes, with_places=True)
    return summarised(study, asked, watcher).table("summary")


def _transitions(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    return followed(study, wish.follow, wish.passes, watcher).table("transitions")


def _stretches(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    return talked(study, wish.talk, watcher).table("stretches")


def _balance(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    found, _ = gathered_results(over_sessions(study, partial(_balanced, wish), watcher))
    return stacked(found)


def _balanced(wish: FigureWish, named: Named) -> Table:
    session = named.session
    silence = wish.talk.silence or session.codebook.silence_minimum or USUAL_SILENCE
    rules = TalkRules(silence, wish.talk.back_channel)
    talk = talk_of(session, speech_for(wish.talk, named), rules)
    return balance_table(named.name, talk, session.region, wish.bin)


def _matrix(study: Study, wish: FigureWish, watcher: Progress) -> Table:
    tables = agreed(study, wish.agree, watcher).tables
    matrices = [one for one in tables if one.id.startswith("matrix-")]
    whole = [one for one in matrices if "all-sessions" in one.id]
    if not matrices:
        raise AnnotatorError("There is no matrix to draw: neither coder has a tag that counts.")
    return (whole or matrices)[0]
