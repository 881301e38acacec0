"""Agreement as tables: the measures, their definitions, each code, and the confusion matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.analysis.agreement.result import NO_TAG, Agreement, Matrix, Moment
from annotator.model.table import Cell, Column, Place, Table

NOTHING = "no tag"
_EACH_NOTES = (
    (
        "Each code is held against all others. Both, only first and only second count what the "
        "measure counts: of EasyDIAg a pair counts twice, of time units each unit once."
    ),
)

PlaceOf = Callable[[Moment], Place]

MEASURE_COLUMNS = (
    Column("session", "Session", definition="The session's name, or all of them together."),
    Column("coders", "Coders", definition="Whose passes were held against one another."),
    Column("about", "About", definition="What was compared: tags, a code's count, a rating."),
    Column("measure", "Measure", definition="The measure's id."),
    Column("name", "Name", definition="What the measure is called."),
    Column("value", "Value", definition="Empty where it cannot be computed."),
    Column("low", "95 % from", definition="The lower end of the 95 % interval."),
    Column("high", "95 % to", definition="The upper end of the 95 % interval."),
    Column("observed", "Observed", definition="Raw agreement; of α, the disagreement seen."),
    Column("expected", "By chance", definition="Agreement by chance; of α, disagreement."),
    Column("maximum", "At most", definition="The most that unequal base rates allow."),
    Column(
        "units", "n", definition="How many pairs, units or things rated were compared.", decimals=0
    ),
    Column("bands", "Bands", definition="What a published scheme calls such a value."),
    Column("settings", "Settings", definition="What the number depends on."),
    Column("warnings", "Warnings", definition="Where the number means little, and why."),
    Column("because", "Cannot be computed, because", definition="Why there is no value."),
    Column("sentence", "To report", definition="A sentence for the paper."),
)
CODE_COLUMNS = (
    *MEASURE_COLUMNS[:4],
    Column("code", "Code", definition="The code, against all others."),
    Column("value", "Value", definition="Empty where it cannot be computed."),
    Column("maximum", "At most", definition="The most that unequal base rates allow."),
    Column("positive", "Positive agreement", definition="2 x both / all that either has."),
    Column("both", "Both", definition="What both have as this code (a pair may count twice)."),
    Column("first", "Only first", definition="What only the first coder has as this code."),
    Column("second", "Only second", definition="What only the second coder has as this code."),
    Column("because", "Cannot be computed, because", definition="Why there is no value."),
)
DEFINITION_COLUMNS = (
    Column("measure", "Measure", definition="The measure's id."),
    Column("name", "Name", definition="What the measure is called."),
    Column("definition", "Definition", definition="What it says."),
    Column("cite", "To cite", definition="Where it comes from."),
)


def measure_table(name: str, found: Sequence[Agreement], about: str = "tags") -> Table:
    """List measures, a row each, with all that is needed to defend them."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        limits = (one.bounds.low, one.bounds.high) if one.bounds else (None, None)
        told = [*one.settings, *((one.bounds.method,) if one.bounds else ())]
        rows.append(
            (
                *_head(name, one, about),
                one.meaning.name,
                one.value,
                *limits,
                one.observed,
                one.expected,
                one.maximum,
                one.units,
                "; ".join(one.bands),
                "; ".join(told),
                " ".join(one.warnings),
                one.because,
                one.sentence,
            )
        )
    return Table("agreement", "Agreement", MEASURE_COLUMNS, tuple(rows))


def code_table(name: str, found: Sequence[Agreement], about: str = "tags") -> Table:
    """List agreement on each code, a row for each measure that tells it."""
    rows = tuple(
        (
            *_head(name, one, about),
            code.code or NOTHING,
            code.value,
            code.maximum,
            code.positive,
            code.both,
            code.first,
            code.second,
            code.because,
        )
        for one in found
        for code in one.by_code
    )
    return Table("agreement-by-code", "Agreement on each code", CODE_COLUMNS, rows, _EACH_NOTES)


def matrix_table(name: str, one: Agreement, place_of: PlaceOf) -> Table | None:
    """Lay out a confusion matrix with the moments behind each cell; None where there is none."""
    matrix = one.matrix
    if matrix is None or not matrix.labels:
        return None
    first, second = (*one.coders, "first", "second")[:2]
    called = [label or NOTHING for label in matrix.labels]
    columns = (
        Column("code", f"{first} ↓  {second} →", definition=f"The code of {first}."),
        *(
            Column(label, label, definition=f"{second} has: {label}.", decimals=0)
            for label in called
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (label, *counts) for label, counts in zip(called, matrix.counts, strict=True)
    ]
    behind = {
        (row, column + 1): tuple(map(place_of, moments))
        for (row, column), moments in matrix.behind.items()
    }
    notes = (
        f"{name}: rows are {first}, columns {second}. {one.meaning.name}: {one.told}.",
        *one.settings,
        *_doubling(matrix),
    )
    title = f"{one.meaning.name}: {first} and {second}, {name}"
    return Table(f"matrix-{one.measure.value}", title, columns, tuple(rows), notes, behind)


def definition_table(found: Sequence[Agreement]) -> Table:
    """Define each measure once."""
    measures = dict.fromkeys(one.measure for one in found)
    kept = {one.measure: one.meaning for one in found}
    rows = tuple(
        (measure.value, kept[measure].name, kept[measure].definition, " ".join(kept[measure].cite))
        for measure in measures
    )
    return Table("measures", "What the measures mean", DEFINITION_COLUMNS, rows)


def _head(name: str, one: Agreement, about: str) -> tuple[Cell, ...]:
    return (name, ", ".join(one.coders), about, one.measure.value)


def _doubling(matrix: Matrix) -> tuple[str, ...]:
    if NO_TAG not in matrix.labels:
        return ()
    return ("“no tag” is what the other coder has nothing for.",)
