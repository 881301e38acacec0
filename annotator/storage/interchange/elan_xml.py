"""XML as ELAN writes it, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from annotator.storage.interchange.xml_writing import held_by_xml

_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = {**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_TO_TEXT, _TO_ATTRIBUTE = str.maketrans(_IN_TEXT), str.maketrans(_IN_ATTRIBUTE)
_INDENT = "    "
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"


class Xml:
    """Lines of XML in the making, indented as ELAN does."""

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        self._depth = 0

    def line(self, text: str) -> None:
        """Add a line of XML that is ready."""
        self._lines.append(_INDENT * self._depth + text)

    def leaf(self, name: str, attributes: Mapping[str, str], text: str = "") -> None:
        """Add an element with nothing but text in it."""
        start = f"<{name}{_attributes(attributes)}"
        self.line(f"{start}>{escaped(text)}</{name}>" if text else f"{start}/>")

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str]) -> Iterator[None]:
        """Add an element around what is added meanwhile."""
        self.line(f"<{name}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self.line(f"</{name}>")

    def bytes(self) -> bytes:
        """Give the whole in UTF-8, its last element closed."""
        return ("\n".join([*self._lines, "</ANNOTATION_DOCUMENT>"]) + "\n").encode()

    def begin(self, line: str) -> None:
        """Add the line that opens the first element."""
        self.line(line)
        self._depth += 1


def opened(author: str, date: str) -> Xml:
    """Begin a document of form 3.0."""
    xml = Xml()
    attributes = {
        "AUTHOR": author,
        "DATE": date,
        "FORMAT": "3.0",
        "VERSION": "3.0",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:noNamespaceSchemaLocation": _SCHEMA,
    }
    xml.begin(f"<ANNOTATION_DOCUMENT{_attributes(attributes)}>")
    return xml


def escaped(text: str) -> str:
    """Give a text as it stands between elements; what XML forbids becomes U+FFFD."""
    return held_by_xml(text).translate(_TO_TEXT)


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(
        f' {name}="{held_by_xml(value).translate(_TO_ATTRIBUTE)}"'
        for name, value in attributes.items()
    )
