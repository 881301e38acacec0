"""Which column of a table is what, guessed from its headings and from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.storage.interchange.columns import Column, Layout, TimeForm
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.table_headings import A_MOMENT, Heard, some
from annotator.storage.interchange.table_times import (
    NONE_WORDS,
    is_number,
    is_smpte,
    needs_rate,
    read_clock,
)

FEW = 12
"""A column with more different values than these is not guessed to be an attribute."""

STARTS = some("start|begin|onset|on|state_start|started|beginn|anfang|debut|inicio|inizio")
STOPS = some("stop|end|offset|off|state_stop|stopped|ende|fin|fine|final")
WHOLES = some("point|state|event|moment|state_point|point_event|state_event")
PRESENT = some("1|1.0|x|true|yes|y|ja|oui|si|sí|+|✓|✔|☑|present|是|да|はい")
ABSENT = NONE_WORDS | some("0|0.0|false|no|nein|non|☐|absent|否|нет|いいえ")

_MOSTLY, _NEARLY_ALL = 0.6, 0.9
_LONGEST_VALUE = 40
_MOST_CODES = 60
_DECIMALS = re.compile(r"[.,]\d*[1-9]")
_DATES = re.compile(r"\b\d{4}-\d\d-\d\d|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_WHOLE = re.compile(r"-?\d{1,2}(?:\.0)?")
_NOT_SAID = 2  # the rank from which on a heading does not say “code” itself
_NOT_BY_WEAK_WORDS = 24
_TIMES = (Column.START, Column.END, Column.DURATION)


@dataclass(slots=True)
class Facts:
    """What is known of a column: what its heading says, and what stands in the first rows.

    `cells` are those of the first rows, without blanks around them; `different` are the first few
    different values of the whole column, and `filled` tells how many cells hold something.
    """

    index: int
    heard: Heard
    cells: Sequence[str]
    different: set[str] = field(default_factory=set)
    filled: int = 0
    role: Column = Column.LEAVE
    form: TimeForm | None = None

    @property
    def values(self) -> list[str]:
        """What stands in the first rows, without the cells that hold nothing."""
        return [cell for cell in self.cells if cell.casefold() not in NONE_WORDS]


def kind_word(text: str) -> str:
    """Write "State start" as state_start, to be found among the words that tell it."""
    return "_".join(text.casefold().replace("-", " ").split())


def form_of(values: Sequence[str], told: TimeForm | None) -> TimeForm | None:
    """Find in which form times are; None where they are none.

    `told` is what the heading says, which counts for plain numbers. Whole numbers of which
    nothing is told are `GUESSED`.
    """
    needed = _MOSTLY * len(values)
    if not values:
        return None
    if sum(map(is_smpte, values)) >= needed:
        return TimeForm.SMPTE
    if sum(read_clock(one) is not None for one in values) >= needed:
        return TimeForm.CLOCK
    if sum(map(is_number, values)) < needed:
        return None
    if told in {TimeForm.SECONDS, TimeForm.MILLISECONDS, TimeForm.FRAMES}:
        return told
    has_decimals = any(_DECIMALS.search(one) for one in values)
    return TimeForm.SECONDS if has_decimals else TimeForm.GUESSED


def guess(columns: Sequence[Facts], *, has_rate: bool, is_headed: bool) -> Layout:
    """Give each column its role; gives how the table is laid out."""
    for one in columns:
        one.form = form_of(one.values, one.heard.form)
    _guess_times(columns, has_rate=has_rate, is_headed=is_headed)
    _guess_kind(columns)
    _take_by_heading(columns)
    layout = _guess_code(columns)
    for one in columns:
        if _is_free(one) and one.heard.role is Column.ATTRIBUTE:
            one.role = Column.ATTRIBUTE
        elif _is_free(one) and not _says_time(one):
            _guess_rest(one, columns)
    _guess_note(columns)
    return layout


def _is_free(one: Facts) -> bool:
    return one.role is Column.LEAVE


def _says_time(one: Facts) -> bool:
    return one.heard.role in _TIMES


def _guess_times(columns: Sequence[Facts], *, has_rate: bool, is_headed: bool) -> None:
    for role in _TIMES:
        named = [one for one in columns if one.heard.role is role and one.form is not None]
        if role is not Column.START and named:
            named = [one for one in named if one.heard.rank < A_MOMENT]
        named.sort(key=lambda one: _preference(one, has_rate=has_rate))
        if named:
            named[0].role = role
    if not any(one.role is Column.START for one in columns):
        _guess_times_by_values(columns, is_headed=is_headed)


def _preference(one: Facts, *, has_rate: bool) -> tuple[bool, bool, bool, int]:
    form = one.form or TimeForm.GUESSED
    return (
        needs_rate(form) and not has_rate,
        one.heard.rank >= A_MOMENT,
        form is not TimeForm.SECONDS,
        one.index,
    )


def _guess_times_by_values(columns: Sequence[Facts], *, is_headed: bool) -> None:
    """Find times that no heading tells of: the first that rise, and what lies behind them.

    Whole numbers below a heading that means something else are hardly times.
    """
    able = [one for one in columns if one.heard.role is None and one.form and _is_free(one)]
    if is_headed:
        able = [one for one in able if one.form is not TimeForm.GUESSED]
    likely = [one for one in able if _may_begin(one, able)]
    if is_headed and not likely:
        _guess_frames(columns)
        return
    counted = [one for one in likely if not _only_counts(one)]
    start = next(iter(counted or likely or [one for one in able if _tells_form(one)]), None)
    if start is None:
        return
    start.role = Column.START
    if any(one.role is Column.END or one.role is Column.DURATION for one in columns):
        return
    for one in able[able.index(start) + 1 :]:
        if one.form is start.form or TimeForm.CLOCK not in {one.form, start.form}:
            one.role = Column.END if _lies_behind(start.cells, one.cells) else Column.DURATION
            return


def _guess_frames(columns: Sequence[Facts]) -> None:
    """Take the number of the row for that of a frame, where columns beside it are ticked or not."""
    if any(_is_ticked(one) for one in columns):
        for one in columns:
            if one.heard.role is None and _is_free(one) and _only_counts(one):
                one.heard, one.role = Heard(None, form=TimeForm.FRAMES), Column.START
                return


def _may_begin(one: Facts, able: Sequence[Facts]) -> bool:
    """Tell whether a column rises, or is never more than the one beside it."""
    beside = next((other for other in able if other.index > one.index), None)
    if beside is None or one.form is not TimeForm.SECONDS:
        return _rises(one.cells)
    return _rises(one.cells) or _lies_behind(one.cells, beside.cells)


def _tells_form(one: Facts) -> bool:
    return one.form in {TimeForm.CLOCK, TimeForm.SMPTE}


def _as_number(text: str) -> int | None:
    found = read_clock(text)
    return found if found is not None else micros_of(text.replace(",", "."))


def _rises(cells: Sequence[str]) -> bool:
    numbers = [number for one in cells if (number := _as_number(one)) is not None]
    steps = sum(after >= before for before, after in pairwise(numbers))
    return bool(numbers) and numbers[0] >= 0 and steps >= _NEARLY_ALL * (len(numbers) - 1)


def _only_counts(one: Facts) -> bool:
    """Tell whether a column is just the number of the row, from 0 or 1."""
    numbers = [_as_number(cell) for cell in one.cells]
    first = numbers[0] if numbers else None
    counted = [(first or 0) + step * 1_000_000 for step in range(len(numbers))]
    return first in {0, 1_000_000} and len(numbers) > 1 and numbers == counted


def _lies_behind(starts: Sequence[str], ends: Sequence[str]) -> bool:
    pairs = [
        (first, last)
        for one, other in zip(starts, ends, strict=False)
        if (first := _as_number(one)) is not None and (last := _as_number(other)) is not None
    ]
    return sum(last >= first for first, last in pairs) >= _NEARLY_ALL * len(pairs)


def _guess_kind(columns: Sequence[Facts]) -> None:
    """Find the column that tells where things start and where they stop."""
    for one in columns:
        words = {kind_word(value) for value in one.different if value}
        is_named = one.heard.role is Column.KIND
        tells_both = bool(words & STARTS) and bool(words & STOPS)
        known = words <= STARTS | STOPS | WHOLES
        if words and known and _is_free(one) and (is_named or tells_both):
            one.role = Column.KIND
            return


def _take_by_heading(columns: Sequence[Facts]) -> None:
    for role in (Column.CODER, Column.PARTICIPANT, Column.SESSION, Column.TAG, Column.GROUP):
        for one in _named(columns, role):
            if role not in {Column.SESSION, Column.TAG} or _may_be(one, role):
                one.role = role
                break
    for one in _named(columns, Column.NOTE):
        one.role = Column.NOTE
    for one in _named(columns, Column.RECORDING)[:1]:
        has_session = any(other.role is Column.SESSION for other in columns)
        many = len({value for value in one.different if value}) > 1
        one.role = Column.RECORDING if has_session or not many else Column.SESSION


def _named(columns: Sequence[Facts], role: Column) -> list[Facts]:
    found = [one for one in columns if one.heard.role is role and _is_free(one)]
    return sorted(found, key=lambda one: (one.filled == 0, one.heard.rank, one.index))


def _may_be(one: Facts, role: Column) -> bool:
    """Tell whether ids differ all, and sessions do not."""
    values = one.values
    differ = len(set(values)) == len(values)
    return differ if role is Column.TAG else not differ or len(values) < FEW


def _guess_code(columns: Sequence[Facts]) -> Layout:
    named = [
        one
        for one in _named(columns, Column.CODE)
        if one.form is None or one.heard.rank < _NOT_BY_WEAK_WORDS
    ]
    tier = next((one for one in columns if one.heard.is_tier and one.filled), None)
    if tier is not None and not any(one.heard.rank < _NOT_SAID for one in named):
        _guess_tier(tier, columns, named)
        return Layout.TAGS
    if named:
        named[0].role = Column.CODE
        return Layout.TAGS
    codes = _code_columns(columns)
    if codes:
        for one in codes:
            one.role = Column.CODE
        return Layout.CODES
    free = [one for one in columns if _is_free(one) and one.form is None and one.values]
    free = [one for one in free if not _says_time(one)]
    begun = next((one.index for one in columns if one.role is Column.START), -1)
    free.sort(key=lambda one: (not recur(one.values), one.index < begun))
    best = next(iter(free), None)
    if best is not None:
        best.role = Column.CODE
    return Layout.TAGS


def recur(values: Sequence[str]) -> bool:
    """Tell whether values are few, short, and stand more than once, as codes do."""
    different = set(values)
    is_short = max(map(len, different), default=0) <= _LONGEST_VALUE
    return is_short and len(different) <= _MOST_CODES and 3 * len(different) <= 2 * len(values)


def _guess_tier(tier: Facts, columns: Sequence[Facts], named: Sequence[Facts]) -> None:
    """Take a tier for a coder where what stands on it are codes, and else for the code."""
    values = next(iter((*named, *_by_role(columns, Column.NOTE))), None)
    if values is None or not recur(values.values):
        tier.role = Column.CODE
        if values is not None:
            values.role = Column.NOTE
        return
    values.role = Column.CODE
    if not _by_role(columns, Column.CODER):
        tier.role = Column.CODER


def _by_role(columns: Iterable[Facts], role: Column) -> list[Facts]:
    return [one for one in columns if one.role is role]


def _code_columns(columns: Sequence[Facts]) -> list[Facts]:
    """Find columns that are a code each: ticked or not, or one of them filled in each row."""
    free = [one for one in columns if _is_free(one) and not _says_time(one)]
    ticked = [one for one in free if _is_of_ticks(one)]
    is_told = any(one.different & {"0", "0.0"} for one in ticked)
    if is_told or (len(ticked) > 1 and any(_is_ticked(one) for one in ticked)):
        return ticked if any(_has_tick(one) for one in ticked) else []
    filled = [one for one in free if one.form is None and one.values]
    if len(filled) <= 1 or any(one.heard.role for one in filled):
        return []
    counts = [
        sum(cell != "" for cell in cells)
        for cells in zip(*(one.cells for one in filled), strict=True)
    ]
    single = sum(count == 1 for count in counts)
    is_split = sum(1 for one in filled if any(one.cells)) > 1
    return filled if is_split and single >= _NEARLY_ALL * len(counts) else []


def _is_of_ticks(one: Facts) -> bool:
    words = {value.casefold() for value in one.different}
    return words <= PRESENT | ABSENT and not words <= NONE_WORDS


def _is_ticked(one: Facts) -> bool:
    words = {value.casefold() for value in one.different}
    is_varied = len(words) > 1 or "" in one.cells
    return _is_of_ticks(one) and _has_tick(one) and is_varied


def _has_tick(one: Facts) -> bool:
    return any(value.casefold() in PRESENT for value in one.different)


def _guess_rest(one: Facts, columns: Sequence[Facts]) -> None:
    """Take a column with few short values for an attribute, or for the group of the code."""
    different = {value for value in one.different if value.casefold() not in NONE_WORDS}
    if one.heard.is_measure or one.heard.role is Column.RECORDING:
        return
    if _DATES.search(" ".join(list(different)[:FEW])):
        return
    some_lack_it = "" in one.cells
    few = (
        (len(different) > 1 or some_lack_it)
        and 0 < len(different) <= FEW
        and 2 * len(different) <= max(one.filled, 4)
    )
    if not few or any(len(value) > _LONGEST_VALUE for value in different):
        return
    if one.form is not None and not all(_WHOLE.fullmatch(value) for value in different):
        return
    code = _by_role(columns, Column.CODE)
    has_group = bool(_by_role(columns, Column.GROUP))
    is_category = one.heard.role is Column.CODE
    if is_category and len(code) == 1 and not has_group and _follows(code[0], one):
        one.role = Column.GROUP
    else:
        one.role = Column.ATTRIBUTE


def _guess_note(columns: Sequence[Facts]) -> None:
    """Take the first column of sentences for notes, where no heading tells of any."""
    if _by_role(columns, Column.NOTE):
        return
    for one in columns:
        is_other = one.form is not None or one.heard.role is not None
        if _is_free(one) and not is_other and _is_spoken(one.values):
            one.role = Column.NOTE
            return


def _is_spoken(values: Sequence[str]) -> bool:
    words = sum(len(value.split()) for value in values)
    different = len(set(values))
    return bool(values) and words >= 2 * len(values) and 2 * different >= len(values)


def _follows(code: Facts, other: Facts) -> bool:
    """Tell whether each code has always the same value in another column."""
    known: Mapping[str, str] = dict(zip(code.cells, other.cells, strict=True))
    pairs = zip(code.cells, other.cells, strict=True)
    return all(known[word] == value for word, value in pairs)
