"""What else a key does, in plain words, before it is given to an action or a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from annotator.gui.actions.keymap import KeyMap
from annotator.gui.actions.keys import is_typed, key_words, menu_of
from annotator.gui.actions.spec import ActionSpec
from annotator.model.codebook import Codebook


class Weight(IntEnum):
    """How much a clash matters."""

    NOTE = 0  # good to know
    ASK = 1  # something else loses the key
    REFUSE = 2  # the key cannot be had


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that a key does already, and what comes of it."""

    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """What is to get a key: an action of the table, or a code of the open codebook."""

    id: str
    name: str
    is_code: bool = False
    goes_first: bool = False


def target_of(spec: ActionSpec) -> Target:
    """Give an action as what a key can be given to."""
    return Target(spec.id, spec.plain_text, goes_first=spec.goes_first)


def clashes(
    key: str, target: Target, keys: KeyMap, book: Codebook | None, specs: Sequence[ActionSpec]
) -> tuple[Clash, ...]:
    """Tell what speaks against a key for a target, the weightiest first; nothing where nothing."""
    found = [
        *_kept(key),
        *_with_actions(key, target, keys, specs),
        *_with_codes(key, target, keys, book),
        *_with_fields(key),
    ]
    return tuple(sorted(found, key=lambda clash: -clash.weight))


def _kept(key: str) -> Iterator[Clash]:
    """Tell of keys that Qt, the menus or the system need."""
    if key in _REFUSED:
        yield Clash(Weight.REFUSE, _REFUSED[key])
    elif menu := menu_of(key):
        yield Clash(Weight.REFUSE, f"{_said(key)} opens the menu {menu}. Choose another key.")
    elif key in _NEEDED:
        yield Clash(Weight.ASK, _NEEDED[key])
    elif "Meta" in key.split("+"):
        told = f"Many systems keep {_said(key)} for themselves, and it may never arrive here."
        yield Clash(Weight.NOTE, told)


def _with_actions(
    key: str, target: Target, keys: KeyMap, specs: Sequence[ActionSpec]
) -> Iterator[Clash]:
    for spec in specs:
        if spec.id == target.id or key not in keys.of_action(spec.id):
            continue
        name, shown = f"“{spec.plain_text}”", _said(key)
        if not target.is_code and spec.goes_first is target.goes_first:
            left = [one for one in keys.of_action(spec.id) if one != key]
            yield Clash(Weight.ASK, f"{shown} is taken from {name}, {_left(left)}.")
        elif spec.goes_first:
            told = f"While proposals are laid before you, {shown} does {name} instead."
            yield Clash(Weight.NOTE, told)
        elif target.is_code:
            told = f"While this codebook is open, {shown} does not do {name} any more."
            yield Clash(Weight.ASK, told)
        else:
            told = f"While proposals are laid before you, {shown} does not do {name}."
            yield Clash(Weight.NOTE, told)


def _with_codes(key: str, target: Target, keys: KeyMap, book: Codebook | None) -> Iterator[Clash]:
    shown = _said(key)
    for code in book.codes if book is not None else ():
        if code.id == target.id and target.is_code:
            continue
        if key not in keys.of_code(code.id):
            continue
        if target.is_code:
            left = [one for one in keys.of_code(code.id) if one != key]
            yield Clash(Weight.ASK, f"{shown} is taken from the code “{code.name}”, {_left(left)}.")
        elif target.goes_first:
            told = f"While proposals are laid before you, {shown} does not tag “{code.name}”."
            yield Clash(Weight.NOTE, told)
        else:
            told = f"{shown} tags “{code.name}”, which keeps it while this codebook is open."
            yield Clash(Weight.ASK, told)


def _with_fields(key: str) -> Iterator[Clash]:
    if is_typed(key):
        yield Clash(Weight.NOTE, f"In a text field {_said(key)} is typed, as ever.")
    elif key in _EDITING:
        yield Clash(Weight.NOTE, f"In a text field {_said(key)} edits the text, as ever.")


def _said(key: str) -> str:
    """Name a key in a sentence; a sign stands in quotes, so that it is not read as part of it."""
    words = key_words(key)
    return words if words[-1:].isalnum() else f"“{words}”"


def _left(keys: Sequence[str]) -> str:
    if not keys:
        return "which then has no key"
    return f"which keeps {' and '.join(_said(key) for key in keys)}"


_TAB = "Tab goes from one part of the window to the next. Without it there would be no way but the "
_REFUSED: Mapping[str, str] = {
    "Tab": _TAB + "mouse.",
    "Backtab": _TAB + "mouse.",
    "Shift+Tab": _TAB + "mouse.",
    "Shift+Backtab": _TAB + "mouse.",
    "Alt+F4": "Alt+F4 closes windows on most systems and does not arrive here.",
    "Print": "The system keeps this key for pictures of the screen.",
    "Ctrl+Alt+Del": "The system keeps these keys for itself.",
}
_LISTS = "Lists and tables cannot be walked with it any more."
_PRESSES = "A button or row that has the focus is not pressed by it any more."
_NEEDED: Mapping[str, str] = {
    "Return": _PRESSES,
    "Enter": _PRESSES,
    "Num+Enter": _PRESSES,
    "Up": _LISTS,
    "Down": _LISTS,
}
_EDITING = frozenset(
    {
        *("Left", "Right", "Home", "End", "Del", "Backspace"),
        *("Shift+Left", "Shift+Right", "Shift+Home", "Shift+End"),
        *("Ctrl+Left", "Ctrl+Right", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Y"),
    }
)
