"""Agreement of coders on one session or on a whole study, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import combinations

from annotator.analysis.agreement.gamma import gamma
from annotator.analysis.agreement.passes import USUAL, Settings, agreement_of_passes
from annotator.analysis.agreement.pooling import Coded, Pooled, pooled
from annotator.analysis.agreement.result import Agreement, Moment
from annotator.analysis.agreement.sharing import (
    BINS_TOLD,
    CUES_TOLD,
    Unit,
    agreement_on_numbers,
    agreement_on_scale,
    agreement_on_units,
    bins_of,
    length_told,
    stretches_of,
    utterances_of,
)
from annotator.analysis.agreement.tables import (
    PlaceOf,
    code_table,
    definition_table,
    matrix_table,
    measure_table,
)
from annotator.analysis.scoring import scores_of, values_of
from annotator.analysis.summary import Named
from annotator.errors import AnnotatorError
from annotator.jobs.progress import Progress
from annotator.jobs.results import Results, gathered_results
from annotator.jobs.studies import ALL_PASSES, Passes, over_sessions
from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import Session
from annotator.model.study import Study
from annotator.model.table import Cell, Column, Place, Table, stacked
from annotator.model.time import Micros

TWO = 2
TEN_SECONDS = Micros(10_000_000)
ALL = "all sessions"
NUMBERS_NOTE = (
    "An ICC needs several sessions; with few of them its interval is wide, which is what to report."
)


class UnitKind(StrEnum):
    """Which units coders share."""

    BINS = "bins"
    CUES = "cues"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class AgreeWish:
    """Whose passes, by which settings, and on which shared units beside tags with times.

    `coders` are two or more, in the order of rows and columns; empty for the first of each
    session's coders. `length` is that of units of time. `gamma` adds γ, which takes long.
    """

    coders: tuple[str, ...] = ()
    settings: Settings = USUAL
    units: UnitKind | None = None
    length: Micros = TEN_SECONDS
    gamma: bool = False


def agreed(study: Study, wish: AgreeWish, watcher: Progress) -> Results:
    """Compute agreement for each session, for all of them together, and of counts and ratings.

    Raises AnnotatorError where no session has passes of two coders.
    """
    passes = partial(_chosen, wish)
    parts, notices = gathered_results(over_sessions(study, passes, watcher))
    tables: list[Table] = []
    told: list[Agreement] = []
    for part in parts:
        tables += _of_part(part.name, part, wish, partial(_place, part.name), told)
    if len(parts) > 1:
        tables += _together(parts, wish, told)
        tables += _of_numbers(parts, told)
    notices = (*notices, *_unnamed(parts), *_same_people(parts))
    merged = _merged(tables)
    drift = (_drift(merged[0], parts),) if len(parts) > 1 else ()
    return Results((merged[0], *drift, *merged[1:], definition_table(told)), notices)


def _chosen(wish: AgreeWish, named: Named) -> Coded:
    """Choose a session's passes that are held against one another."""
    session = named.session
    if wish.coders:
        own = [Passes((coder,)).of(session)[:1] for coder in wish.coders]
        chosen = tuple(one for each in own for one in each)
        if len(chosen) < len(wish.coders):
            raise _no_two()
        return Coded(named.name, session, chosen)
    own_passes = (one for one in ALL_PASSES.of(session) if one.purpose is not Purpose.CONSENSUS)
    by_coder: dict[str, CodingPass] = {}
    for one in own_passes:
        by_coder.setdefault(one.coder, one)
    chosen = tuple(by_coder.values())
    if len(chosen) < TWO:
        raise _no_two()
    return Coded(named.name, session, chosen)


def _of_part(
    name: str, part: Coded, wish: AgreeWish, place_of: PlaceOf, told: list[Agreement]
) -> list[Table]:
    tables: list[Table] = []
    for first, second in combinations(part.passes, TWO):
        found = agreement_of_passes(part.session, first, second, wish.settings)
        told += found
        tables += [measure_table(name, found), code_table(name, found)]
        tables += _matrices(name, found, place_of)
    if wish.gamma:
        whole = (gamma(part.session, part.passes, wish.settings.seed),)
        told += whole
        tables += [measure_table(name, whole)]
    if wish.units is not None:
        tables += _on_units(name, part.passes, _units(part, wish), wish, place_of, told)
    return tables


