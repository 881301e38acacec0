"""Units that coders share (bins, utterances, stretches of time), and agreement on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.analysis.agreement import kappa, resampling, units
from annotator.analysis.agreement.doubts import doubts
from annotator.analysis.agreement.icc import Form, bands, icc
from annotator.analysis.agreement.measures import Measure
from annotator.analysis.agreement.result import (
    NO_TAG,
    Agreement,
    BaseRate,
    Bounds,
    CodeAgreement,
    Matrix,
    Moment,
)
from annotator.analysis.counting import counted_in
from annotator.model.coding import CodingPass, Origin, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros, to_seconds_text

TWO = 2
NOTHING_SHARED = "there is no unit that any coder gave a code"
LEFT_OUT = "units without any code were left out; with one coder alone, no code counts as a code"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and what each coder called it: `NO_TAG` for nothing, joined by " + " if several."""

    moment: Moment
    codes: tuple[str, ...]


def bins_of(session: Session, passes: Sequence[CodingPass]) -> list[Unit]:
    """Take the bins that were asked for one by one; a bin is the same where its ends are."""
    asked: dict[Interval, list[list[Tag]]] = {}
    for at, one in enumerate(passes):
        for tag in session.counted(one.tags):
            if tag.origin is Origin.BIN and tag.is_named:
                asked.setdefault(tag.interval, [[] for _ in passes])[at].append(tag)
    return [_unit(stretch, each) for stretch, each in sorted(asked.items())]


def utterances_of(session: Session, passes: Sequence[CodingPass]) -> list[Unit]:
    """Take the cues of the last transcript; a tag is of the cue in which it begins."""
    cues = session.transcripts[-1].cues if session.transcripts else ()
    return _in_stretches(session, passes, [cue.interval for cue in cues])


def stretches_of(session: Session, passes: Sequence[CodingPass], length: Micros) -> list[Unit]:
    """Cut the time that counts into stretches of a length; a tag is of the one it begins in."""
    found = [
        Interval(Micros(at), Micros(min(at + length, piece.end)))
        for piece in counted_in(session).pieces
        for at in range(piece.start, piece.end, length)
    ]
    return _in_stretches(session, passes, found)


def _in_stretches(
    session: Session, passes: Sequence[CodingPass], stretches: Sequence[Interval]
) -> list[Unit]:
    tags = [[tag for tag in session.counted(one.tags) if tag.is_named] for one in passes]
    starts = [[tag.start for tag in own] for own in tags]
    found: list[Unit] = []
    for stretch in stretches:
        each = [
            own[bisect_left(begun, stretch.start) : bisect_left(begun, stretch.end)]
            for own, begun in zip(tags, starts, strict=True)
        ]
        if any(each):
            found.append(_unit(stretch, each))
    return found


def _unit(stretch: Interval, each: Sequence[Sequence[Tag]]) -> Unit:
    codes = tuple(" + ".join(sorted({tag.code for tag in own})) or NO_TAG for own in each)
    return Unit(Moment(stretch, tuple(tag for own in each for tag in own)), codes)


def agreement_on_units(
    shared: Sequence[Unit], coders: tuple[str, ...], told: str, draws: int = 0, seed: int = 1
) -> tuple[Agreement, ...]:
    """Compute raw agreement, Cohen's κ of two coders or Fleiss' of more, α and AC1.

    `told` says in words what the units are.
    """
    counts = units.counted([one.codes for one in shared])
    rates = tuple(
        BaseRate(
            str(value),
            tuple(
                sum(one.codes[at] == value for one in shared) / len(shared)
                for at in range(len(coders))
            ),
        )
        for value in counts.values
    )
    frame = Agreement(
        Measure.RAW,
        None,
        len(shared),
        coders,
        NOTHING_SHARED,
        base_rates=rates,
        settings=(told, LEFT_OUT),
        warnings=doubts(len(shared), rates, None) if shared else (),
    )
    chances: list[tuple[Measure, units.Chance]] = [(Measure.RAW, units.raw_agreement(counts))]
    if len(coders) > TWO:
        chances.append((Measure.FLEISS, units.fleiss(counts)))
    alpha = units.alpha(counts, units.Level.NOMINAL)
    chances += [(Measure.ALPHA_NOMINAL, alpha), (Measure.AC1, units.ac1(counts))]
    found = [_of_chance(frame, measure, chance) for measure, chance in chances]
    if len(coders) == TWO:
        found.insert(1, _cohen(frame, shared))
    if draws and shared:
        found = [_with_bounds(one, counts, draws, seed) for one in found]
    return tuple(found)


def _of_chance(frame: Agreement, measure: Measure, chance: units.Chance) -> Agreement:
    why = "" if chance.value is not None else chance.because or NOTHING_SHARED
    return replace(
        frame,
        measure=measure,
        value=chance.value,
        because=why,
        observed=chance.observed,
        expected=chance.expected,
    )


