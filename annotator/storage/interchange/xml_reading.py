"""XML of strangers: read without entities, without the network, and within bounds."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers.expat import ExpatError, ParserCreate

from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source

MOST_ELEMENTS = 6_000_000
DEEPEST = 200

_ROOT = re.compile(r"<\s*([A-Za-z_][\w.:-]*)")
_BESIDE_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ENCODING = re.compile(rb"^[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_LIKE_ASCII = {b"utf-8", b"us-ascii", b"iso-8859-1"}
_FIRST_LINE = 1024
_PIECE = 1024 * 1024
_TOO_DEEP = "its elements are nested more than {} deep"


class RefusedError(Exception):
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
        return _tree(source)
    except ExpatError as error:
        line, column = error.lineno, error.offset
        told = f"“{source.name}” is broken: its XML cannot be read from line {line} on."
        raise ForeignFileError(
            told,
            "Open it in the program that wrote it and save it again.",
            [f"line {line}, column {column + 1}: not well-formed"],
        ) from error
    except RefusedError as refused:
        raise ForeignFileError(
            f"“{source.name}” was not read: {refused.args[0]}.",
            "No program of the field writes such a file; ask where it comes from.",
        ) from refused
    except (ValueError, LookupError) as error:
        raise ForeignFileError(
            f"“{source.name}” is in an encoding that is not known here.",
            "Save it as UTF-8 in the program that wrote it.",
        ) from error


def _tree(source: Source) -> Element:
    root = _read_plain(source) if _is_plain(source.data) else None
    if root is None:
        inspect_xml(source)
        root = _built(source)
    return root


def _built(source: Source) -> Element:
    """Read a file, of which it is known that it declares nothing; nothing is fetched."""
    parser = XMLParser()  # noqa: S314 the file declares nothing, which was seen to
    for piece in pieces_of(source):
        parser.feed(piece)
    root: Element = parser.close()
    return root


def pieces_of(source: Source) -> Iterator[memoryview]:
    """Give the bytes of a file piece by piece, so that reading them can be stopped."""
    whole = memoryview(source.data)
    for place in range(0, len(whole), _PIECE):
        source.watch(0)
        yield whole[place : place + _PIECE]


def _is_plain(data: bytes) -> bool:
    """Tell whether a file, as nearly all, can declare nothing and holds no more than may be.

    In encodings that have the marks of XML as ASCII does, nobody can hide a declaration.
    """
    begin = data[:_FIRST_LINE]
    encoding = _ENCODING.search(begin)
    return (
        data.removeprefix(BOM_UTF8).startswith(b"<")
        and b"\0" not in begin
        and (encoding is None or encoding[1].lower() in _LIKE_ASCII)
        and (b"<!" not in data or not _DECLARED.search(data))
        and is_within_bounds(data)
    )


def is_within_bounds(data: bytes) -> bool:
    """Tell at a glance whether a file can have no more elements than may be, as nearly all."""
    return len(data) <= MOST_ELEMENTS or data.count(b"<") <= MOST_ELEMENTS


def _read_plain(source: Source) -> Element | None:
    """Read a plain file at once; None where it is broken, of which `inspect_xml` tells better."""
    try:
        root = _built(source)
    except ParseError:
        return None
    level = [root]
    for _ in range(DEEPEST - 1):
        level = list(filter(len, chain.from_iterable(level)))  # without leaves
        if not level:
            break
    if level:
        raise RefusedError(_TOO_DEEP.format(DEEPEST))
    return root


def inspect_xml(source: Source) -> None:
    """Raise what is wrong with a file, before anything of it is built."""
    parser = ParserCreate(namespace_separator="}")  # as the tree is built, with the same faults
    depth = count = 0

    def refuse_entity(*_declaration: object) -> None:
        raise RefusedError("it declares entities of its own, which can hide or multiply text")

    def refuse_elsewhere(*_name: object) -> None:
        raise RefusedError("a text that it names stands in another file")

    def enter(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST:
            raise RefusedError(_TOO_DEEP.format(DEEPEST))
        if count > MOST_ELEMENTS:
            raise RefusedError(f"it has more than {MOST_ELEMENTS:,} elements")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = refuse_entity
    parser.SkippedEntityHandler = refuse_elsewhere
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.buffer_text = True
    for piece in pieces_of(source):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def local_name(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def text_of(parent: Element, path: str) -> str:
    """Give the text of the first element of that path below another; empty where there is none."""
    return (parent.findtext(path) or "").strip()
