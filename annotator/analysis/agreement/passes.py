"""Agreement of two coding passes of one session, by every measure for tags with times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.analysis.agreement import resampling, timeunits
from annotator.analysis.agreement.aligning import aligned
from annotator.analysis.agreement.doubts import doubts
from annotator.analysis.agreement.kappa import (
    Kappa,
    Table,
    against_rest,
    cohen,
    fitted_kappa,
)
from annotator.analysis.agreement.measures import Measure
from annotator.analysis.agreement.pairs import linked
from annotator.analysis.agreement.result import (
    NO_TAG,
    Agreement,
    BaseRate,
    Bounds,
    CodeAgreement,
    Matrix,
    Moment,
)
from annotator.analysis.agreement.unitizing import unitizing_alpha
from annotator.analysis.counting import Counted, counted_in
from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.time import SECOND, Interval, Micros, to_seconds_text

NO_TAGS = "neither coder has a tag that counts"
ONE_CODE = "only one code was used, so chance cannot be told from agreement"


_HALF_A_SECOND = Micros(500_000)
_TWO_SECONDS = Micros(2 * SECOND)
_A_MINUTE = Micros(60 * SECOND)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the measures depend on.

    `overlap_percent` is EasyDIAg's (1 to 100), `near` how far apart two instants may lie there;
    `unit` and `tolerance` are those of the time-unit kappas, `block` what is drawn at once for
    their intervals. No intervals are drawn where `draws` is 0. The alignment of the codes' order is
    left out where `by_order` is false.
    """

    overlap_percent: int = 60
    near: Micros = _HALF_A_SECOND
    unit: Micros = SECOND
    tolerance: Micros = _TWO_SECONDS
    block: Micros = _A_MINUTE
    draws: int = 0
    seed: int = 1
    by_order: bool = True


USUAL = Settings()


@dataclass(frozen=True, slots=True)
class _Both:
    """The tags of two passes that count and have a code, and the time that counts."""

    coders: tuple[str, str]
    first: tuple[Tag, ...]
    second: tuple[Tag, ...]
    counted: Counted

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({tag.code for tag in (*self.first, *self.second)}))


@dataclass(frozen=True, slots=True)
class _Event:
    """Two tags that were paired, or one that has no partner."""

    first: Tag | None
    second: Tag | None

    @property
    def moment(self) -> Moment:
        tags = tuple(tag for tag in (self.first, self.second) if tag is not None)
        start, end = min(tag.start for tag in tags), max(tag.end for tag in tags)
        return Moment(Interval(start, end), tags)


def agreement_of_passes(
    session: Session, first: CodingPass, second: CodingPass, settings: Settings = USUAL
) -> tuple[Agreement, ...]:
    """Compute every measure for tags with times, in the order in which they are best read.

    Tags that do not count or wait for a code are left out. Comparing the other way round gives
    the same values.
    """
    both = _both(session, first, second)
    return (
        easydiag(both, settings),
        *((alignment(both, settings),) if settings.by_order else ()),
        *time_units(both, settings),
        unitizing(both),
    )


def _both(session: Session, first: CodingPass, second: CodingPass) -> _Both:
    one, other = (
        tuple(tag for tag in session.counted(each.tags) if tag.is_named) for each in (first, second)
    )
    return _Both((first.coder, second.coder), one, other, counted_in(session))


def easydiag(both: _Both, settings: Settings = USUAL) -> Agreement:
    """Compute EasyDIAg's κ (Holle & Rein 2015), at least 0 as the original shows it.

    A pair counts twice, a tag without a partner once. Two instants are paired within a time,
    an instant and a stretch never.
    """
    pairs = linked(both.first, both.second, settings.overlap_percent, settings.near)
    taken, gone = {a for a, _ in pairs}, {b for _, b in pairs}
    events = [_Event(both.first[a], both.second[b]) for a, b in pairs]
    events += [_Event(tag, None) for at, tag in enumerate(both.first) if at not in taken]
    events += [_Event(None, tag) for at, tag in enumerate(both.second) if at not in gone]
    tags = len(both.first) + len(both.second)
    share = f"{2 * len(pairs) / tags:.0%} of tags paired" if tags else "no tags"
    told = (
        (
            f"paired where {settings.overlap_percent} % of the longer tag is shared, "
            f"instants within {to_seconds_text(settings.near)} s"
        ),
        share,
    )
    return _of_events(Measure.EASYDIAG, both, events, told, settings)


