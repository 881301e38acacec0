"""The help page of keys, written from the table of actions and the codebook in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from annotator.gui.actions import ActionSpec, KeyMap, key_words, resolved
from annotator.gui.actions.table import ACTIONS
from annotator.model.codebook import Code, Codebook, CodeKind
from annotator.storage.settings import KeyChoices

KIND_WORDS = {CodeKind.POINT: "a moment", CodeKind.SPAN: "a stretch"}
SHORT = (
    (("play",), "play or pause"),
    (("step_back", "step_forward"), "one frame back or forward"),
    (("back_1s", "forward_1s"), "1 second back or forward"),
    (("back_5s", "forward_5s"), "5 seconds back or forward"),
    (("slower", "faster"), "slower, faster"),
    (("shuttle_back", "shuttle_stop", "shuttle_forward"), "run back, stop, run forward"),
    (("go_to",), "go to a time or a frame"),
    (("find_silences",), "find silences, then accept or reject each"),
    ((), "tag the frame on screen; start or end a stretch"),
    (("give_up",), "give up the stretch that is running"),
    (("previous_tag", "next_tag"), "previous or next tag"),
    (("delete",), "delete the selected tags"),
    (("undo", "redo"), "undo, redo"),
    (("palette",), "find any command, code or tag"),
    (("settings",), "settings, where every key can be changed"),
    (("help_here",), "help"),
)
"""The rows of the short list: ids of actions, none for the codes, and what they do."""


def keys_page(
    specs: Sequence[ActionSpec], book: Codebook | None, keys: KeyMap | None = None
) -> str:
    """Write the page of keys as Markdown: a table for each menu, then one for the codes.

    Actions stand in the order given, those without a key are left out; so are keys that a code
    of the book uses. `book` is None where no session is open, `keys` where none were changed.
    """
    known = resolved(KeyChoices(), book, specs) if keys is None else keys
    parts = ["# Keys", _INTRODUCTION]
    for menu, group in groupby(specs, key=lambda spec: spec.menu):
        members = list(group)
        free = ((spec.plain_text, known.free(spec)) for spec in members)
        rows = [(text, _keys(keys)) for text, keys in free if keys]
        if rows:
            parts += [f"## {menu.value.replace('&', '')}", _table(("What it does", "Keys"), rows)]
            parts += [_GOING_FIRST] if any(spec.goes_first for spec in members) else []
    parts += _code_part(book, known)
    return "\n\n".join(parts) + "\n"


def short_table() -> str:
    """Write the most wanted keys of the table as README has them."""
    specs = {spec.id: spec for spec in ACTIONS}
    rows = []
    for ids, words in SHORT:
        keys = " ".join(f"`{specs[one].keys[0]}`" for one in ids)
        rows.append(f"| {keys or 'the letter of a code'} | {words} |")
    return "\n".join(("| key | what it does |", "|---|---|", *rows)) + "\n"


_INTRODUCTION = (
    "These keys work wherever you are in the window, except while you type in a text field. "
    "Each of them can be changed in the settings."
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


def _code_part(book: Codebook | None, keys: KeyMap) -> list[str]:
    if book is None:
        return ["## Codes", _NO_BOOK]
    rows = [_code_row(code, keys) for code in book.codes if not code.retired]
    heading = f"## Codes of {_plain(book.name)}"
    return [heading, _HOW_CODES_WORK, _table(("Code", "Key", "Marks"), rows)]


def _code_row(code: Code, keys: KeyMap) -> tuple[str, str, str]:
    return _plain(code.name), _keys(keys.of_code(code.id)), KIND_WORDS[code.kind]


def _keys(keys: Iterable[str]) -> str:
    return " or ".join(f"**{_plain(key_words(key))}**" for key in keys) or "none"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _plain(text: str) -> str:
    """Keep Markdown from reading a name or a key as its own signs."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-!|~" else sign for sign in text)
