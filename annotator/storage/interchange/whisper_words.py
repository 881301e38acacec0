"""Cues of what Whisper heard: missing times found, and words matched with the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Word, tidy
from annotator.model.words import spread
from annotator.storage.interchange.cue_making import read_by
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.whisper_reading import HeardWord, Piece

Ends = tuple[int | None, int | None]


def cues_of(pieces: Sequence[Piece], notes: Notes) -> list[Cue]:
    """Make a cue of each segment that has a text, and note what had to be put right."""
    cues: list[Cue] = []
    before = 0
    for number, piece in enumerate(pieces):
        text = tidy(piece.text)
        if not text:
            notes.not_carried("a segment has times and no text", piece.place)
            continue
        after = next((one.start for one in pieces[number + 1 : number + 2]), None)
        stretch = _stretch(piece, before, after, notes)
        _remark(piece, stretch, before, notes)
        words = _timed(piece, text, stretch, notes)
        cues.append(
            Cue(
                "",
                stretch.start,
                stretch.end,
                text,
                _speaker(piece, notes),
                words=words,
                extra=piece.doubts,
            )
        )
        before = stretch.end
    return cues


def _stretch(piece: Piece, before: int, after: Micros | None, notes: Notes) -> Interval:
    """Give from when to when a segment lasts, as far as it can be told."""
    starts = [one.start for one in piece.words if one.start is not None]
    ends = [one.end for one in piece.words if one.end is not None]
    start, end = piece.start, piece.end
    if start is None:
        start = Micros(starts[0] if starts else before)
        where = "with its first word" if starts else "where the one above it ends"
        notes.repaired(f"a segment has no start; it begins {where}", piece.place)
    if end is None and ends and ends[-1] >= start:
        notes.repaired("a segment has no end; it ends with its last word", piece.place)
        end = ends[-1]
    if end is None:
        notes.repaired("a segment has no end; it was set by the length of the text", piece.place)
        end = read_by(start, len(piece.text))
        end = min(end, after) if after is not None and after > start else end
    if end < start:
        notes.repaired("the end lay before the start; the two were exchanged", piece.place)
        start, end = end, start
    return Interval(start, end)


def _remark(piece: Piece, stretch: Interval, before: int, notes: Notes) -> None:
    if stretch.start < before:
        notes.noticed("a segment begins before the one above it ends", piece.place)
    if stretch.length == 0:
        notes.noticed("a segment lasts no time", piece.place)
    if piece.doubts:
        notes.noticed("Whisper itself was unsure of what was said", piece.place)


def _speaker(piece: Piece, notes: Notes) -> str:
    """Give who speaks: by the segment, else by most of its words."""
    counts = Counter(one.speaker for one in piece.words if one.speaker)
    speaker = piece.speaker or (counts.most_common(1)[0][0] if counts else "")
    if counts.keys() - {speaker}:
        told = "some words of a segment are told to be another speaker's"
        notes.noticed(told, piece.place)
    return speaker


def _timed(piece: Piece, text: str, stretch: Interval, notes: Notes) -> tuple[Word, ...]:
    """Give the words of a text the times that were heard; none where there are none."""
    if not any(one.start is not None and one.end is not None for one in piece.words):
        return ()
    texts = text.split()
    ends = _ends_of(texts, piece.words)
    if ends is None:
        told = "the words are not those of the text; their times were left out"
        notes.repaired(told, piece.place)
        return ()
    if any(None in pair for pair in ends):
        told = "words without a time have one that was estimated"
        notes.noticed(told, piece.place)
    return _within(texts, ends, stretch, piece.place, notes)


def _ends_of(texts: Sequence[str], words: Sequence[HeardWord]) -> list[Ends] | None:
    """Tell of each word of a text when it begins and ends; None where other words were heard."""
    if [one.text.strip() for one in words] == texts:
        return [(one.start, one.end) if _is_timed(one) else (None, None) for one in words]
    heard = _letters(words)
    if "".join(letter for letter, _, _ in heard) != "".join(map(_said, texts)):
        return None
    ends: list[Ends] = []
    place = 0
    for one in texts:
        count = len(_said(one))
        ends.append((heard[place][1], heard[place + count - 1][2]) if count else (None, None))
        place += count
    return ends


def _is_timed(one: HeardWord) -> bool:
    return one.start is not None and one.end is not None and one.end >= one.start


def _said(text: str) -> str:
    """Give the letters and digits of a text, by which words are known again."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _letters(words: Sequence[HeardWord]) -> list[tuple[str, int | None, int | None]]:
    """Give each letter that is said, and when it begins and ends.

    Only the ends of a piece are told; what lies between is shared out evenly.
    """
    found: list[tuple[str, int | None, int | None]] = []
    for one in words:
        said = _said(one.text)
        if one.start is None or one.end is None or one.end < one.start:
            found += ((letter, None, None) for letter in said)
            continue
        length = one.end - one.start
        found += (
            (
                letter,
                one.start + length * number // len(said),
                one.start + length * (number + 1) // len(said),
            )
            for number, letter in enumerate(said)
        )
    return found


def _within(
    texts: Sequence[str], ends: Sequence[Ends], stretch: Interval, place: str, notes: Notes
) -> tuple[Word, ...]:
    """Make words, and estimate those without a time between their neighbours."""
    made: list[Word] = []
    while len(made) < len(texts):
        here = len(made)
        start, end = ends[here]
        if start is not None and end is not None:
            fits = stretch.start <= start <= end <= stretch.end
            if not fits:
                notes.noticed("a word lies outside its segment", place)
            made.append(Word(texts[here], Micros(start), Micros(max(start, end))))
            continue
        after = here + 1
        while after < len(texts) and None in ends[after]:
            after += 1
        left = made[-1].end if made else stretch.start
        right = ends[after][0] if after < len(texts) else stretch.end
        gap = Interval(left, Micros(max(left, right if right is not None else left)))
        made += spread(texts[here:after], gap)
    return tuple(made)
