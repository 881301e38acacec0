"""Everything the program can be told to do, and the keys that tell it."""

from __future__ import annotations

from annotator.gui.actions.keymap import KeyMap, resolved
from annotator.gui.actions.keys import key_words, written
from annotator.gui.actions.made import Actions, tip_with_key
from annotator.gui.actions.spec import ActionSpec, Menu, Need
from annotator.gui.actions.table import ACTIONS

__all__ = [
    "ACTIONS",
    "ActionSpec",
    "Actions",
    "KeyMap",
    "Menu",
    "Need",
    "key_words",
    "resolved",
    "tip_with_key",
    "written",
]
