"""XML of strangers: read without entities, without the network, and within bounds."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source

MOST_ELEMENTS = 6_000_000
DEEPEST = 200

_ROOT = re.compile(r"<\s*([A-Za-z_][\w.:-]*)")
_BESIDE_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)


class _RefusedError(Exception):
    """Something stands in the file that no honest one has; `args[0]` says what."""


def root_name(source: Source) -> str:
    """Give the name of a file's first element without reading it whole; empty where it is no XML.

    A namespace's prefix is left out.
    """
    if "<" not in source.head[:_FIRST]:
        return ""
    match = _ROOT.match(_BESIDE_ROOT.sub("", source.head).lstrip())
    return match[1].rpartition(":")[2] if match else ""


_FIRST = 64  # of spaces and byte order marks, at most, before the first mark of XML


def read_xml(source: Source) -> Element:
    """Read a file as XML and give its root.

    Raises ForeignFileError where it is broken, with its line and column, and where it declares
    entities, is nested deeper than `DEEPEST` or holds more than `MOST_ELEMENTS`.
    """
    try:
        _inspect(source.data)
        return fromstring(source.data)  # noqa: S314 inspected above, and expat fetches nothing
    except ExpatError as error:
        line, column = error.lineno, error.offset
        told = f"“{source.name}” is broken: its XML cannot be read from line {line} on."
        raise ForeignFileError(
            told,
            "Open it in the program that wrote it and save it again.",
            [f"line {line}, column {column + 1}: not well-formed"],
        ) from error
    except _RefusedError as refused:
        raise ForeignFileError(
            f"“{source.name}” was not read: {refused.args[0]}.",
            "No program of the field writes such a file; ask where it comes from.",
        ) from refused
    except (ValueError, LookupError) as error:
        raise ForeignFileError(
            f"“{source.name}” is in an encoding that is not known here.",
            "Save it as UTF-8 in the program that wrote it.",
        ) from error


def _inspect(data: bytes) -> None:
    """Raise what is wrong with a file before anything of it is built."""
    parser = ParserCreate(namespace_separator="}")  # as the tree is built, with the same faults
    depth = count = 0

    def refuse_entity(*_declaration: object) -> None:
        raise _RefusedError("it declares entities of its own, which can hide or multiply text")

    def enter(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST:
            raise _RefusedError(f"its elements are nested more than {DEEPEST} deep")
        if count > MOST_ELEMENTS:
            raise _RefusedError(f"it has more than {MOST_ELEMENTS:,} elements")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.buffer_text = True
    parser.Parse(data, True)


def text_of(parent: Element, path: str) -> str:
    """Give the text of the first element of that path below another; empty where there is none."""
    return (parent.findtext(path) or "").strip()
