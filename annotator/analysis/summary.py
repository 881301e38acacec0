"""What a coding pass comes to: counts, rates, durations and latencies, by code and part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import fmean, median

from annotator.analysis.counting import Counted, counted_in
from annotator.analysis.scoring import scores_of
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.spans import union
from annotator.model.table import Cell, Column, Place, Table
from annotator.model.time import SECOND, Interval, Micros, to_clock

TEN_MINUTES = Micros(600 * SECOND)
WHOLE = "whole"

_RULES = (
    (
        "Counted are the tags that begin in the region and in no excluded span; the time that "
        "counts is the region without excluded spans."
    ),
    (
        "Durations are the time covered by such stretches, cut at the edges of the part and at "
        "excluded spans; where two of them overlap, the time is taken once."
    ),
    "A value that is not defined is left empty: a mean without stretches, a rate without time.",
)


_SCORE_NOTES = (
    (
        "Scores are computed from the tags that count, by the codebook's formulas. A band is the "
        "opinion of whom the codebook names, not a finding."
    ),
)


class By(StrEnum):
    """What is counted apart."""

    CODE = "code"
    GROUP = "group"
    PARTICIPANT = "participant"
    CODE_AND_PARTICIPANT = "code-participant"


@dataclass(frozen=True, slots=True)
class Parting:
    """Into what the region is cut: `thirds`, bins of a `length`, or neither, for the whole."""

    thirds: bool = False
    length: Micros | None = None


WHOLE_REGION = Parting()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the region."""

    name: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Named:
    """A session with the name that it goes by in tables, and its file where it has one."""

    name: str
    session: Session
    path: Path | None = None


_PASS = (
    Column("session", "Session", definition="The session's name: its file, or what a study says."),
    Column("coder", "Coder", definition="Who coded."),
    Column("purpose", "Purpose", definition="What the coding pass is for."),
    Column("pass", "Pass", definition="The id of the coding pass."),
)
_PART = (
    Column("part", "Part", definition="The whole region, a third of it, or a bin of time."),
    Column("from", "From", "s", "Where the part begins, on the session's clock.", 3),
    Column("to", "To", "s", "Where the part ends.", 3),
    Column("counted", "Counted time", "s", "The part without excluded spans: the denominator.", 3),
)
_WHAT = (
    Column("code", "Code", definition="The code's id; empty where codes are taken together."),
    Column("group", "Group", definition="The id of the code's group."),
    Column("participant", "Participant", definition="The id of whom the tag is about."),
    Column("name", "Name", definition="What the code, group or participant is called."),
)
_MEASURES = (
    Column("count", "Count", definition="How many tags begin in the part."),
    Column("rate", "Per 10 min", "", "Count divided by the counted time, times 600 s."),
    Column("duration", "Duration", "s", "The counted time covered by stretches.", 3),
    Column("share", "Share", "1", "Duration divided by the counted time.", 4),
    Column("mean", "Mean", "s", "The mean length of the stretches that begin in the part.", 3),
    Column("median", "Median", "s", "The median length of these stretches.", 3),
    Column("longest", "Longest", "s", "The longest of these stretches.", 3),
    Column(
        "latency",
        "Latency",
        "s",
        "The counted time from the start of the part to the first tag that begins in it.",
        3,
    ),
)
SUMMARY_COLUMNS = (*_PASS, *_PART, *_WHAT, *_MEASURES)
SCORE_COLUMNS = (
    *_PASS,
    Column("kind", "Kind", definition="A rating that was given, or a score that was computed."),
    Column("id", "Id", definition="The id in the codebook."),
    Column("name", "Name", definition="What it is called."),
    Column("value", "Value", definition="Empty where it is not defined.", decimals=3),
    Column("unit", "Unit", definition="What the value is in."),
    Column("band", "Band", definition="The threshold band that the value lies in."),
    Column("opinion", "Whose opinion", definition="Who says so, and with what reservation."),
    Column("because", "Not defined, because", definition="Why there is no value."),
)


