"""What a measure of agreement comes to: a number with all that is needed to defend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.analysis.agreement.measures import Meaning, Measure, meaning_of
from annotator.model.coding import Tag
from annotator.model.time import Interval

NO_TAG = ""
"""In place of a code's id: what the coder has no tag for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A place behind a cell of a matrix, and the tags there; of time units, only the place."""

    interval: Interval
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """How the codes of two coders meet: rows are the first coder's, columns the second's.

    `labels` are ids of codes, `NO_TAG` where there was none, and stand for both rows and columns.
    `behind` gives the moments of a cell by row and column, in order of time.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]
    behind: Mapping[tuple[int, int], tuple[Moment, ...]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The sum of all cells."""
        return sum(map(sum, self.counts))

    def moments(self, row: str, column: str) -> tuple[Moment, ...]:
        """Give the moments behind a cell by its labels; none where it is empty or not there."""
        if row not in self.labels or column not in self.labels:
            return ()
        return self.behind.get((self.labels.index(row), self.labels.index(column)), ())


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval that holds the true value in `level` of all samples, and how it was made."""

    low: float
    high: float
    method: str
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How large a share of what was coded a code has with each coder, in the coders' order."""

    code: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code against all others; None where it cannot be computed.

    `both`, `first` and `second` count what both have as this code, and only one of them;
    `positive` is the share of agreement among what either has.
    """

    code: str
    value: float | None
    both: float
    first: float
    second: float
    because: str = ""
    maximum: float | None = None
    positive: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure of agreement.

    `value` is None where it cannot be computed, and `because` then says why, to be read after
    "cannot be computed, because". `observed` and `expected` are raw agreement and that by chance
    (of α: disagreement), `maximum` is the most that the margins allow, `units` counts what was
    compared. `settings` tells what the number depends on; `bounds` is None where there is none.
    """

    measure: Measure
    value: float | None
    units: float
    coders: tuple[str, ...] = ()
    because: str = ""
    bounds: Bounds | None = None
    observed: float | None = None
    expected: float | None = None
    maximum: float | None = None
    matrix: Matrix | None = None
    base_rates: tuple[BaseRate, ...] = ()
    by_code: tuple[CodeAgreement, ...] = ()
    settings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()

    @property
    def meaning(self) -> Meaning:
        """The measure's name, definition and sources."""
        return meaning_of(self.measure)

    @property
    def told(self) -> str:
        """The value as people read it, or why there is none."""
        if self.value is None:
            return f"cannot be computed, because {self.because}"
        return f"{self.value:.2f}"

    @property
    def sentence(self) -> str:
        """A sentence for the methods or results section; empty where there is no value."""
        if self.value is None:
            return ""
        who = f" between {_listed(self.coders)}" if self.coders else ""
        said = f"Agreement{who} was {self.meaning.name} = {self.value:.2f}"
        if self.bounds is not None:
            low, high = self.bounds.low, self.bounds.high
            said += f", 95 % CI [{low:.2f}, {high:.2f}] ({self.bounds.method})"
        given = [f"n = {self.units:g}", *self.settings]
        if self.observed is not None and not self.measure.value.startswith(("alpha", "unit")):
            given.insert(0, f"raw agreement {self.observed:.2f}")
        return f"{said} ({'; '.join(given)})."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
