"""Who speaks when: talk time, turns, silences and how quickly one answers the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, median

from annotator.analysis.counting import Counted, counted_in
from annotator.model.session import Session
from annotator.model.spans import shared, total, union, without
from annotator.model.table import Cell, Column, Place, Table
from annotator.model.time import SECOND, ZERO, Interval, Micros, to_seconds_text

USUAL_SILENCE = Micros(3 * SECOND)
MINUTE = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Speech:
    """The stretches in which each person speaks, and in words where that is known from."""

    by_person: Mapping[str, tuple[Interval, ...]]
    source: str


@dataclass(frozen=True, slots=True)
class TalkRules:
    """What the numbers depend on.

    A silence is at least `silence` long. Somebody who speaks no longer than `back_channel` ("mhm")
    neither takes the turn nor ends a silence; 0 for no such rule.
    """

    silence: Micros = USUAL_SILENCE
    back_channel: Micros = ZERO

    def told(self) -> tuple[str, ...]:
        """Tell the rules for the methods section, a sentence each."""
        short = (
            f"Speech of up to {to_seconds_text(self.back_channel)} s (back-channel) counts as talk "
            "time, but neither takes the turn nor ends a silence."
            if self.back_channel
            else "There is no back-channel rule: any speech takes the turn."
        )
        return (
            (
                "Talk time is the counted time in which a person speaks; time in which several "
                "speak is counted for each of them."
            ),
            "A share is a person's talk time divided by the sum of all persons' talk times.",
            f"A silence is {to_seconds_text(self.silence)} s or more in which nobody speaks.",
            short,
            (
                "A turn lasts until another person begins to speak who does not fall silent again "
                "while the first still speaks; pauses within it belong to it."
            ),
            (
                "A response latency runs from the end of a turn to the start of the next one; it "
                "is below 0 where the next speaker sets in before the end."
            ),
            "Turns and silences do not reach across excluded spans or the edges of the region.",
        )


class SilenceKind(StrEnum):
    """Where a silence lies."""

    WITHIN = "within a turn"
    BETWEEN = "between turns"
    EDGE = "at an edge"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another takes over."""

    person: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nobody speaks; `before` and `after` are empty at an edge."""

    interval: Interval
    before: str
    after: str

    @property
    def kind(self) -> SilenceKind:
        """Where it lies."""
        if not self.before or not self.after:
            return SilenceKind.EDGE
        return SilenceKind.WITHIN if self.before == self.after else SilenceKind.BETWEEN


@dataclass(frozen=True, slots=True)
class Latency:
    """How long after one person's turn the other's began; below 0 where it overlaps."""

    after: str
    by: str
    length: int
    moment: Interval


@dataclass(frozen=True, slots=True)
class Talk:
    """All that is told of who speaks when, in one session; times are those that count."""

    speech: Speech
    rules: TalkRules
    counted: Counted
    spoken: Mapping[str, tuple[Interval, ...]]
    turns: tuple[Turn, ...]
    silences: tuple[Silence, ...]
    latencies: tuple[Latency, ...]
    overlap: Micros


def talk_of(session: Session, speech: Speech, rules: TalkRules = TalkRules()) -> Talk:
    """Find turns, silences and latencies within the time of a session that counts."""
    counted = counted_in(session)
    merged = {person: union(stretches) for person, stretches in speech.by_person.items()}
    spoken = {person: shared(one, counted.pieces) for person, one in merged.items()}
    turns: list[Turn] = []
    silences: list[Silence] = []
    latencies: list[Latency] = []
    for piece in counted.pieces:
        said = _said(spoken, piece, rules)
        own = _turns(said)
        turns += own
        latencies += [_latency(one, other) for one, other in pairwise(own)]
        silences += _silences(said, piece, rules)
    together = _several(list(spoken.values()))
    return Talk(
        speech, rules, counted, spoken, tuple(turns), tuple(silences), tuple(latencies), together
    )


def speech_of_tags(session: Session, pass_id: str, codes: Iterable[str]) -> Speech:
    """Take stretches tagged with these codes as speech of the participant they are about."""
    wanted = set(codes)
    coding_pass = session.coding_pass(pass_id)
    found: dict[str, list[Interval]] = defaultdict(list)
    for tag in coding_pass.tags if coding_pass else ():
        if tag.code in wanted and not tag.is_instant:
            found[tag.participant or tag.code].append(tag.interval)
    coder = coding_pass.coder if coding_pass else ""
    told = f"stretches tagged {', '.join(sorted(wanted))} by {coder}"
    return Speech({person: tuple(own) for person, own in found.items()}, told)


def speech_of_transcript(session: Session) -> Speech | None:
    """Take the cues of the last transcript as speech; None where the session has none."""
    if not session.transcripts:
        return None
    transcript = session.transcripts[-1]
    found: dict[str, list[Interval]] = defaultdict(list)
    for cue in transcript.cues:
        found[cue.participant or cue.speaker or "nobody named"].append(cue.interval)
    told = f"the {len(transcript.cues)} cues of the transcript"
    source = f"{told} {transcript.source}" if transcript.source else told
    return Speech({person: tuple(own) for person, own in found.items()}, source)


def _said(
    spoken: Mapping[str, Sequence[Interval]], piece: Interval, rules: TalkRules
) -> list[Turn]:
    """List what was said in a piece that takes turns, by onset; the longer first at the same."""
    found = [
        Turn(person, one)
        for person, own in spoken.items()
        for one in own
        if piece.start <= one.start < piece.end and one.length > rules.back_channel
    ]
    return sorted(found, key=lambda one: (one.interval.start, -one.interval.end, one.person))


def _turns(said: Sequence[Turn]) -> list[Turn]:
    turns: list[Turn] = []
    for one in said:
        last = turns[-1] if turns else None
        if last is not None and last.person == one.person:
            end = max(last.interval.end, one.interval.end)
            turns[-1] = Turn(last.person, Interval(last.interval.start, end))
        elif last is None or one.interval.end > last.interval.end:
            turns.append(one)
    return turns


def _latency(one: Turn, other: Turn) -> Latency:
    start, end = sorted((one.interval.end, other.interval.start))
    length = other.interval.start - one.interval.end
    return Latency(one.person, other.person, length, Interval(start, end))


def _silences(said: Sequence[Turn], piece: Interval, rules: TalkRules) -> list[Silence]:
    voices = union(one.interval for one in said)
    found: list[Silence] = []
    for quiet in without([piece], voices):
        if quiet.length < rules.silence:
            continue
        before = max(
            (one for one in said if one.interval.end <= quiet.start),
            key=lambda one: one.interval.end,
            default=None,
        )
        after = next((one for one in said if one.interval.start >= quiet.end), None)
        found.append(Silence(quiet, before.person if before else "", after.person if after else ""))
    return found


def _several(voices: Sequence[Sequence[Interval]]) -> Micros:
    """Give the time in which two or more speak."""
    edges = sorted(
        edge for own in voices for one in own for edge in ((one.start, 1), (one.end, -1))
    )
    at, speaking, time = Micros(0), 0, 0
    for moment, step in edges:
        if speaking > 1:
            time += moment - at
        at, speaking = moment, speaking + step
    return Micros(time)


_SESSION = (Column("session", "Session", definition="The session's name."),)
PEOPLE_COLUMNS = (
    *_SESSION,
    Column("person", "Person", definition="The participant's id, or the speaker's label."),
    Column("counted", "Counted time", "s", "The region without excluded spans.", 3),
    Column("talk", "Talk time", "s", "The counted time in which the person speaks.", 3),
    Column("of_time", "Of counted time", "1", "Talk time divided by the counted time.", 4),
    Column("share", "Share of talk", "1", "Talk time divided by all persons' talk times.", 4),
    Column("turns", "Turns", definition="How many turns the person has."),
    Column("turns_per_min", "Turns per min", "", "Turns divided by the counted minutes."),
    Column("mean_turn", "Mean turn", "s", "The mean length of these turns.", 3),
    Column("median_turn", "Median turn", "s", "The median length of these turns.", 3),
    Column("longest_turn", "Longest turn", "s", "The longest of these turns.", 3),
    Column("answers", "Answers", definition="How many turns follow another person's directly."),
    Column(
        "latency", "Median latency", "s", "The median time from the other's turn to the answer.", 3
    ),
    Column("overlapping", "Set in early", definition="How many answers begin before the end."),
)
SILENCE_COLUMNS = (
    *_SESSION,
    Column("kind", "Kind", definition="Within a turn, between turns, or at an edge."),
    Column("before", "After whom", definition="Who spoke last; empty at an edge."),
    Column("after", "Before whom", definition="Who speaks next; empty at an edge."),
    Column("count", "Count", definition="How many such silences there are."),
    Column("total", "Total", "s", "Their lengths added up.", 3),
    Column("mean", "Mean", "s", "Their mean length.", 3),
    Column("longest", "Longest", "s", "The longest of them.", 3),
)
STRETCH_COLUMNS = (
    *_SESSION,
    Column("what", "What", definition="A turn or a silence."),
    Column("person", "Person", definition="Who has the turn, or spoke before the silence."),
    Column("next", "Next", definition="Who speaks after the silence."),
    Column("start", "Start", "s", "On the session's clock.", 6),
    Column("end", "End", "s", "On the session's clock.", 6),
    Column("length", "Length", "s", "From start to end.", 6),
)


def talk_tables(name: str, talk: Talk) -> tuple[Table, Table, Table]:
    """Make the tables of a session's talk: of persons, of silences, and of every stretch."""
    told = (f"{name}: speech is taken from {talk.speech.source}.", *talk.rules.told())
    told += (f"{name}: two or more speak at once for {talk.overlap / SECOND:.3f} s.",)
    return (_people(name, talk, told), _quiet(name, talk, told), _stretches(name, talk, told))