def alignment(both: _Both, settings: Settings = USUAL) -> Agreement:
    """Compute the κ of the two sequences of codes, aligned with the fewest changes."""
    one, other = ([tag.code for tag in tags] for tags in (both.first, both.second))
    is_turned = (len(other), other) < (len(one), one)  # the same whoever comes first
    found = aligned(other, one) if is_turned else aligned(one, other)
    pairs = [(b, a) for a, b in found] if is_turned else found
    events = [
        _Event(both.first[a] if a is not None else None, both.second[b] if b is not None else None)
        for a, b in pairs
    ]
    told = ("each replaced, added or left-out code costs 1",)
    return _of_events(Measure.ALIGNMENT, both, events, told, settings)


def _of_events(
    measure: Measure,
    both: _Both,
    events: Sequence[_Event],
    told: tuple[str, ...],
    settings: Settings,
) -> Agreement:
    labels = (*both.codes, NO_TAG)
    doubled = measure is Measure.EASYDIAG
    table, behind = _crossed(events, labels, 2 if doubled else 1)
    matrix = Matrix(labels, _cells(table), behind)
    if len(both.codes) <= 1:
        why = ONE_CODE if both.codes else NO_TAGS
        return Agreement(measure, None, len(events), both.coders, why, matrix=matrix, settings=told)
    kappa = fitted_kappa(table)
    value = kappa.value if kappa.value is None else max(0.0, kappa.value)
    each = np.ones_like(table)
    each[:-1, :-1] = 2 if doubled else 1
    rates = _rates(table, labels)
    warnings = doubts(len(events), rates, kappa.maximum, "pairs and single tags")
    if kappa.value is not None and kappa.value < 0:
        warnings += (f"Agreement is below chance ({kappa.value:.2f}), which is shown as 0.",)
    return Agreement(
        measure,
        value,
        len(events),
        both.coders,
        kappa.because,
        resampling.of_cells(table, _floored, settings.draws, settings.seed, each),
        kappa.observed,
        kappa.expected,
        kappa.maximum,
        matrix,
        rates,
        tuple(_against_rest(table, place, code) for place, code in enumerate(both.codes)),
        told,
        warnings,
    )


def _floored(table: Table) -> float | None:
    value = fitted_kappa(table).value
    return None if value is None else max(0.0, value)


def _crossed(
    events: Sequence[_Event], labels: Sequence[str], pair: int
) -> tuple[Table, dict[tuple[int, int], tuple[Moment, ...]]]:
    place = {label: index for index, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    behind: dict[tuple[int, int], list[Moment]] = {}
    for event in events:
        row = place[event.first.code if event.first else NO_TAG]
        column = place[event.second.code if event.second else NO_TAG]
        table[row, column] += pair if event.first and event.second else 1
        behind.setdefault((row, column), []).append(event.moment)
    in_order = {
        cell: tuple(sorted(moments, key=lambda one: one.interval))
        for cell, moments in behind.items()
    }
    return table, in_order


def _cells(table: Table) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, table.tolist()))


def _rates(table: Table, labels: Sequence[str]) -> tuple[BaseRate, ...]:
    total = float(table.sum())
    if not total:
        return ()
    rows, columns = (table.sum(axis=1) / total).tolist(), (table.sum(axis=0) / total).tolist()
    return tuple(
        BaseRate(label, (row, column))
        for label, row, column in zip(labels, rows, columns, strict=True)
    )


def _against_rest(table: Table, place: int, code: str) -> CodeAgreement:
    return _of_two(against_rest(table, place), code)


def _of_two(two: Table, code: str) -> CodeAgreement:
    kappa: Kappa = cohen(two)
    both, first, second = float(two[0, 0]), float(two[0, 1]), float(two[1, 0])
    either = 2 * both + first + second
    positive = 2 * both / either if either else None
    return CodeAgreement(
        code, kappa.value, both, first, second, kappa.because, kappa.maximum, positive
    )


