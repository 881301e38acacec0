"""XML of strangers, of which the long parts are told as they are met, and never kept."""

from __future__ import annotations

from collections.abc import Callable, Container
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
    `DEEPEST_BELOW`, and calls `finish` when its own element ends. `hear` takes the text between
    marks, None for nothing; here it gathers in `texts`, which whoever wants a text empties before.
    """

    __slots__ = ("depth", "finish", "hear", "texts")

    def __init__(self) -> None:
        self.depth = 0
        self.texts: list[str] = []
        self.hear: Callable[[str], object] | None = self.texts.append
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

    def close(self) -> None:
        """Let go of who was told, so that nothing that was read is kept alive by a circle."""
        self.finish, self.hear = _nothing, None


class Branches(Strand):
    """Builds the elements of some names that stand anywhere below, and gives each away when whole.

    One that stands in another is given away before it, and is no part of it. What is in none of
    them is passed over.
    """

    __slots__ = ("_names", "_open", "_take")

    def __init__(self, names: Container[str], take: Callable[[Element], object]) -> None:
        super().__init__()
        self._names, self._take = names, take
        self._open: list[tuple[int, TreeBuilder]] = []
        self.hear = self._hear

    @property
    def is_between(self) -> bool:
        """Whether what is open now stands in none of the elements that are built."""
        return not self._open

    def enter(self, name: str, attributes: dict[str, str], /) -> None:
        """Build an element on, or begin one."""
        super().enter(name, attributes)
        name = full_name(name)
        if name in self._names:
            self._open.append((self.depth, TreeBuilder()))
        if self._open:
            told = {full_name(key): value for key, value in attributes.items()}
            self._open[-1][1].start(name, told)

    def leave(self, name: str, /) -> None:
        """End an element, and give away one that is whole."""
        if self._open:
            depth, tree = self._open[-1]
            tree.end(full_name(name))
            if depth == self.depth:
                self._open.pop()
                self._take(tree.close())
        super().leave(name)

    def close(self) -> None:
        """Let go of who was given elements, too."""
        super().close()
        self._take = _take_nothing

    def _hear(self, text: str) -> None:
        if self._open:
            self._open[-1][1].data(text)


def _nothing() -> None:
    """Do nothing, as long as nobody waits for the end of a strand."""


_BELOW_ROOT = 2

Begin = Callable[[str, dict[str, str]], Strand | None]
"""Is asked of each element below the root by its name and attributes: None keeps it in the tree."""


def stream_xml(
    source: Source, begin: Begin, root: Callable[[Element], object] | None = None
) -> Element:
    """Read a file as XML; give its root, below which those elements are empty that were told.

    `root` is given the root as soon as it begins; what stands above an element that is told is
    below it by then.

    Raises what `read_xml` does, for the same reasons.
    """
    try:
        if not is_within_bounds(source.data):
            inspect_xml(source)
        return _Stream(begin, root or _take_nothing).read(source)
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

    def __init__(self, begin: Begin, root: Callable[[Element], object]) -> None:
        self._begin, self._root = begin, root
        self._tree = TreeBuilder()
        self._depth = 0
        self._strands: dict[Strand, None] = {}
        self._parser: XMLParserType = ParserCreate(namespace_separator="}")

    def read(self, source: Source) -> Element:
        """Read a file piece by piece."""
        parser = self._parser
        parser.buffer_text = True
        parser.EntityDeclHandler = _refuse
        parser.SkippedEntityHandler = _refuse
        self._listen()
        try:
            for piece in pieces_of(source):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        finally:
            self._fall_silent()
        return self._tree.close()

    def _fall_silent(self) -> None:
        """Let go of all who were told anything."""
        parser = self._parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        for strand in self._strands:
            strand.close()

    def _listen(self) -> None:
        parser = self._parser
        parser.StartElementHandler = self._enter
        parser.EndElementHandler = self._leave
        parser.CharacterDataHandler = self._tree.data

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse_depth()
        told = {full_name(key): value for key, value in attributes.items()}
        made = self._tree.start(full_name(name), told)
        if self._depth == 1:
            self._root(made)
        if self._depth != _BELOW_ROOT:
            return
        strand = self._begin(full_name(name), told)
        if strand is not None:
            self._strands[strand] = None
            strand.depth = 0
            strand.finish = partial(self._finish, name)
            self._parser.StartElementHandler = strand.enter
            self._parser.EndElementHandler = strand.leave
            self._parser.CharacterDataHandler = strand.hear

    def _finish(self, name: str) -> None:
        self._listen()
        self._leave(name)

    def _leave(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(full_name(name))


def _take_nothing(_root: Element) -> None:
    """Take no notice of the root."""


def _refuse(*_what: object) -> NoReturn:
    raise RefusedError


def full_name(name: str) -> str:
    """Give a name as trees have it, with its namespace in braces."""
    return f"{{{name}" if "}" in name else name