def _cohen(frame: Agreement, shared: Sequence[Unit]) -> Agreement:
    labels = tuple(sorted({code for one in shared for code in one.codes}))
    place = {label: at for at, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    behind: dict[tuple[int, int], list[Moment]] = {}
    for one in shared:
        cell = (place[one.codes[0]], place[one.codes[1]])
        table[cell] += 1
        behind.setdefault(cell, []).append(one.moment)
    found = kappa.cohen(table)
    limits = kappa.cohen_bounds(table) if found.value is not None else None
    cells = tuple(map(tuple, table.tolist()))
    return replace(
        frame,
        measure=Measure.COHEN,
        value=found.value,
        because=found.because,
        bounds=Bounds(*limits, "large-sample formula") if limits else None,
        observed=found.observed,
        expected=found.expected,
        maximum=found.maximum,
        matrix=Matrix(labels, cells, {cell: tuple(own) for cell, own in behind.items()}),
        by_code=tuple(_one_code(table, at, label) for at, label in enumerate(labels) if label),
        warnings=doubts(len(shared), frame.base_rates, found.maximum),
    )


def _one_code(table: kappa.Table, place: int, label: str) -> CodeAgreement:
    two = kappa.against_rest(table, place)
    found = kappa.cohen(two)
    both, first, second = float(two[0, 0]), float(two[0, 1]), float(two[1, 0])
    either = 2 * both + first + second
    positive = 2 * both / either if either else None
    return CodeAgreement(
        label, found.value, both, first, second, found.because, found.maximum, positive
    )


def _with_bounds(one: Agreement, counts: units.Counts, draws: int, seed: int) -> Agreement:
    """Draw the units anew for what has no formula."""
    if one.bounds is not None or one.value is None:
        return one
    patterns, times = np.unique(counts.table, axis=0, return_counts=True)
    alike = units.Counts(counts.values, patterns)

    def statistic(weights: units.Array) -> float | None:
        if one.measure is Measure.ALPHA_NOMINAL:
            return units.alpha(alike, units.Level.NOMINAL, weights).value
        if one.measure is Measure.AC1:
            return units.ac1(alike, weights).value
        drawn = np.repeat(patterns, weights.astype(int), axis=0)
        again = units.Counts(counts.values, drawn)
        return (units.fleiss if one.measure is Measure.FLEISS else units.raw_agreement)(again).value

    limits = resampling.of_units(times.astype(np.float64), statistic, draws, seed)
    return replace(one, bounds=limits)


_FORMS = {
    Form.ONE_SINGLE: Measure.ICC_1_1,
    Form.ABSOLUTE_SINGLE: Measure.ICC_A_1,
    Form.CONSISTENT_SINGLE: Measure.ICC_C_1,
    Form.ONE_AVERAGE: Measure.ICC_1_K,
    Form.ABSOLUTE_AVERAGE: Measure.ICC_A_K,
    Form.CONSISTENT_AVERAGE: Measure.ICC_C_K,
}
FEW_TARGETS = 30


def agreement_on_numbers(
    rows: Sequence[Sequence[float | None]], coders: tuple[str, ...], told: str
) -> tuple[Agreement, ...]:
    """Compute all six ICCs of ratings or counts: a row for what was rated, a column a coder.

    `told` says in words what was rated. Rows with a missing rating are left out, which is told.
    """
    whole = [row for row in rows if None not in row]
    missing = len(rows) - len(whole)
    warnings: list[str] = []
    if whole and len(whole) < FEW_TARGETS:
        warnings.append(f"Only {len(whole)} things were rated; read the interval, not the number.")
    if missing:
        warnings.append(f"{missing} of {len(rows)} were left out: a coder did not rate them.")
    spread = {value for row in whole for value in row}
    if len(spread) == TWO:
        warnings.append("Only two values were used; an ICC means little with so small a variance.")
    found: list[Agreement] = []
    for one in icc(rows):
        limits = (
            Bounds(one.low, one.high, "F distribution")
            if one.low is not None and one.high is not None
            else None
        )
        found.append(
            Agreement(
                _FORMS[one.form],
                one.value,
                len(whole),
                coders,
                one.because,
                limits,
                settings=(told,),
                warnings=tuple(warnings),
                bands=() if one.value is None else bands(one.value, one.low, one.high),
            )
        )
    return tuple(found)


def agreement_on_scale(
    rows: Sequence[Sequence[float | None]],
    coders: tuple[str, ...],
    told: str,
) -> tuple[Agreement, ...]:
    """Compute what suits numbers of a scale beside the ICC: α, and of two coders weighted κ.

    α takes the numbers as ordered and as even steps, and uses rows in which some are missing. κ is
    weighted by the square of the steps between the values that were used.
    """
    counts = units.counted(rows)
    number = sum(sum(value is not None for value in row) > 1 for row in rows)
    frame = Agreement(Measure.RAW, None, number, coders, settings=(told,))
    chances = [
        (Measure.ALPHA_ORDINAL, units.alpha(counts, units.Level.ORDINAL)),
        (Measure.ALPHA_INTERVAL, units.alpha(counts, units.Level.INTERVAL)),
    ]
    found = [_of_chance(frame, measure, chance) for measure, chance in chances]
    if len(coders) == TWO:
        found.append(_weighted(frame, rows))
    return tuple(found)


def _weighted(frame: Agreement, rows: Sequence[Sequence[float | None]]) -> Agreement:
    pairs = [(one, other) for one, other in rows if one is not None and other is not None]
    values = sorted({value for pair in pairs for value in pair})
    table = np.zeros((len(values), len(values)))
    for one, other in pairs:
        table[values.index(one), values.index(other)] += 1
    found = kappa.cohen(table, kappa.Weights.QUADRATIC)
    return replace(
        frame,
        measure=Measure.WEIGHTED,
        value=found.value,
        because=found.because,
        observed=found.observed,
        expected=found.expected,
        settings=(*frame.settings, "quadratic weights"),
    )


def length_told(length: Micros) -> str:
    """Say in words that units are stretches of this length."""
    return f"units are stretches of {to_seconds_text(length)} s, by the tags that begin in them"


BINS_TOLD = "units are the bins that were asked for"
CUES_TOLD = "units are the cues of the transcript, by the tags that begin in them"