def time_units(both: _Both, settings: Settings = USUAL) -> tuple[Agreement, Agreement]:
    """Compute the time-unit κ without and with tolerance."""
    grid = timeunits.grid_of(both.counted, settings.unit)
    codes = both.codes
    first, second = (timeunits.held(grid, tags, codes) for tags in (both.first, both.second))
    found = timeunits.states(first, second, codes)
    reach = settings.tolerance // settings.unit
    near = timeunits.tolerant(found, grid.places, reach)
    per_code = tuple(
        _of_two(_two_by_two(a, b), code) for code, a, b in zip(codes, first, second, strict=True)
    )
    behind = timeunits.runs(found, grid)
    half = timeunits.States(
        near.labels, *(each[: len(grid.places)] for each in (near.first, near.second))
    )
    told = f"units of {to_seconds_text(settings.unit)} s"
    within = f"tolerance {to_seconds_text(Micros(reach * settings.unit))} s each way"
    plain = _of_units(Measure.TIME_UNIT, both, found, grid, settings)
    tolerant = _of_units(Measure.TIME_UNIT_TOLERANT, both, near, grid, settings)
    return (
        _told(plain, (told,), behind, per_code),
        _told(tolerant, (told, within), timeunits.runs(half, grid), ()),
    )


def _two_by_two(first: timeunits.Held, second: timeunits.Held) -> Table:
    both = float((first & second).sum())
    one, other = float(first.sum()) - both, float(second.sum()) - both
    return np.array([[both, one], [other, len(first) - both - one - other]])


def _of_units(
    measure: Measure,
    both: _Both,
    found: timeunits.States,
    grid: timeunits.Grid,
    settings: Settings,
) -> Agreement:
    units = len(grid.places)
    table = timeunits.crossed(found)
    matrix = Matrix(found.labels, _cells(table))
    if not both.codes or not units:
        why = NO_TAGS if units else "no time counts"
        return Agreement(measure, None, units, both.coders, why, matrix=matrix)
    kappa = cohen(table)
    bounds = _block_bounds(found, grid, settings)
    rates = _rates(table, found.labels)
    warnings = doubts(units, rates, kappa.maximum, "units of time")
    if any(" + " in label for label in found.labels):
        warnings += ("Codes that hold at once were taken as a code of their own.",)
    if settings.draws and bounds is None and kappa.value is not None:
        stretch = to_seconds_text(settings.block)
        warnings += (f"Too few stretches of {stretch} s to draw an interval from.",)
    return Agreement(
        measure,
        kappa.value,
        units,
        both.coders,
        kappa.because,
        bounds,
        kappa.observed,
        kappa.expected,
        kappa.maximum,
        matrix,
        rates,
        (),
        (),
        warnings,
    )


def _block_bounds(
    found: timeunits.States, grid: timeunits.Grid, settings: Settings
) -> Bounds | None:
    if not settings.draws:
        return None
    blocks = timeunits.in_blocks(found, grid.places, max(1, settings.block // settings.unit))
    name = f"stretches of {to_seconds_text(settings.block)} s"
    return resampling.of_blocks(blocks, settings.draws, settings.seed, name)


def _told(
    one: Agreement,
    settings: tuple[str, ...],
    behind: dict[tuple[int, int], tuple[Moment, ...]],
    per_code: tuple[CodeAgreement, ...],
) -> Agreement:
    matrix = one.matrix and replace(one.matrix, behind=behind)
    return replace(one, settings=settings, matrix=matrix, by_code=per_code)


def unitizing(both: _Both) -> Agreement:
    """Compute Krippendorff's uα of the stretches; instants have no length and are left out."""
    counted = both.counted
    coded = {
        code: [
            [_placed(tag, counted) for tag in tags if tag.code == code]
            for tags in (both.first, both.second)
        ]
        for code in both.codes
    }
    found, per_code = unitizing_alpha(coded, 0, counted.length)
    stretches = [tag for tag in (*both.first, *both.second) if not tag.is_instant]
    instants = len(both.first) + len(both.second) - len(stretches)
    why = found.because
    if why and not both.codes:
        why = NO_TAGS
    elif why and not stretches:
        why = "all tags are instants, which have no length"
    warnings = doubts(len(stretches), (), None, "stretches")
    if instants and stretches:
        warnings += (f"{instants} instants were left out: they have no length.",)
    codes = tuple(
        CodeAgreement(code, one.value, 0, 0, 0, one.because) for code, one in per_code.items()
    )
    return Agreement(
        Measure.UNITIZING,
        found.value,
        len(stretches),
        both.coders,
        why,
        observed=found.observed,
        expected=found.expected,
        by_code=codes,
        settings=("time in microseconds, excluded spans cut out",),
        warnings=warnings,
    )


def _placed(tag: Tag, counted: Counted) -> tuple[int, int]:
    start = counted.until(tag.start)
    return start, counted.until(tag.end) - start
