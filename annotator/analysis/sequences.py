"""What follows what: transitions from code to code, and whether chance would do as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotator.analysis.counting import counted_in
from annotator.model.coding import CodingPass, Tag
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.model.table import Cell, Column, Place, Table
from annotator.model.time import Interval, Micros, to_seconds_text

Counts: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.float64]

FEW_EXPECTED = 5
USUAL_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Follow:
    """What counts as following.

    `lag` is by order: 1 for the next tag. Where `window` is given, every tag that begins within so
    long after the first one's beginning follows it instead. `given` and `target` keep only tags of
    a participant or of a role, empty for all. `draws` is how often the codes are shuffled, 0 for
    never.
    """

    lag: int = 1
    window: Micros | None = None
    given: str = ""
    target: str = ""
    draws: int = USUAL_DRAWS
    seed: int = 1

    def told(self) -> tuple[str, ...]:
        """Tell the rules, a sentence each."""
        if self.window is not None:
            rule = (
                f"A tag follows another where it begins within {to_seconds_text(self.window)} s "
                "after it begins; one tag may follow several."
            )
        else:
            nth = "next" if self.lag == 1 else f"{self.lag}th next"
            rule = f"The tag that follows is the {nth} one by start time."
        people = []
        if self.given:
            people.append(f"what is given is of {self.given}")
        if self.target:
            people.append(f"what follows is of {self.target}")
        kept = (f"Only pairs are counted where {' and '.join(people)}.",) if people else ()
        return (rule, *kept, "Pairs that reach across an excluded span are left out.")


@dataclass(frozen=True, slots=True)
class Stream:
    """The tags of one session in order, cut where an excluded span lies between them.

    `told` says in words whose pass of which session it is.
    """

    name: str
    runs: tuple[tuple[Tag, ...], ...]
    roles: dict[str, ParticipantRole]
    told: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """How often `target` follows `given`, beside what chance brings.

    `probability` is of all that follows `given`. `residual` is the adjusted residual of the table,
    `z` Allison and Liker's, `q` Yule's; `p` comes from shuffling. None where not defined.
    """

    given: str
    target: str
    count: int
    probability: float | None
    expected: float | None
    residual: float | None
    z: float | None
    q: float | None
    p: float | None
    pairs: tuple[tuple[str, Tag, Tag], ...] = ()


@dataclass(frozen=True, slots=True)
class Transitions:
    """All transitions between codes, row by row."""

    codes: tuple[str, ...]
    cells: tuple[Transition, ...]
    total: int
    events: int
    notes: tuple[str, ...]


def stream_of(name: str, session: Session, coding_pass: CodingPass) -> Stream:
    """Put the tags that count and have a code in order, and cut them at excluded spans."""
    pieces = counted_in(session).pieces
    tags = [tag for tag in session.counted(coding_pass.tags) if tag.is_named]
    runs = [tuple(tag for tag in tags if piece.start <= tag.start < piece.end) for piece in pieces]
    roles = {one.id: one.role for one in session.participants}
    told = f"{name}, {coding_pass.purpose.value} pass of {coding_pass.coder}"
    return Stream(name, tuple(run for run in runs if run), roles, told)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of places in the list of all events; `runs` are the runs' first places and ends."""

    events: tuple[tuple[str, Tag], ...]
    runs: tuple[tuple[int, int], ...]
    first: Counts
    second: Counts


def transitions_of(streams: Sequence[Stream], follow: Follow = Follow()) -> Transitions:
    """Count transitions of one or several sessions and hold them against chance.

    The permutation test shuffles the codes within each run and keeps times and persons; its p is
    two-sided, (k + 1) / (draws + 1).
    """
    pairs = _paired(streams, follow)
    codes = tuple(sorted({tag.code for _, tag in pairs.events}))
    place = {code: at for at, code in enumerate(codes)}
    labels = np.array([place[tag.code] for _, tag in pairs.events], dtype=np.int64)
    table = _crossed(labels, pairs, len(codes))
    chance = _shuffled(labels, pairs, table, follow)
    margins = np.bincount(labels, minlength=len(codes)) if codes else table.sum(axis=1)
    behind: dict[tuple[int, int], list[tuple[str, Tag, Tag]]] = {}
    for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        name, tag = pairs.events[a]
        behind.setdefault((labels[a], labels[b]), []).append((name, tag, pairs.events[b][1]))
    cells = tuple(
        replace(
            _cell(table, margins, row, column),
            given=codes[row],
            target=codes[column],
            p=None if chance is None else float(chance[row, column]),
            pairs=tuple(behind.get((row, column), ())),
        )
        for row in range(len(codes))
        for column in range(len(codes))
    )
    total = int(table.sum())
    return Transitions(codes, cells, total, len(pairs.events), _notes(table, follow, total))


def _paired(streams: Sequence[Stream], follow: Follow) -> _Pairs:
    events: list[tuple[str, Tag]] = []
    runs: list[tuple[int, int]] = []
    pairs: list[tuple[int, int]] = []
    for stream in streams:
        for run in stream.runs:
            start = len(events)
            events += [(stream.name, tag) for tag in run]
            runs.append((start, len(events)))
            for at, other in _places(run, follow):
                if _is_of(stream, run[at], follow.given) and _is_of(
                    stream, run[other], follow.target
                ):
                    pairs.append((start + at, start + other))
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _Pairs(tuple(events), tuple(runs), both[:, 0], both[:, 1])