def _units(part: Coded, wish: AgreeWish) -> list[Unit]:
    match wish.units:
        case UnitKind.BINS:
            return bins_of(part.session, part.passes)
        case UnitKind.CUES:
            return utterances_of(part.session, part.passes)
        case _:
            return stretches_of(part.session, part.passes, wish.length)


def _on_units(
    name: str,
    passes: Sequence[CodingPass],
    units: Sequence[Unit],
    wish: AgreeWish,
    place_of: PlaceOf,
    told: list[Agreement],
) -> list[Table]:
    words = {UnitKind.BINS: BINS_TOLD, UnitKind.CUES: CUES_TOLD}
    kind = wish.units or UnitKind.TIME
    said = words.get(kind) or length_told(wish.length)
    coders = tuple(one.coder for one in passes)
    found = agreement_on_units(units, coders, said, wish.settings.draws, wish.settings.seed)
    told += found
    about = f"units ({kind.value})"
    return [
        measure_table(name, found, about),
        code_table(name, found, about),
        *_matrices(name, found, place_of),
    ]


def _together(parts: Sequence[Coded], wish: AgreeWish, told: list[Agreement]) -> list[Table]:
    """Tell of all sessions together, where all have as many coders."""
    if len({len(part.passes) for part in parts}) > 1:
        return []
    whole = pooled(parts)
    place_of = partial(_place_in, whole)
    tables: list[Table] = []
    for first, second in combinations(whole.coded.passes, TWO):
        settings = replace(wish.settings, by_order=False)  # order ends where a session does
        found = agreement_of_passes(whole.coded.session, first, second, settings)
        told += found
        tables += [measure_table(ALL, found), code_table(ALL, found)]
        tables += _matrices(ALL, found, place_of)
    if wish.units is not None:
        units = [one for part in parts for one in _units(part, wish)]
        nowhere: PlaceOf = partial(_place, ALL)
        tables += _on_units(ALL, whole.coded.passes, units, wish, nowhere, told)[:2]
    return tables


def _of_numbers(parts: Sequence[Coded], told: list[Agreement]) -> list[Table]:
    """Compute ICCs of what differs from session to session: counts, ratings and scores."""
    width = min(len(part.passes) for part in parts)
    coders = tuple(one.coder for one in parts[0].passes[:width])
    tables: list[Table] = []
    for about, rows in _numbers(parts, width).items():
        told_of = f"{about} in {len(rows)} sessions"
        found = agreement_on_numbers(rows, coders, told_of)
        if about.startswith("rating "):
            found += agreement_on_scale(rows, coders, told_of)
        if found[0].value is None and not any(value for row in rows for value in row):
            continue  # what nobody ever used
        told += found
        table = measure_table(ALL, found, about)
        tables.append(replace(table, notes=(NUMBERS_NOTE,)))
    return tables


def _numbers(parts: Sequence[Coded], width: int) -> dict[str, list[list[float | None]]]:
    found: dict[str, list[list[float | None]]] = {}
    for part in parts:
        book = part.session.codebook
        values = [values_of(part.session, one) for one in part.passes[:width]]
        for code in book.codes_in_use:
            found.setdefault(f"count of {code.id}", []).append([one.get(code.id) for one in values])
        for item in book.ratings:
            found.setdefault(f"rating {item.id}", []).append([one.get(item.id) for one in values])
        scores = [
            {one.score.id: one.value for one in scores_of(part.session, each)}
            for each in part.passes[:width]
        ]
        for score in book.scores:
            found.setdefault(f"score {score.id}", []).append([one[score.id] for one in scores])
    return found


def _matrices(name: str, found: Iterable[Agreement], place_of: PlaceOf) -> list[Table]:
    made = (matrix_table(name, one, place_of) for one in found)
    return [
        replace(one, id=f"{one.id} {name} {one.columns[0].name}") for one in made if one is not None
    ]


def _merged(tables: Sequence[Table]) -> list[Table]:
    """Put the tables of measures and of codes under one another, before the matrices."""
    kinds = ("agreement", "agreement-by-code")
    long = [stacked([one for one in tables if one.id == kind]) for kind in kinds]
    matrices = [one for one in tables if one.id not in kinds]
    return [*long, *(replace(one, id=_plain_id(one.id)) for one in matrices)]


def _plain_id(text: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text).split()).lower()


