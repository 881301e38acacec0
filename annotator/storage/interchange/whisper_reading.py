"""The shapes in which Whisper's kin write what was said, all brought to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from annotator.model.time import Micros
from annotator.storage.interchange.clock import read_time
from annotator.storage.interchange.json_reading import items, members, read_json, word
from annotator.storage.interchange.micros import micros_of, micros_of_millis
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

ID = "whisper"
MILLION = 1_000_000

_MANY, _A_WORD = 20, 800_000  # segments last longer on the average, even of a single word
_LONGEST_PAUSE = Micros(1_000_000)
_ENDS = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f")
_DOUBTFUL: tuple[tuple[str, Decimal, bool], ...] = (  # Whisper's own limits, and if more is worse
    ("avg_logprob", Decimal(-1), False),
    ("no_speech_prob", Decimal("0.6"), True),
    ("compression_ratio", Decimal("2.4"), True),
)


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word, or a part of one, as it stands in the file; None where no time is told."""

    text: str
    start: Micros | None
    end: Micros | None
    speaker: str = ""


@dataclass(slots=True)
class Piece:
    """A segment as it stands in the file, at `place`; None where a time is not told."""

    place: str
    start: Micros | None
    end: Micros | None
    text: str
    speaker: str = ""
    words: Sequence[HeardWord] = ()
    doubts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard; `counted` segments stood in the file, in `language` where it tells."""

    pieces: list[Piece]
    counted: int
    language: str


def heard_in(source: Source, notes: Notes) -> Heard:
    """Read what a file of Whisper's kin holds.

    Raises ForeignFileError where it is none of theirs, or is broken.
    """
    tree = read_json(_readable(source, notes), notes)
    told = members(tree)
    language = word(told.get("language") or members(told.get("result")).get("language"))
    rows = _rows_of(tree)
    if rows is None:
        raise ForeignFileError(
            f"“{source.name}” is not a transcript of Whisper: it has no segments.",
            "Choose the JSON file that Whisper, WhisperX or whisper.cpp wrote.",
        )
    if not rows or _are_words(rows):
        loose = list(rows or _loose_words(tree))
        words = list(_words_of(loose, notes))
        pieces = list(_phrases(words))
        return Heard(pieces, len(pieces) + len(loose) - len(words), language)
    pieces = []
    for number, row in enumerate(notes.through(rows), 1):
        piece = _piece(row, f"segment {number}", notes)
        if piece is None:
            notes.not_carried("something that is no segment", f"segment {number}")
        else:
            pieces.append(piece)
    if not any(one.words for one in pieces):
        words = list(_words_of(_loose_words(tree), notes, "words beside the segments"))
        _deal_out(words, pieces)
    return Heard(pieces, len(rows), language)


def _deal_out(words: Sequence[HeardWord], pieces: Sequence[Piece]) -> None:
    """Give words that stand apart from the segments to the segment in which they are said."""
    timed: list[HeardWord] = []
    middles: list[int] = []
    for one in words:
        if one.start is not None and one.end is not None:
            timed.append(one)
            middles.append((one.start + one.end) // 2)
    place = 0
    for piece in pieces:
        end = piece.end
        first = place
        while place < len(timed) and (end is None or middles[place] < end):
            place += 1
        piece.words = timed[first:place]


def _readable(source: Source, notes: Notes) -> Source:
    """Mend what whisper.cpp writes: tokens that hold half a letter, which is no UTF-8."""
    if b'"tokens"' not in source.data or b'"transcription"' not in source.data:
        return source
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError:
        notes.repaired("halves of letters in the text became \N{REPLACEMENT CHARACTER}")
        return Source(source.name, source.data.decode("utf-8", "replace").encode())
    return source


def _rows_of(tree: object) -> list[object] | None:
    """Find the list of segments in a file; None where it has none."""
    if isinstance(tree, list):
        return tree
    told = members(tree)
    for key in ("segments", "transcription", "speakers", "chunks"):
        rows = told.get(key)
        if isinstance(rows, list) and (rows or key == "segments"):
            return rows
    has_words = any(isinstance(told.get(key), list) for key in ("words", "word_segments"))
    return [] if has_words or "transcription" in told or "chunks" in told else None


def _are_words(rows: Sequence[object]) -> bool:
    """Tell whether rows are single words: by their key, else since they are many and short."""
    first = members(rows[0])
    if "text" not in first:
        return "word" in first
    if len(rows) < _MANY:
        return False
    lasting = 0
    for row in rows:
        told = members(row)
        start, end = _times(told)
        if start is not None and end is not None:
            lasting += end - start
        if len(word(told.get("text")).split()) > 1:
            return False
    return lasting < _A_WORD * len(rows)


def _loose_words(tree: object) -> Iterator[object]:
    told = members(tree)
    return items(told.get("word_segments") or told.get("words"))


def _piece(row: object, place: str, notes: Notes) -> Piece | None:
    """Read a segment of any of the kin; None where it is no segment."""
    if isinstance(row, list):
        return _bare(row, place)
    if not isinstance(row, dict):
        return None
    start, end = _times(row)
    return Piece(
        place,
        start,
        end,
        word(row.get("text")),
        _speaker(row),
        tuple(_words_of(items(row.get("words")), notes, place)) or tuple(_of_tokens(row)),
        _doubts(row),
    )


def _bare(row: list[object], place: str) -> Piece | None:
    """Read a segment that is a list: id, seek, start, end, text, as faster-whisper once had it."""
    match row:
        case [_, _, start, end, str(text), *_]:
            words = tuple(_bare_words(row[-1]))
            return Piece(place, micros_of(start), micros_of(end), text, "", words)
    return None


def _bare_words(rows: object) -> Iterator[HeardWord]:
    for row in items(rows):
        match row:
            case [start, end, text, *_]:
                yield HeardWord(word(text), micros_of(start), micros_of(end))


def _times(row: Mapping[str, object]) -> tuple[Micros | None, Micros | None]:
    """Give from when to when something lasts, in whichever way it is told."""
    if "start" in row or "end" in row:
        return micros_of(row.get("start")), micros_of(row.get("end"))
    offsets = members(row.get("offsets"))
    if offsets:
        return micros_of_millis(offsets.get("from")), micros_of_millis(offsets.get("to"))
    stamps = members(row.get("timestamps"))
    if stamps:
        return _stamp(stamps.get("from")), _stamp(stamps.get("to"))
    pair = [*items(row.get("timestamp")), None, None]
    return micros_of(pair[0]), micros_of(pair[1])


def _stamp(value: object) -> Micros | None:
    read = read_time(value, ",") if isinstance(value, str) else None
    return read.time if read else None


def _speaker(row: Mapping[str, object]) -> str:
    speaker = " ".join(word(row.get("speaker")).split())
    return "" if speaker == "?" else speaker  # whisper.cpp cannot tell


def _words_of(rows: Iterable[object], notes: Notes, place: str = "") -> Iterator[HeardWord]:
    """Give the words of a list; what is none is passed over, which is noted."""
    for number, row in enumerate(rows, 1):
        told = members(row)
        text = word(told.get("word") or told.get("text"))
        if text.strip():
            start, end = _times(told)
            yield HeardWord(text, start, end, _speaker(told))
        elif place:
            notes.noticed("a word without letters was passed over", place)
        else:
            notes.not_carried("a word without letters", f"word {number}")


def _of_tokens(row: Mapping[str, object]) -> Iterator[HeardWord]:
    """Give whisper.cpp's tokens that are said; those in "[_…]" mark times."""
    for token in items(row.get("tokens")):
        told = members(token)
        text = word(told.get("text"))
        if text and not text.startswith("[_"):
            yield HeardWord(text, *_times(told))


