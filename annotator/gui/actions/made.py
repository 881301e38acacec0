"""The actions of one window, made from the table and given their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QWidget

from annotator.gui.actions.keymap import KeyMap, resolved
from annotator.gui.actions.spec import ActionSpec, Need, lack_words
from annotator.gui.actions.table import ACTIONS
from annotator.gui.icons import icon
from annotator.gui.theme import Theme
from annotator.model.codebook import Code, Codebook, CodeKind
from annotator.storage.settings import KeyChoices

_ICONS = {
    "open": "open",
    "save": "save",
    "undo": "undo",
    "redo": "redo",
    "delete": "delete",
    "note": "note",
    "coder": "person",
    "first_steps": "help",
}


class Actions(QObject):
    """The actions of one window."""

    code_pressed = pyqtSignal(str)  # code id
    keys_changed = pyqtSignal()  # other keys were chosen, or another codebook brought its own

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {spec.id: self._made(spec) for spec in ACTIONS}
        self._code_actions: dict[str, QAction] = {}
        self._book: Codebook | None = None
        self._choices = KeyChoices()
        self._map = resolved(self._choices, None)
        self._have, self._is_settled = Need.NOTHING, False
        self._lent: frozenset[str] = frozenset()
        self._borrowed: frozenset[str] = frozenset()

    @property
    def by_id(self) -> Mapping[str, QAction]:
        """Every action of the table by its id."""
        return self._actions

    @property
    def by_code(self) -> Mapping[str, QAction]:
        """An action for each code of the open session's codebook, by code id."""
        return self._code_actions

    @property
    def book(self) -> Codebook | None:
        """The codebook whose codes have actions, each code with the first of its keys here.

        None where no session is open.
        """
        if self._book is None:
            return None
        codes = tuple(self._with_key(code) for code in self._book.codes)
        return self._book if codes == self._book.codes else replace(self._book, codes=codes)

    @property
    def plain_book(self) -> Codebook | None:
        """The same codebook as its file has it."""
        return self._book

    @property
    def key_map(self) -> KeyMap:
        """Which keys do what."""
        return self._map

    def bind(self, action_id: str, slot: Callable[[], object]) -> None:
        """Have an action do something."""
        self._actions[action_id].triggered.connect(lambda _checked=False: slot())

    def allow(self, have: Need) -> None:
        """Enable what is possible now, disable the rest, and give what goes first its keys."""
        if have == self._have and self._is_settled:
            return
        self._have, self._is_settled = have, True
        possible = {spec.id: spec.needs & ~have == Need.NOTHING for spec in ACTIONS}
        self._lend()
        for action_id, is_possible in possible.items():
            self._actions[action_id].setEnabled(is_possible)

    def made_for(self, text: str, key: str, act: Callable[[], object]) -> QAction:
        """Make an action that is not in the table, for as long as `drop` does not end it."""
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: act())
        self._window.addAction(action)
        return action

    def drop(self, action: QAction) -> None:
        """End an action that `made_for` made."""
        self._window.removeAction(action)
        action.deleteLater()

    def lend(self, keys: frozenset[str]) -> None:
        """Take keys from codes and actions for as long as something else has them; written keys."""
        if keys != self._borrowed:
            self._borrowed = keys
            self._lend()

    def why_not(self, action_id: str) -> str:
        """Say why an action is not possible now; empty where it is."""
        spec = next(one for one in ACTIONS if one.id == action_id)
        return lack_words(spec.needs & ~self._have)

    def say_what(self, action_id: str, what: str = "") -> None:
        """Let an action's text say what it would act on, as in "Undo add Reflection"."""
        action = self._actions[action_id]
        spec = next(one for one in ACTIONS if one.id == action_id)
        text = f"{spec.text} {what}".strip()
        action.setText(text.replace("&", "&&"))
        action.setToolTip(tip_with_key(text, action))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons of the menus' actions."""
        for action_id, name in _ICONS.items():
            self._actions[action_id].setIcon(icon(name, theme))

    def set_keys(self, choices: KeyChoices) -> None:
        """Take up other keys, at once."""
        if choices == self._choices:
            return
        self._choices = choices
        self._resolve()
        self.keys_changed.emit()

    def set_codebook(self, book: Codebook | None) -> None:
        """Make an action for each code, each with its keys.

        Where an action has a key that a code uses, the code has it while its book is open.
        """
        self._book = book
        for action in self._code_actions.values():
            self._window.removeAction(action)
            action.deleteLater()
        codes = [code for code in book.codes if not code.retired] if book else []
        self._code_actions = {code.id: self._made_for_code(code) for code in codes}
        self._resolve()
        self.keys_changed.emit()

    def _resolve(self) -> None:
        self._map = resolved(self._choices, self._book)
        self._lent = self._wanted_first()
        self._share_keys()

    def _lend(self) -> None:
        lent = self._wanted_first()
        if lent != self._lent:
            self._lent = lent
            self._share_keys()

    def _wanted_first(self) -> frozenset[str]:
        """Give the keys of what goes first and is possible now."""
        first = [spec for spec in ACTIONS if spec.goes_first and not spec.needs & ~self._have]
        wanted = frozenset(key for spec in first for key in self._map.of_action(spec.id))
        return wanted | self._borrowed

    def _share_keys(self) -> None:
        """Give keys to what goes first now, then to the codes, then to the rest."""
        for spec in ACTIONS:
            free = self._map.free(spec)
            keys = free if spec.goes_first else [key for key in free if key not in self._lent]
            self._give_keys(self._actions[spec.id], keys)
        for code_id, action in self._code_actions.items():
            keys = [key for key in self._map.of_code(code_id) if key not in self._lent]
            wanted = [QKeySequence(key) for key in keys]
            if wanted != action.shortcuts():
                action.setShortcuts(wanted)

    def _give_keys(self, action: QAction, keys: Sequence[str]) -> None:
        wanted = [QKeySequence(key) for key in keys]
        if wanted != action.shortcuts():
            text = action.toolTip().removesuffix(tip_with_key("", action))
            action.setShortcuts(wanted)
            action.setToolTip(tip_with_key(text, action))

    def _with_key(self, code: Code) -> Code:
        keys = self._map.of_code(code.id)
        key = next(iter(keys), "")
        return code if key == QKeySequence(code.key).toString() else replace(code, key=key)

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self._window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setAutoRepeat(spec.repeats)
        action.setCheckable(spec.checkable)
        action.setToolTip(tip_with_key(spec.tip or spec.text, action))
        if spec.everywhere:
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self._window.addAction(action)
        return action

    def _made_for_code(self, code: Code) -> QAction:
        action = QAction(code.name, self._window)
        action.setObjectName(f"code:{code.id}")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.setCheckable(code.kind is CodeKind.SPAN)
        action.triggered.connect(lambda _checked=False: self.code_pressed.emit(code.id))
        self._window.addAction(action)
        return action


def tip_with_key(text: str, action: QAction) -> str:
    """Write a tooltip that names the action's key in brackets."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({key})" if key else text