def _place(name: str, moment: Moment) -> Place:
    return Place(name, moment.interval, tuple(tag.id for tag in moment.tags))


def _place_in(whole: Pooled, moment: Moment) -> Place:
    return whole.place_of(moment.interval, moment.tags)


DRIFT_COLUMNS = (
    Column("session", "Session", definition="The session's name, in the order of coding."),
    Column("coders", "Coders", definition="Whose passes were held against one another."),
    Column("coded", "Coded", definition="When the last of these passes was begun."),
    Column("measure", "Measure", definition="The measure's id."),
    Column("value", "Value", definition="Empty where it cannot be computed."),
    Column("change", "Change", definition="Against the session before, of the same coders."),
)


def _drift(measures: Table, parts: Sequence[Coded]) -> Table:
    """Lay the measures of tags in the order in which the sessions were coded."""
    when = {part.name: max(one.started for one in part.passes) for part in parts}
    own = [
        row for row in measures.records() if row["about"] == "tags" and str(row["session"]) in when
    ]
    own.sort(key=lambda row: (str(row["measure"]), str(row["coders"]), when[str(row["session"])]))
    rows: list[tuple[Cell, ...]] = []
    before: dict[tuple[Cell, Cell], float] = {}
    for row in own:
        key, value = (row["measure"], row["coders"]), row["value"]
        change = None
        if isinstance(value, float):
            change = value - before[key] if key in before else None
            before[key] = value
        name = str(row["session"])
        rows.append((name, row["coders"], when[name][:10], row["measure"], value, change))
    note = (
        "Sessions are in the order of coding. A fall of a few hundredths is within what single "
        "sessions vary by; look at the intervals before speaking of drift."
    )
    return Table("drift", "Agreement over time", DRIFT_COLUMNS, tuple(rows), (note,))


def _unnamed(parts: Sequence[Coded]) -> list[str]:
    found: list[str] = []
    for part in parts:
        for one in part.passes:
            count = sum(not tag.is_named for tag in part.session.counted(one.tags))
            if count:
                waits = "1 tag waits" if count == 1 else f"{count} tags wait"
                found.append(
                    f"{part.name}, {one.coder}: {waits} for a code and is compared nowhere."
                )
    return found


def _same_people(parts: Sequence[Coded]) -> list[str]:
    """Say where sessions were coded by different people, which the pooled numbers do not tell."""
    who = {tuple(one.coder for one in part.passes) for part in parts}
    if len(who) < TWO:
        return []
    return [
        (
            "Not all sessions have the same coders: in what is told of all of them, the first "
            "coder of each is taken as one, and so on. Read ICC(1) there."
        )
    ]


PAIR_COLUMNS = (
    Column("session", "Session", definition="The session's name."),
    Column("about", "About", definition="What was counted."),
    Column("first", "First", definition="The first coder's number."),
    Column("second", "Second", definition="The second coder's number."),
    Column("mean", "Mean", definition="The mean of both."),
    Column("difference", "Difference", definition="The first less the second."),
)


def number_pairs(study: Study, wish: AgreeWish, watcher: Progress) -> Table:
    """Give two coders' counts of each code in each session, as for a Bland-Altman figure.

    Raises AnnotatorError as `agreed` does.
    """
    parts, _ = gathered_results(over_sessions(study, partial(_chosen, wish), watcher))
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    for part in parts:
        first, second = part.passes[:TWO]
        counts = [Counter(_counted_codes(part.session, one)) for one in (first, second)]
        for code in sorted({*counts[0], *counts[1]}):
            one, other = counts[0][code], counts[1][code]
            behind[len(rows), -1] = tuple(
                Place(part.name, tag.interval, (tag.id,))
                for each in (first, second)
                for tag in part.session.counted(each.tags)
                if tag.code == code
            )
            rows.append((part.name, code, one, other, (one + other) / TWO, one - other))
    coders = " and ".join(one.coder for one in parts[0].passes[:TWO])
    title = f"Counts of {coders}"
    return Table("number-pairs", title, PAIR_COLUMNS, tuple(rows), (), behind)


def _counted_codes(session: Session, one: CodingPass) -> list[str]:
    return [tag.code for tag in session.counted(one.tags) if tag.is_named]


def _no_two() -> AnnotatorError:
    return AnnotatorError(
        "There are no passes of two coders that are asked for.",
        "annotator passes SESSION lists them; name two with --coders A,B.",
    )