def _is_of(stream: Stream, tag: Tag, wanted: str) -> bool:
    role = stream.roles.get(tag.participant)
    return not wanted or wanted in {tag.participant, role.value if role else ""}


def _places(run: Sequence[Tag], follow: Follow) -> list[tuple[int, int]]:
    if follow.window is None:
        return [(at, at + follow.lag) for at in range(len(run) - follow.lag)]
    found: list[tuple[int, int]] = []
    for at, tag in enumerate(run):
        other = at + 1
        while other < len(run) and run[other].start - tag.start <= follow.window:
            found.append((at, other))
            other += 1
    return found


def _crossed(labels: Counts, pairs: _Pairs, size: int) -> Counts:
    flat = labels[pairs.first] * size + labels[pairs.second]
    return np.bincount(flat, minlength=size * size).reshape(size, size)


def _shuffled(labels: Counts, pairs: _Pairs, table: Counts, follow: Follow) -> Numbers | None:
    """Give the share of shuffled tables that lie as far from their mean as ours; None if none."""
    if not follow.draws or not len(pairs.first):
        return None
    rng = np.random.default_rng(follow.seed)
    drawn = np.empty((follow.draws, *table.shape), dtype=np.int64)
    for number in range(follow.draws):
        mixed = labels.copy()
        for start, end in pairs.runs:
            rng.shuffle(mixed[start:end])
        drawn[number] = _crossed(mixed, pairs, len(table))
    mean = drawn.mean(axis=0)
    far = (np.abs(drawn - mean) >= np.abs(table - mean) - 1e-9).sum(axis=0)
    chance: Numbers = (far + 1) / (follow.draws + 1)
    return chance


def _cell(table: Counts, events: Counts, row: int, column: int) -> Transition:
    total, all_events = int(table.sum()), int(events.sum())
    count = int(table[row, column])
    rows, columns = int(table[row].sum()), int(table[:, column].sum())
    expected = rows * columns / total if total else None
    return Transition(
        "",
        "",
        count,
        count / rows if rows else None,
        expected,
        _z(count, rows, columns / total, rows / total) if total else None,
        _z(count, rows, events[column] / all_events, events[row] / all_events)
        if all_events
        else None,
        _yule(count, rows, columns, total),
        None,
    )


def _z(count: int, rows: int, target: float, given: float) -> float | None:
    """Give (seen - expected) / its standard error; None where nothing could have differed."""
    variance = rows * target * (1 - target) * (1 - given)
    return float((count - rows * target) / variance**0.5) if variance > 0 else None


def _yule(a: int, rows: int, columns: int, total: int) -> float | None:
    b, c = rows - a, columns - a
    d = total - rows - c
    return (a * d - b * c) / (a * d + b * c) if a * d + b * c else None


def _notes(table: Counts, follow: Follow, total: int) -> tuple[str, ...]:
    notes = [
        *follow.told(),
        (
            "Expected counts take what is given and what follows as independent. The adjusted "
            "residual uses the margins of the pairs, Allison and Liker's z the base "
            "rates of all tags."
        ),
    ]
    if follow.draws and total:
        notes.append(
            f"p is from {follow.draws} shuffles of the codes within each session (seed "
            f"{follow.seed}), two-sided, and not corrected for the number of cells."
        )
    if total:
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
        possible = expected[expected > 0]
        few = int((possible < FEW_EXPECTED).sum())
        if few:
            notes.append(
                f"{few} of {possible.size} expected counts are below {FEW_EXPECTED}: read p from "
                "the shuffles rather than the residuals, and say how many cells you looked at."
            )
    else:
        notes.append("No tag follows another, so nothing can be said of transitions.")
    return tuple(notes)


TRANSITION_COLUMNS = (
    Column("given", "Given", definition="The code that comes first."),
    Column("target", "Follows", definition="The code that follows."),
    Column("count", "Count", definition="How often it does."),
    Column("probability", "Share", "1", "Of all that follows the first code.", 3),
    Column("expected", "Expected", definition="The count if the two were independent."),
    Column("residual", "Adj. residual", definition="Haberman's adjusted residual of the table."),
    Column("z", "z", definition="Allison and Liker's z, by the base rates of all tags."),
    Column("q", "Yule's Q", definition="From -1 (never) through 0 (as by chance) to 1."),
    Column("p", "p", "1", "Two-sided, by shuffling the codes; empty without shuffles.", 3),
)


def transition_table(found: Transitions) -> Table:
    """Make the long table: a row for each pair of codes."""
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    for one in found.cells:
        if one.pairs:
            behind[len(rows), -1] = tuple(_place(*pair) for pair in one.pairs)
        rows.append(
            (
                one.given,
                one.target,
                one.count,
                one.probability,
                one.expected,
                one.residual,
                one.z,
                one.q,
                one.p,
            )
        )
    notes = (f"{found.total} pairs among {found.events} tags.", *found.notes)
    return Table("transitions", "Transitions", TRANSITION_COLUMNS, tuple(rows), notes, behind)


def _place(name: str, first: Tag, second: Tag) -> Place:
    end = max(first.end, second.end)
    return Place(name, Interval(first.start, end), (first.id, second.id))