def _doubts(row: Mapping[str, object]) -> Mapping[str, object]:
    """Give those figures of a segment at which Whisper itself would try once more."""
    found: dict[str, object] = {}
    for key, limit, more_is_worse in _DOUBTFUL:
        value = row.get(key)
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            is_worse = value > limit if more_is_worse else value < limit
            if is_worse:
                found[key] = f"{value:f}" if -_FINEST < Decimal(value).adjusted() < _FINEST else ""
    return {ID: {key: value for key, value in found.items() if value}} if found else {}


_FINEST = 20


def _phrases(words: Sequence[HeardWord]) -> Iterator[Piece]:
    """Cut words without segments at the ends of sentences, at pauses, and between speakers."""
    here: list[HeardWord] = []
    for one in words:
        if here and _ends_before(here, one):
            yield _phrase(here)
            here = []
        here.append(one)
    if here:
        yield _phrase(here)


def _ends_before(here: Sequence[HeardWord], one: HeardWord) -> bool:
    last = here[-1]
    ended = next((word.end for word in reversed(here) if word.end is not None), None)
    is_pause = ended is not None and one.start is not None and one.start - ended > _LONGEST_PAUSE
    return is_pause or last.speaker != one.speaker or last.text.rstrip().endswith(_ENDS)


def _phrase(words: Sequence[HeardWord]) -> Piece:
    starts = [one.start for one in words if one.start is not None]
    ends = [one.end for one in words if one.end is not None]
    has_blanks = any(one.text[:1].isspace() for one in words)
    text = ("" if has_blanks else " ").join(one.text for one in words)
    place = f"words from “{words[0].text.strip()}”"
    return Piece(
        place,
        min(starts, default=None),
        max(ends, default=None),
        text,
        words[0].speaker,
        tuple(words),
    )
