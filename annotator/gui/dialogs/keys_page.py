"""The help page of keys, written from the table of actions and the codebook in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PyQt6.QtGui import QKeySequence

from annotator.gui.actions import ActionSpec, code_keys, free_keys
from annotator.model.codebook import Code, Codebook, CodeKind

KIND_WORDS = {CodeKind.POINT: "a moment", CodeKind.SPAN: "a stretch"}


def keys_page(specs: Sequence[ActionSpec], book: Codebook | None) -> str:
    """Write the page of keys as Markdown: a table for each menu, then one for the codes.

    Actions stand in the order given, those without a key are left out; so are keys that a code
    of the book uses. `book` is None where no session is open.
    """
    parts = ["# Keys", _INTRODUCTION]
    taken = code_keys(book)
    for menu, group in groupby(specs, key=lambda spec: spec.menu):
        members = list(group)
        free = ((spec.text.rstrip("…"), free_keys(spec, taken)) for spec in members)
        rows = [(text, _keys(keys)) for text, keys in free if keys]
        if rows:
            parts += [f"## {menu.value.replace('&', '')}", _table(("What it does", "Keys"), rows)]
            parts += [_GOING_FIRST] if any(spec.goes_first for spec in members) else []
    parts += _code_part(book)
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = (
    "These keys work wherever you are in the window, except while you type in a text field."
)
_GOING_FIRST = (
    "The keys of proposals act only while silences that were found are laid before you; they then "
    "come before a code or another action with the same key."
)
_NO_BOOK = "Open a session to see the keys of its codes here."
_HOW_CODES_WORK = (
    "Press the key of *a moment* once. Press the key of *a stretch* where it begins and again "
    "where it ends."
)


def _code_part(book: Codebook | None) -> list[str]:
    if book is None:
        return ["## Codes", _NO_BOOK]
    rows = [_code_row(code) for code in book.codes]
    heading = f"## Codes of {_plain(book.name)}"
    return [heading, _HOW_CODES_WORK, _table(("Code", "Key", "Marks"), rows)]


def _code_row(code: Code) -> tuple[str, str, str]:
    return _plain(code.name), _keys((code.key,) if code.key else ()), KIND_WORDS[code.kind]


def _keys(keys: Iterable[str]) -> str:
    return " or ".join(f"**{_plain(key_words(key))}**" for key in keys) or "none"


def key_words(key: str) -> str:
    """Write a key as it is printed on this system's keyboards."""
    written = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return written or key


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _plain(text: str) -> str:
    """Keep Markdown from reading a name or a key as its own signs."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-!|~" else sign for sign in text)
