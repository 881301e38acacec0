"""Foreign files as they come out of broken transfers and strange programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
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


@some.composite
def mutilated(draw: some.DrawFn, good: Sequence[bytes]) -> bytes:
    """Make good files in which one stretch is gone, doubled, or replaced by a few bytes."""
    data = draw(some.sampled_from(good))
    start = draw(some.integers(0, len(data)))
    end = draw(some.integers(start, min(len(data), start + 40)))
    middle = draw(some.binary(max_size=4) | some.just(data[start:end] * 2))
    return data[:start] + middle + data[end:]


ODD_VALUES = (
    "",
    " ",
    "-1",
    "0",
    "1",
    "0.5",
    "1e999",
    "NaN",
    "9" * 30,
    "00:00:61.5",
    "ä\u0663",
    "#",
)


@some.composite
def bent_xml(draw: some.DrawFn, good: Sequence[bytes]) -> bytes:
    """Make sound XML whose elements are gone, doubled, moved or renamed, and whose values are odd.

    Bytes that were changed are nearly always refused as no XML; these reach the reader behind it.
    """
    root = fromstring(draw(some.sampled_from(good)))  # noqa: S314 our own text
    for _ in range(draw(some.integers(1, 6))):
        _bend(draw, root)
    return tostring(root, encoding=draw(some.sampled_from(["utf-8", "utf-16", "us-ascii"])))


def _bend(draw: some.DrawFn, root: Element) -> None:
    parents = [one for one in root.iter() if len(one)] or [root]
    parent = draw(some.sampled_from(parents))
    child = draw(some.sampled_from([*parent] or [root]))
    values = [*ODD_VALUES, *(value for one in root.iter() for value in one.attrib.values())]
    key = draw(some.sampled_from(sorted(child.attrib) or ["id"]))
    match draw(some.sampled_from(["drop", "double", "move", "name", "value", "key", "text"])):
        case "drop" if child is not root:
            parent.remove(child)
        case "double" if child is not root:
            parent.insert(draw(some.integers(0, len(parent))), deepcopy(child))
        case "move" if child is not root:
            parent.remove(child)
            draw(some.sampled_from([*root.iter()])).append(child)
        case "name":
            child.tag = draw(some.sampled_from([one.tag for one in root.iter()]))
        case "value":
            child.set(key, draw(some.sampled_from(values)))
        case "key":
            child.attrib.pop(key, None)
        case _:
            child.text = draw(some.sampled_from(values) | some.none())


def strange_json(
    keys: Sequence[str], words: some.SearchStrategy[str] | None = None, most: int = 40
) -> some.SearchStrategy[object]:
    """Make JSON of any shape in which a format's own keys and words stand in wrong places."""
    texts = some.text(max_size=6) if words is None else words
    return some.recursive(
        some.none() | some.booleans() | some.integers() | some.floats() | texts,
        lambda inner: (
            some.lists(inner, max_size=4)
            | some.dictionaries(some.sampled_from(keys), inner, max_size=7)
        ),
        max_leaves=most,
    )


def is_met(
    data: bytes,
    name: str,
    form: str,
    even: Callable[[Imported], bool] | None = None,
    **wishes: object,
) -> bool:
    """Tell whether bytes are refused in words, or read with each thing accounted for.

    Whatever else than a refusal escapes fails the test.
    """
    try:
        found = read_as(data, name, form, **wishes)
    except ForeignFileError as refused:
        return bool(refused.what) and "Error" not in str(refused)
    return (even or is_even)(found)


def refusal(data: bytes | str, name: str, form: str = "") -> str:
    """Give the words in which a file is refused; fails the test where it is read."""
    with pytest.raises(ForeignFileError) as refused:
        read_as(data, name, form)
    assert "Error" not in str(refused.value)
    return str(refused.value)


def is_even(found: Imported) -> bool:
    """Tell whether what came out and what was left behind is all that came in."""
    return found.report.counted_in == found.report.counted_out + found.report.left_behind


def is_even_by_places(found: Imported) -> bool:
    """Tell the same where only what has a place in the file is one of the things counted."""
    gone = [one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) + one.unplaced for one in gone)
    return found.report.counted_in == found.report.counted_out + left


def read_as(data: bytes | str, name: str, form: str = "", **wishes: object) -> Imported:
    """Read a file in the format of that id."""
    raw = data.encode() if isinstance(data, str) else data
    asked = Wishes(now=NOW, **wishes)
    return read_foreign(Source(name, raw), asked, form)
