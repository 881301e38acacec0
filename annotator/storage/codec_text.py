"""JSON text: strict reading that loses nothing, and writing laid out for eyes and diffs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring

from annotator.model.rules import Problem
from annotator.storage.faults import DamagedError, FormatError

DEEPEST = 64
"""Lists and objects may stand in one another this deep; our own shapes need nine."""

_LONGEST_NUMBER = 400
_WIDEST = 60


class _Doubled(dict[str, object]):
    """A JSON object in which a key stood twice."""

    doubles: tuple[str, ...] = ()


class _Strange(str):
    """A word or number that JSON or we do not know, such as NaN; kept so its place can be told."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text that is already laid out JSON, to be put in place as it is; in pieces, being long."""

    pieces: Sequence[str]


def read_json(data: str | bytes) -> object:
    """Read JSON text, decimals as exact Decimal; a byte order mark is tolerated.

    Raises FormatError naming line and column where the text is broken, or the path of each key
    that stands twice, of NaN and Infinity, of numbers of absurd length and of bottomless nesting.
    """
    text = _decoded(data) if isinstance(data, bytes) else data
    reader = _Reader()
    try:
        value: object = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=reader.pairs,
            parse_float=reader.decimal,
            parse_int=reader.integer,
            parse_constant=reader.strange,
        )
    except json.JSONDecodeError as error:
        raise _broken(error, text) from error
    except RecursionError as error:
        raise FormatError([Problem("", "lists and objects are nested too deeply")]) from error
    if reader.alarmed:
        raise FormatError(list(_strange_places(value)))
    return value


def _broken(error: json.JSONDecodeError, text: str) -> FormatError:
    where = f"line {error.lineno} column {error.colno}"
    if "\0" not in text and text.rstrip().endswith(("}", "]")):
        return FormatError([Problem("", f"the JSON is broken at {where} ({error.msg})")])
    return DamagedError([Problem("", f"the JSON is cut off or scrambled at {where}")])


def _decoded(data: bytes) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedError([Problem("", "it holds nothing but blanks" if data else "it is empty")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"it is not UTF-8 text (byte {error.start + 1} is 0x{data[error.start]:02x})"
        raise DamagedError([Problem("", message)]) from error


class _Reader:
    """Notes while reading whether anything needs a second look."""

    def __init__(self) -> None:
        self.alarmed = False

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self.alarmed = True
        counts = Counter(key for key, _ in pairs)
        doubled = _Doubled(found)
        doubled.doubles = tuple(key for key, count in counts.items() if count > 1)
        return doubled

    def decimal(self, text: str) -> object:
        try:
            number = Decimal(text[:_LONGEST_NUMBER])
        except InvalidOperation:
            return self.strange(text)
        if len(text) > _LONGEST_NUMBER or abs(number.adjusted()) > _LONGEST_NUMBER:
            return self.strange(text)
        return number

    def integer(self, text: str) -> object:
        return int(text) if len(text) <= _LONGEST_NUMBER else self.strange(text)

    def strange(self, text: str) -> object:
        self.alarmed = True
        return _Strange(text)


def _strange_places(value: object, path: str = "", depth: int = 0) -> Iterator[Problem]:
    if depth > DEEPEST:
        yield Problem(path, "lists and objects are nested too deeply")
    elif isinstance(value, _Strange):
        yield Problem(path, f"{shown(value)} is not a number that can be used")
    elif isinstance(value, dict):
        if isinstance(value, _Doubled):
            for key in value.doubles:
                yield Problem(joined(path, key), "this key stands twice")
        for key, member in value.items():
            yield from _strange_places(member, joined(path, key), depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _strange_places(member, f"{path}[{index}]", depth + 1)


def is_too_deep(value: object, depth: int = 0) -> bool:
    """Tell whether lists and objects in the value go deeper than `DEEPEST`."""
    if not isinstance(value, dict | list):
        return False
    members = value.values() if isinstance(value, dict) else value
    return depth > DEEPEST or any(is_too_deep(member, depth + 1) for member in members)


def joined(path: str, key: str) -> str:
    """Give the path of a key inside the object at `path`."""
    return f"{path}.{key}" if path else key


def shown(value: object) -> str:
    """Write a value at fault so that a message can quote it, cut where it is long."""
    if is_too_deep(value):
        return "what stands here"
    text = str(value) if isinstance(value, _Strange) else write_compact(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def write_compact(value: object) -> str:
    """Write a value as JSON in one line."""
    if isinstance(value, Mapping):
        pairs = (f"{quoted(str(key))}:{write_compact(one)}" for key, one in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(write_compact(one) for one in value) + "]"
    return _scalar(value)


def write_indented(value: object, indent: str = "") -> str:
    """Write a value as JSON with two blanks a level, as `json.dumps(…, indent=2)` lays it out."""
    return "".join(indented_pieces(value, indent))


def indented_pieces(value: object, indent: str = "") -> Iterator[str]:
    """Give piece by piece what `write_indented` gives at once."""
    inner = f"\n{indent}  "
    if isinstance(value, Rendered):
        yield from value.pieces
    elif isinstance(value, Mapping) and value:
        between = "{"
        for key, one in value.items():
            yield f"{between}{inner}{quoted(str(key))}: "
            yield from indented_pieces(one, indent + "  ")
            between = ","
        yield f"\n{indent}}}"
    elif isinstance(value, list | tuple) and value:
        between = "["
        for one in value:
            yield between + inner
            yield from indented_pieces(one, indent + "  ")
            between = ","
        yield f"\n{indent}]"
    else:
        yield write_compact(value)


def bracketed(opening: str, members: list[str], closing: str, indent: str) -> str:
    """Lay out members, already written, one a line between brackets."""
    if not members:
        return opening + closing
    inner = f"\n{indent}  "
    return f"{opening}{inner}{f',{inner}'.join(members)}\n{indent}{closing}"


def quoted(text: str) -> str:
    """Write a string as JSON, with its letters as they are."""
    return encode_basestring(text)


def _scalar(value: object) -> str:
    match value:
        case str():
            return quoted(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
    return json.dumps(value, allow_nan=False)


def to_bytes(text: str) -> bytes:
    """Encode as UTF-8; half characters, as in some file names, are escaped as JSON knows it."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        halves = (f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)
        return "".join(halves).encode("utf-8")