def _people(name: str, talk: Talk, notes: tuple[str, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    time = talk.counted.length
    spoken = {person: total(own) for person, own in talk.spoken.items()}
    everybody = sum(spoken.values())
    for person in sorted(spoken):
        turns = [one.interval.length for one in talk.turns if one.person == person]
        answers = [one for one in talk.latencies if one.by == person]
        waits = [one.length for one in answers]
        own = spoken[person]
        behind[len(rows), -1] = _places(
            name, [t.interval for t in talk.turns if t.person == person]
        )
        behind[len(rows), 12] = _places(name, [one.moment for one in answers])
        rows.append(
            (
                name,
                person,
                time / SECOND,
                own / SECOND,
                own / time if time else None,
                own / everybody if everybody else None,
                len(turns),
                len(turns) * MINUTE / time if time else None,
                fmean(turns) / SECOND if turns else None,
                median(turns) / SECOND if turns else None,
                max(turns) / SECOND if turns else None,
                len(waits),
                median(waits) / SECOND if waits else None,
                sum(wait < 0 for wait in waits),
            )
        )
    return Table("talk", "Talk", PEOPLE_COLUMNS, tuple(rows), notes, behind)


def _quiet(name: str, talk: Talk, notes: tuple[str, ...]) -> Table:
    found: dict[tuple[str, str, str], list[Silence]] = defaultdict(list)
    for one in talk.silences:
        found[one.kind.value, one.before, one.after].append(one)
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    for key in sorted(found):
        lengths = [one.interval.length / SECOND for one in found[key]]
        behind[len(rows), -1] = _places(name, [one.interval for one in found[key]])
        rows.append((name, *key, len(lengths), sum(lengths), fmean(lengths), max(lengths)))
    return Table("silences", "Silences", SILENCE_COLUMNS, tuple(rows), notes, behind)


def _stretches(name: str, talk: Talk, notes: tuple[str, ...]) -> Table:
    listed = [("turn", one.person, "", one.interval) for one in talk.turns]
    listed += [("silence", one.before, one.after, one.interval) for one in talk.silences]
    listed.sort(key=lambda one: one[3])
    rows = tuple(
        (name, what, who, then, at.start / SECOND, at.end / SECOND, at.length / SECOND)
        for what, who, then, at in listed
    )
    behind = {(row, -1): _places(name, [one[3]]) for row, one in enumerate(listed)}
    return Table("stretches", "Turns and silences", STRETCH_COLUMNS, rows, notes, behind)


def _places(name: str, stretches: Iterable[Interval]) -> tuple[Place, ...]:
    return tuple(Place(name, one) for one in stretches)


BALANCE_COLUMNS = (
    *_SESSION,
    Column("person", "Person", definition="The participant's id, or the speaker's label."),
    Column("from", "From", "s", "Where the stretch begins, on the session's clock.", 3),
    Column("to", "To", "s", "Where it ends.", 3),
    Column("talk", "Talk time", "s", "The counted time in which the person speaks.", 3),
    Column("share", "Share of talk", "1", "Of all persons' talk in the stretch.", 4),
)


def balance_table(name: str, talk: Talk, region: Interval, length: Micros) -> Table:
    """Give each person's share of talk in stretches of a length; None where nobody speaks."""
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    for start in range(region.start, region.end, length):
        stretch = Interval(Micros(start), Micros(min(start + length, region.end)))
        spoken = {
            person: total(shared(own, [stretch])) for person, own in sorted(talk.spoken.items())
        }
        everybody = sum(spoken.values())
        for person, time in spoken.items():
            behind[len(rows), -1] = (Place(name, stretch),)
            ends = (stretch.start / SECOND, stretch.end / SECOND)
            part = time / everybody if everybody else None
            rows.append((name, person, *ends, time / SECOND, part))
    told = (f"{name}: speech is taken from {talk.speech.source}.",)
    return Table("balance", "Talk over time", BALANCE_COLUMNS, tuple(rows), told, behind)
