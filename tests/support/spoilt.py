"""Foreign files as they come out of broken transfers and strange programs."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as some

from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from tests.support.foreign import NOW

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<{root}>&b;</{root}>"
)


@some.composite
def spoilt(draw: some.DrawFn, good: Sequence[bytes]) -> bytes:
    """Make arbitrary bytes, or good files cut off, with bytes changed, or pieces repeated."""
    if draw(some.integers(0, 9)) == 0:
        return draw(some.binary(max_size=300))
    data = bytearray(draw(some.sampled_from(good)))
    for _ in range(draw(some.integers(1, 4))):
        place = draw(some.integers(0, len(data)))
        length = draw(some.integers(0, 60))
        match draw(some.sampled_from(["cut", "change", "repeat", "insert", "drop"])):
            case "cut":
                del data[place:]
            case "change":
                data[place : place + 1] = bytes([draw(some.integers(0, 255))])
            case "repeat":
                data[place:place] = data[place : place + length] * 3
            case "insert":
                data[place:place] = draw(some.binary(max_size=6))
            case "drop":
                del data[place : place + length]
    return bytes(data)


def is_met(data: bytes, name: str, form: str, **wishes: object) -> bool:
    """Tell whether bytes are refused in words, or read with each thing accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        found = read_as(data, name, form, **wishes)
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in str(refused)
    return is_even(found)


def is_even(found: Imported) -> bool:
    """Tell whether what came out and what was left behind is all that came in."""
    return found.report.counted_in == found.report.counted_out + found.report.left_behind


def read_as(data: bytes | str, name: str, form: str = "", **wishes: object) -> Imported:
    """Read a file in the format of that id."""
    raw = data.encode() if isinstance(data, str) else data
    asked = Wishes(now=NOW, **wishes)  # type: ignore[arg-type] each by its name
    return read_foreign(Source(name, raw), asked, form)
