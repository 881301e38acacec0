"""JSON in which one list is very long: its members are made smaller as each of them is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

_BLANKS = re.compile(r"[ \t\n\r]*")

Route = tuple[str, ...]
"""Keys that lead from the outermost object to a list; `ANY` stands for each that there is."""

ANY = "*"


@dataclass(frozen=True, slots=True)
class LongList:
    """Where a long list stands, and what is to be kept in place of each of its members."""

    route: Route
    thin: Callable[[object], object]


def walk_json(text: str, decoder: json.JSONDecoder, long: LongList) -> object:
    """Read JSON as the decoder does, but for what becomes of the members of a long list.

    Raises JSONDecodeError and RecursionError as the decoder would.
    """
    walker = _Walker(text, decoder, long.thin)
    value, end = walker.value(walker.after_blanks(0), long.route)
    end = walker.after_blanks(end)
    if end != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


@dataclass(frozen=True, slots=True)
class _Walker:
    """Reads what stands from a place of the text on, and tells the place behind it."""

    text: str
    decoder: json.JSONDecoder
    thin: Callable[[object], object]

    def value(self, at: int, route: Route | None) -> tuple[object, int]:
        """Read a value; the route leads on from it, and is None where it has left the way."""
        sign = self.text[at : at + 1]
        if route and sign == "{":
            return self._object(at, route)
        if route == () and sign == "[":
            return self._list(at)
        read: tuple[object, int] = self.decoder.raw_decode(self.text, at)
        return read

    def _object(self, at: int, route: Route) -> tuple[object, int]:
        found: dict[str, object] = {}
        at = self.after_blanks(at + 1)
        if self.text.startswith("}", at):
            return found, at + 1
        while True:
            self._expect('"', at, "Expecting property name enclosed in double quotes")
            key, at = self.decoder.raw_decode(self.text, at)
            at = self.after_blanks(at)
            self._expect(":", at, "Expecting ':' delimiter")
            inner = route[1:] if route[0] in {ANY, key} else None
            found[key], at = self.value(self.after_blanks(at + 1), inner)
            at = self.after_blanks(at)
            if self.text.startswith("}", at):
                return found, at + 1
            self._expect(",", at, "Expecting ',' delimiter")
            at = self.after_blanks(at + 1)

    def _list(self, at: int) -> tuple[object, int]:
        found: list[object] = []
        at = self.after_blanks(at + 1)
        if self.text.startswith("]", at):
            return found, at + 1
        while True:
            one, at = self.decoder.raw_decode(self.text, at)
            found.append(self.thin(one))
            at = self.after_blanks(at)
            if self.text.startswith("]", at):
                return found, at + 1
            self._expect(",", at, "Expecting ',' delimiter")
            at = self.after_blanks(at + 1)

    def _expect(self, sign: str, at: int, told: str) -> None:
        if not self.text.startswith(sign, at):
            raise json.JSONDecodeError(told, self.text, at)

    def after_blanks(self, at: int) -> int:
        """Give the place of what is no blank, from a place on."""
        match = _BLANKS.match(self.text, at)
        return match.end() if match else at
