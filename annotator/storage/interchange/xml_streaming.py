"""XML of strangers, of which the long parts are told as they are met, and never kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import (
    DEEPEST,
    RefusedError,
    inspect_xml,
    is_within_bounds,
    pieces_of,
    read_xml,
)


def refuse_depth() -> NoReturn:
    """Stop the reading of a file whose elements are nested deeper than any honest one's."""
    raise RefusedError


DEEPEST_BELOW = DEEPEST - 2
"""How deep elements may be nested below one that is told."""


class Strand:
    """Takes what stands below one element, whose own beginning was told when it was asked for.

    `depth` is how deep what is open now lies below that element, 0 being the element itself. The
    strand counts it, for nobody else hears of what is in between, refuses what is deeper than
    `DEEPEST_BELOW`, and calls `finish` when its own element ends. `texts` gathers the text between
    marks, unless the kind of strand `is_deaf`; whoever wants a text empties it before.
    """

    is_deaf = False
    __slots__ = ("depth", "finish", "texts")

    def __init__(self) -> None:
        self.depth = 0
        self.texts: list[str] = []
        self.finish: Callable[[], None] = _nothing

    def enter(self, _name: str, _attributes: dict[str, str], /) -> None:
        """Take the beginning of an element."""
        self.depth += 1
        if self.depth > DEEPEST_BELOW:
            refuse_depth()

    def leave(self, _name: str, /) -> None:
        """Take the end of an element, that of the strand's own as well."""
        if not self.depth:
            self.finish()
        self.depth -= 1


def _nothing() -> None:
    """Do nothing, as long as nobody waits for the end of a strand."""


Begin = Callable[[str, dict[str, str]], Strand | None]
"""Is asked of each element below the root by its name and attributes: None keeps it in the tree."""


def stream_xml(source: Source, begin: Begin) -> Element:
    """Read a file as XML; give its root, below which those elements are empty that were told.

    Raises what `read_xml` does, for the same reasons.
    """
    try:
        if not is_within_bounds(source.data):
            inspect_xml(source)
        return _Stream(begin).read(source)
    except (ExpatError, ValueError, LookupError, RefusedError):
        read_xml(source)  # which tells what is wrong
        raise _unreadable(source) from None


def _unreadable(source: Source) -> ForeignFileError:
    return ForeignFileError(
        f"“{source.name}” cannot be read as XML.",
        "Open it in the program that wrote it and save it again.",
    )


class _Stream:
    """Builds the tree of a file, and hands over to strands and back."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._tree = TreeBuilder()
        self._depth = 0
        self._parser: XMLParserType = ParserCreate(namespace_separator="}")

    def read(self, source: Source) -> Element:
        """Read a file piece by piece."""
        parser = self._parser
        parser.buffer_text = True
        parser.EntityDeclHandler = _refuse
        parser.SkippedEntityHandler = _refuse
        self._listen()
        for piece in pieces_of(source):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return self._tree.close()

    def _listen(self) -> None:
        parser = self._parser
        parser.StartElementHandler = self._enter
        parser.EndElementHandler = self._leave
        parser.CharacterDataHandler = self._tree.data

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse_depth()
        told = {_full(key): value for key, value in attributes.items()}
        self._tree.start(_full(name), told)
        if self._depth != 2:  # noqa: PLR2004 below the root
            return
        strand = self._begin(_full(name), told)
        if strand is not None:
            strand.depth = 0
            strand.finish = partial(self._finish, name)
            self._parser.StartElementHandler = strand.enter
            self._parser.EndElementHandler = strand.leave
            self._parser.CharacterDataHandler = None if strand.is_deaf else strand.texts.append

    def _finish(self, name: str) -> None:
        self._listen()
        self._leave(name)

    def _leave(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_full(name))


def _refuse(*_what: object) -> NoReturn:
    raise RefusedError


def _full(name: str) -> str:
    """Give a name as trees have it, with its namespace in braces."""
    return f"{{{name}" if "}" in name else name
