"""Makes cues of what was read: times put right, speakers told apart, words given their times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.time import ZERO, Interval, Micros
from annotator.model.transcript import Cue, Word, in_order, tidy
from annotator.model.words import spread
from annotator.storage.interchange.clock import Timing
from annotator.storage.interchange.nothing import NO_EXTRA
from annotator.storage.interchange.report import OFTEN, Notes
from annotator.storage.interchange.speakers import Labels, begins_with_dash

_A_LETTER = 65_000
_SHORTEST = 1_000_000

Starts = tuple[Micros | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what is said; `speaker` is None where its text may tell who speaks.

    `starts` has, for each word, when it begins, None where that is not told; it is empty where
    nothing is told of any.
    """

    text: str
    speaker: str | None = None
    starts: Starts = ()

    def told(self) -> Starts:
        """Give the start of each word, None where it is not told."""
        return self.starts or (None,) * len(self.text.split())


@dataclass(slots=True)
class Draft:
    """A cue as it stands in a file; `line` is that of its times.

    `extra` is what the format wants to have back when the cue is written.
    """

    line: int
    timing: Timing
    lines: list[Line]
    extra: Mapping[str, object] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class _Part:
    """What one speaker says in a cue."""

    speaker: str
    lines: list[str]
    starts: list[Micros | None]


def make_cues(drafts: Sequence[Draft], notes: Notes) -> tuple[Cue, ...]:
    """Make the cues of a file, in order of time, and note what had to be put right.

    One in which several people speak becomes several. One without text is not carried.
    """
    is_voiced = any(line.speaker is not None for draft in drafts for line in draft.lines)
    texts = (line.text for draft in drafts for line in draft.lines)
    labels = Labels() if is_voiced else Labels.found_in(texts)
    cues: list[Cue] = []
    for draft, stretch in zip(drafts, _stretches(drafts, notes), strict=True):
        if not len(cues) & OFTEN - 1:
            notes.watch(len(cues))
        parts = [part for part in _parts(draft, labels) if part.lines]
        if not parts:
            notes.not_carried("a cue has times and no text", draft.line)
        cues += _cues_of(draft, parts, stretch, notes)
    width = max(4, len(str(len(cues))))
    return in_order(_numbered(cue, f"c{n:0{width}d}") for n, cue in enumerate(cues, 1))


def _numbered(one: Cue, cue_id: str) -> Cue:
    return Cue(
        cue_id, one.start, one.end, one.text, one.speaker, one.participant, one.words, one.extra
    )


def _stretches(drafts: Sequence[Draft], notes: Notes) -> Iterator[Interval]:
    """Give the time of each cue, with what is missing or impossible put right."""
    before = Interval(ZERO, ZERO)
    for number, draft in enumerate(drafts):
        start, end = draft.timing.start, draft.timing.end
        if start is None:
            notes.repaired(
                "the start could not be read; it is where the cue above ends", draft.line
            )
            start = before.end if end is None else min(before.end, end)
        if end is None or end < start:
            what = "the end could not be read" if end is None else "the end lay before the start"
            notes.repaired(f"{what}; it was set by the length of the text", draft.line)
            end = _likely_end(draft, start, drafts[number + 1 : number + 2])
        stretch = Interval(start, end)
        _remark(stretch, before, number, draft.line, notes)
        yield stretch
        before = stretch


def _remark(stretch: Interval, before: Interval, number: int, line: int, notes: Notes) -> None:
    if stretch.start < ZERO:
        notes.noticed("a cue begins before the film does", line)
    if stretch.length == 0:
        notes.noticed("a cue lasts no time", line)
    if number and stretch.start < before.start:
        notes.repaired("a cue begins before the one above it; they were put in order", line)
    elif number and stretch.start < before.end:
        notes.noticed("a cue begins before the one above it ends", line)


def read_by(start: Micros, letters: int) -> Micros:
    """Tell when so many letters that are shown from a time on will have been read."""
    return Micros(start + max(_SHORTEST, letters * _A_LETTER))


def _likely_end(draft: Draft, start: Micros, after: Sequence[Draft]) -> Micros:
    letters = sum(len(line.text) for line in draft.lines)
    end = read_by(start, letters)
    later = [one.timing.start for one in after if one.timing.start is not None]
    return Micros(min([end, *(time for time in later if time > start)]))


def _parts(draft: Draft, labels: Labels) -> list[_Part]:
    """Tell apart what each speaker says."""
    are_turns = sum(begins_with_dash(line.text) for line in draft.lines) > 1
    parts: list[_Part] = []
    for line in draft.lines:
        label, said = ("", line.text) if line.speaker is not None else labels.taken_off(line.text)
        speaker = line.speaker or label
        is_other = line.speaker is not None and bool(parts) and parts[-1].speaker != speaker
        is_turn = are_turns and line.speaker is None and begins_with_dash(line.text)
        if not parts or label or is_other or is_turn:
            parts.append(_Part(speaker, [], []))
        starts, text = line.told(), tidy(said)
        gone = len(starts) - len(text.split())  # the words of a label
        if text:
            parts[-1].lines.append(text)
            parts[-1].starts += starts[gone:]
    return parts


def _cues_of(
    draft: Draft, parts: Sequence[_Part], stretch: Interval, notes: Notes
) -> Iterator[Cue]:
    starts = [start for part in parts for start in part.starts]
    texts = [word for part in parts for line in part.lines for word in line.split()]
    is_told = any(start is not None for start in starts)
    said = _timed(texts, starts, stretch, draft.line, notes) if is_told else ()
    if len(parts) > 1:
        notes.repaired("a cue with several speakers became one cue for each of them", draft.line)
        said = said or spread(texts, stretch)
    done = 0
    for number, part in enumerate(parts):
        first, done = done, done + len(part.starts)
        start = said[first].start if number else stretch.start
        end = said[done].start if done < len(texts) else stretch.end
        yield Cue(
            id="",
            start=start,
            end=end,
            text="\n".join(part.lines),
            speaker=part.speaker,
            words=said[first:done] if is_told else (),
            extra=NO_EXTRA if number else draft.extra,
        )


def _timed(
    texts: Sequence[str],
    starts: Sequence[Micros | None],
    stretch: Interval,
    line: int,
    notes: Notes,
) -> tuple[Word, ...]:
    """Give words the times that are told, and share out what lies between among the others."""
    anchors = [(0, stretch.start)]
    for number, start in enumerate(starts):
        if start is None:
            continue
        if not anchors[-1][1] <= start <= stretch.end:
            notes.repaired("the time of a word does not fit and was estimated", line)
        elif number == 0:
            anchors[0] = (0, start)
        else:
            anchors.append((number, start))
    said: list[Word] = []
    for (first, start), (stop, end) in zip(
        anchors, [*anchors[1:], (len(texts), stretch.end)], strict=True
    ):
        known, *guessed = spread(texts[first:stop], Interval(start, end))
        said += [replace(known, estimated=False), *guessed]
    return tuple(said)
