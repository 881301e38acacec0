"""Elements of an ELAN document as lists, as they are kept in a session and written again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

_DEEPEST = 5


def packed(element: Element, notes: Notes, depth: int = 0) -> list[object]:
    """Give an element as a list: its name, attributes, text, and the elements below it."""
    below: list[object] = []
    if depth < _DEEPEST:
        below = [packed(one, notes, depth + 1) for one in element]
    elif len(element):
        notes.noticed("what is nested too deep is not kept", f"element {element.tag}")
    return [str(element.tag), dict(element.attrib), (element.text or "").strip(), below]


def name_of(packed_element: object) -> str:
    """Give the name of a kept element; empty where it is none."""
    return word(next(items(packed_element), ""))


def attributes_of(packed_element: object) -> dict[str, str]:
    """Give the attributes of a kept element."""
    found: Mapping[str, object] = members(_member(packed_element, 1))
    return {key: word(value) for key, value in found.items()}


def text_in(packed_element: object) -> str:
    """Give the text of a kept element."""
    return word(_member(packed_element, 2))


def below(packed_element: object) -> Iterator[object]:
    """Yield the elements below a kept element."""
    return items(_member(packed_element, 3))


def _member(packed_element: object, place: int) -> object:
    found = packed_element if isinstance(packed_element, list) else []
    return found[place] if len(found) > place else None