def parts_of(session: Session, parting: Parting) -> tuple[Part, ...]:
    """Cut the region of a session; the last bin may be shorter than the others."""
    region = session.region
    names: tuple[str, ...] = (WHOLE,)
    edges = [region.start, region.end]
    if parting.thirds:
        edges = [Micros(region.start + region.length * step // 3) for step in range(4)]
        names = ("first third", "middle third", "last third")
    elif parting.length:
        edges = [Micros(at) for at in range(region.start, region.end, parting.length)]
        names = tuple(f"{to_clock(at)}" for at in edges)
        edges.append(region.end)
    return tuple(
        Part(name, Interval(start, end))
        for name, start, end in zip(names, edges[:-1], edges[1:], strict=True)
    )


def summary_of(
    named: Named,
    coding_pass: CodingPass,
    by: By = By.CODE,
    parting: Parting = WHOLE_REGION,
    *,
    with_places: bool = False,
) -> Table:
    """Summarise a coding pass, a row for each part and thing that is counted.

    Codes of the codebook that were not used have rows of 0, but for those that are retired. Tags
    that wait for a code are left out, which a note tells. `with_places` keeps the tags behind
    each row.
    """
    session = named.session
    tags = session.counted(coding_pass.tags)
    counted = counted_in(session)
    kept = [tag for tag in tags if tag.is_named]
    grouped = _grouped(session.codebook, kept, by)
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    head = (named.name, coding_pass.coder, coding_pass.purpose.value, coding_pass.id)
    for part in parts_of(session, parting):
        inside = counted.part(part.interval)
        ends = (part.interval.start, part.interval.end, inside.length)
        place: tuple[Cell, ...] = (part.name, *(_seconds(end) for end in ends))
        for what, own in grouped:
            begun = [tag for tag in own if part.interval.start <= tag.start < part.interval.end]
            if with_places and begun:
                behind[len(rows), -1] = tuple(
                    Place(named.name, tag.interval, (tag.id,)) for tag in begun
                )
            rows.append((*head, *place, *what, *_measured(own, begun, inside, part, counted)))
    notes = [*_RULES, *_unnamed_notes(named.name, coding_pass.coder, len(tags) - len(kept))]
    notes += _outside_notes(named.name, coding_pass.coder, len(coding_pass.tags) - len(tags))
    return Table("summary", "Summary", SUMMARY_COLUMNS, tuple(rows), tuple(notes), behind)


def score_table(named: Named, coding_pass: CodingPass) -> Table:
    """List a pass's ratings and the scores of its codebook; a score without a value says why."""
    session = named.session
    head = (named.name, coding_pass.coder, coding_pass.purpose.value, coding_pass.id)
    rows: list[tuple[Cell, ...]] = []
    for rating in coding_pass.ratings:
        item = session.codebook.rating(rating.item)
        name = item.name if item else rating.item
        rows.append((*head, "rating", rating.item, name, rating.value, "", "", "", ""))
    for one in scores_of(session, coding_pass):
        score = one.score
        band = one.band.name if one.band else ""
        opinion = score.note if score.bands else ""
        told = (score.name, one.value, score.unit, band, opinion, one.why_not)
        rows.append((*head, "score", score.id, *told))
    return Table("scores", "Ratings and scores", SCORE_COLUMNS, tuple(rows), _SCORE_NOTES)


_Group = tuple[tuple[str, str, str, str], list[Tag]]


def _grouped(book: Codebook, tags: Sequence[Tag], by: By) -> list[_Group]:
    """Put tags under what is counted apart, in the codebook's order; unused codes come empty."""
    groups = {code.id: code.group for code in book.codes}
    codes = [code.id for code in book.codes_in_use]
    people = sorted({tag.participant for tag in tags})
    keys: dict[tuple[str, str, str], list[Tag]] = {}
    match by:
        case By.CODE:
            keys = {(code, groups.get(code, ""), ""): [] for code in codes}
        case By.GROUP:
            keys = {("", group.id, ""): [] for group in book.groups}
        case By.PARTICIPANT:
            keys = {("", "", person): [] for person in people}
        case By.CODE_AND_PARTICIPANT:
            pass  # every code with everybody would be rows of 0 that nobody asks for
    key_of = _KEYS[by]
    for tag in tags:
        keys.setdefault(key_of(tag, groups.get(tag.code, "")), []).append(tag)
    found = [((*key, _name(book, key)), own) for key, own in keys.items()]
    if by is By.CODE_AND_PARTICIPANT:
        order = {code: place for place, code in enumerate(codes)}
        found.sort(key=lambda one: (order.get(one[0][0], len(order)), one[0]))
    return found


_KEYS: dict[By, Callable[[Tag, str], tuple[str, str, str]]] = {
    By.CODE: lambda tag, group: (tag.code, group, ""),
    By.GROUP: lambda _tag, group: ("", group, ""),
    By.PARTICIPANT: lambda tag, _group: ("", "", tag.participant),
    By.CODE_AND_PARTICIPANT: lambda tag, group: (tag.code, group, tag.participant),
}


def _name(book: Codebook, key: tuple[str, str, str]) -> str:
    code_id, group_id, person = key
    if code_id:
        code = book.code(code_id)
        return code.name if code else code_id
    if group_id:
        group = book.group(group_id)
        return group.name if group else group_id
    return person or "nobody named"


def _measured(
    own: Sequence[Tag], begun: Sequence[Tag], inside: Counted, part: Part, counted: Counted
) -> tuple[Cell, ...]:
    """Measure one row; lengths of stretches are those inside the region that count."""
    lengths = [counted.within(tag.interval) for tag in begun if not tag.is_instant]
    stretches = union(tag.interval for tag in own if not tag.is_instant)
    covered = sum(inside.within(one) for one in stretches)
    time = inside.length
    first = min((tag.start for tag in begun), default=None)
    latency = None if first is None else counted.until(first) - counted.until(part.interval.start)
    return (
        len(begun),
        len(begun) * TEN_MINUTES / time if time else None,
        _seconds(covered),
        covered / time if time else None,
        fmean(lengths) / SECOND if lengths else None,
        median(lengths) / SECOND if lengths else None,
        _seconds(max(lengths)) if lengths else None,
        None if latency is None else _seconds(latency),
    )


def _unnamed_notes(name: str, coder: str, count: int) -> list[str]:
    if not count:
        return []
    waits = "1 tag waits" if count == 1 else f"{count} tags wait"
    return [f"{name}, {coder}: {waits} for a code and is counted nowhere."]


def _outside_notes(name: str, coder: str, count: int) -> list[str]:
    if not count:
        return []
    told = "1 tag begins" if count == 1 else f"{count} tags begin"
    return [f"{name}, {coder}: {told} outside the counted time and is left out."]


def _seconds(time: int) -> float:
    return time / SECOND
