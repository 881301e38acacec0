"""Single keys: how they are written, told from a press, and which of them Qt needs itself."""

from __future__ import annotations

import sys

from PyQt6.QtCore import QKeyCombination, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence

from annotator.gui.actions.spec import Menu

_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_Mode_switch,
        Qt.Key.Key_Multi_key,
        Qt.Key.Key_unknown,
    }
)
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
_KEPT = (
    _SHIFT
    | _KEYPAD
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def written(key: str) -> str:
    """Write a key as it is kept and compared, such as `Ctrl+K`; empty where it is no key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def key_words(key: str) -> str:
    """Write a key as it is printed on this system's keyboards."""
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native or key


def key_of(event: QKeyEvent) -> str:
    """Tell which key was pressed, with what was held; empty for a modifier alone.

    The numeric pad is told from the main row. A sign that wants Shift is written without it, as
    Qt's shortcuts find it: `?`, not `Shift+?`.
    """
    key = Qt.Key(event.key())
    if key in _MODIFIERS:
        return ""
    held = event.modifiers() & _KEPT
    if key in _ARROWS and (sys.platform == "darwin" or not event.nativeScanCode()):
        held &= ~_KEYPAD  # macOS marks all arrows as on the pad
    if held & _SHIFT and _is_shifted_sign(event.text()) and not held & _KEYPAD:
        held &= ~_SHIFT
    return QKeySequence(QKeyCombination(held, key)).toString(
        QKeySequence.SequenceFormat.PortableText
    )


def _is_shifted_sign(text: str) -> bool:
    return len(text) == 1 and text.isprintable() and not text.isalnum() and text != " "


def menu_of(key: str) -> str:
    """Give the name of the menu that a key opens, such as `File` for `Alt+F`; empty for none."""
    names = {f"Alt+{menu.value[menu.value.index('&') + 1].upper()}": menu for menu in Menu}
    found = names.get(key)
    return found.value.replace("&", "") if found is not None else ""


def is_typed(key: str) -> bool:
    """Tell whether a key writes a sign in a text field."""
    head, _, last = key.rpartition("+")
    plain = head in {"", "Shift", "Num", "Shift+Num"} or key == "+"
    return plain and (len(last or key) == 1 or last == "Space")
