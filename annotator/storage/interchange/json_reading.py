"""JSON of strangers: read within bounds, its numbers exact, and its odd numbers told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DecimalException

from annotator.storage.interchange.json_walking import LongList, walk_json
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

_LONGEST_NUMBER = 400


Slim = Callable[[dict[str, object]], object]


def read_json(
    source: Source, notes: Notes, slim: Slim | None = None, long: LongList | None = None
) -> object:
    """Read a file as JSON; decimals are Decimal, NaN and Infinity None, which is noted.

    `slim` may give something smaller in place of each object as soon as that is read, but for
    those that lead to a long list; and `long` in place of each member of such a list.
    Raises ForeignFileError where it is broken, with line and column, or nested without end.
    """
    text = source.text(notes).text
    decoder = _decoder(notes, slim)
    try:
        value: object = decoder.decode(text) if long is None else walk_json(text, decoder, long)
    except json.JSONDecodeError as error:
        told = f"“{source.name}” is broken: its JSON cannot be read from line {error.lineno} on."
        raise ForeignFileError(
            told,
            "Open it in the program that wrote it and save it again.",
            [f"line {error.lineno}, column {error.colno}: {error.msg}"],
        ) from error
    except RecursionError as error:
        raise ForeignFileError(
            f"“{source.name}” was not read: its lists are nested without end.",
            "No program of the field writes such a file; ask where it comes from.",
        ) from error
    return value


def _decoder(notes: Notes, slim: Slim | None) -> json.JSONDecoder:
    def strange(word: str) -> None:
        notes.noticed(f"a number is {word}, which stands for none")

    def exact(digits: str) -> Decimal | None:
        number = _decimal(digits)
        if number is None:
            strange("absurdly long")
        return number

    def whole(digits: str) -> int | None:
        if len(digits) > _LONGEST_NUMBER:
            strange("absurdly long")
            return None
        return int(digits)

    return json.JSONDecoder(
        object_hook=slim, parse_float=exact, parse_int=whole, parse_constant=strange
    )


def read_piece(text: str) -> object:
    """Read a piece of JSON that stands in a file of another kind; None where it is none."""
    try:
        value: object = json.loads(text, parse_float=_decimal, parse_constant=lambda _word: None)
    except (ValueError, RecursionError):
        return None
    return value


def _decimal(digits: str) -> Decimal | None:
    """Read a decimal; None where it, or its exponent, is longer than any has to be."""
    try:
        return Decimal(digits) if len(digits) <= _LONGEST_NUMBER else None
    except DecimalException:
        return None


def members(value: object) -> Mapping[str, object]:
    """Give an object's members; none where the value is no object."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> Iterator[object]:
    """Yield a list's items; none where the value is no list."""
    return iter(value if isinstance(value, list) else ())


def word(value: object) -> str:
    """Give a text or a number as text; empty for anything else."""
    if isinstance(value, str):  # as nearly all are
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else ""


def has_keys(source: Source, *keys: str) -> bool:
    """Tell whether a file looks like JSON in which all of these keys stand, wherever that is.

    It is not parsed: a file's beginning can be one long text, and all of it one line.
    """
    if source.head.lstrip()[:1] not in {"{", "["}:
        return False
    quoted = (f'"{key}"' for key in keys)
    names = ("utf-16-le", "utf-16-be") if b"\0" in source.data[:_FIRST] else ("utf-8",)
    return all(
        key in source.head or any(key.encode(name) in source.data for name in names)
        for key in quoted
    )


_FIRST = 64  # bytes that tell whether letters take two of them
