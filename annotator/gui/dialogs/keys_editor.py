"""Where every key can be changed: all actions and codes, their keys, and what would clash."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QItemSelectionModel, pyqtSignal
from PyQt6.QtWidgets import QWidget

from annotator.gui.actions import ActionSpec, key_words, resolved
from annotator.gui.actions.clashes import Clash, Target, Weight, clashes
from annotator.gui.actions.keymap import with_code_keys, with_keys, without_changes
from annotator.gui.actions.presets import PRESETS
from annotator.gui.dialogs.keys_editor_parts import KeysEditorParts
from annotator.gui.dialogs.keys_model import KeyRow, KeysModel, key_rows
from annotator.model.codebook import Codebook
from annotator.storage.settings import KeyChoices, KeyPreset

CHOOSE = "Choose a row to change its keys."
NO_KEY = "no key"


class KeysEditor(QWidget):
    """Changes act at once; `chosen` tells them."""

    chosen = pyqtSignal(object)  # KeyChoices

    def __init__(self, specs: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = tuple(specs)
        self._book: Codebook | None = None
        self._choices = KeyChoices()
        self._target: Target | None = None
        self._offered = ""
        self.model = KeysModel(self)
        self.parts = KeysEditorParts(self, self.model)
        self._connect()
        self._show()

    @property
    def choices(self) -> KeyChoices:
        """What is chosen now."""
        return self._choices

    def show_keys(self, choices: KeyChoices, book: Codebook | None) -> None:
        """Show the keys of the actions and of a book's codes; None where no session is open."""
        self._choices, self._book = choices, book
        self._show()

    def search(self, text: str) -> None:
        """Show only what fits, as if it had been typed."""
        self.parts.search.setText(text)

    def choose(self, target: Target) -> None:
        """Turn to an action or code."""
        place = self.model.place_of(target)
        selection = self.parts.table.selectionModel()
        if place >= 0 and selection is not None:
            flags = QItemSelectionModel.SelectionFlag
            index = self.model.index(place, 0)
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.parts.table.scrollTo(index)

    def offer(self, key: str) -> None:
        """Give the chosen action or code one key more, asking first where others lose it."""
        row = self._row()
        if row is None:
            return
        if key in row.keys:
            self._say(f"{key_words(key)} does “{row.target.name}” already.")
            return
        keys = resolved(self._choices, self._book, self._specs)
        found = clashes(key, row.target, keys, self._book, self._specs)
        self._offered = key
        if found and found[0].weight is Weight.REFUSE:
            self._say(found[0].text)
        elif found and found[0].weight is Weight.ASK:
            self._ask(key, row, found)
        else:
            self._give(key, found)

    def accept_offer(self) -> None:
        """Give the key that was asked about."""
        if self._offered and self.parts.is_asking:
            self._give(self._offered, ())

    def decline_offer(self) -> None:
        """Leave the key where it is."""
        self._offered = ""
        self._say("Nothing was changed.")
        self.parts.recorder.setFocus()

    def take(self, key: str) -> None:
        """Take a key from the chosen action or code."""
        row = self._row()
        if row is not None:
            self._set([one for one in row.keys if one != key])
            self._say(f"{key_words(key)} does not do “{row.target.name}” any more.")

    def reset_one(self) -> None:
        """Give the chosen action or code the keys it has by itself."""
        row = self._row()
        if row is None:
            return
        without = {one: keys for one, keys in self._own(row.target).items() if one != row.target.id}
        self._take_up(self._with_own(row.target, without))
        self._say(f"“{row.target.name}” has its usual keys again, as far as they are free.")

    def reset_all(self) -> None:
        """Give all of them the keys of the preset and of the codebook."""
        self._take_up(without_changes(self._choices, self._book))
        self._say("All keys are those of the preset and of the codebook again.")

    def _own(self, target: Target) -> dict[str, tuple[str, ...]]:
        if not target.is_code:
            return dict(self._choices.actions)
        return dict(self._choices.codes.get(self._book.id, {})) if self._book is not None else {}

    def _with_own(self, target: Target, own: dict[str, tuple[str, ...]]) -> KeyChoices:
        choices = self._choices
        if not target.is_code:
            return KeyChoices(choices.preset, own, choices.codes, choices.extra)
        codes = dict(choices.codes)
        if self._book is not None:
            codes[self._book.id] = own
        kept = {book: keys for book, keys in codes.items() if keys}
        return KeyChoices(choices.preset, choices.actions, kept, choices.extra)

    def _connect(self) -> None:
        parts = self.parts
        parts.search.textChanged.connect(self._search)
        parts.preset.activated.connect(self._choose_preset)
        parts.recorder.recorded.connect(self.offer)
        parts.recorder.began.connect(lambda: self._say(""))
        parts.accept.clicked.connect(self.accept_offer)
        parts.decline.clicked.connect(self.decline_offer)
        parts.reset_one.clicked.connect(self.reset_one)
        parts.reset_all.clicked.connect(self.reset_all)
        parts.chips.removed.connect(self.take)
        if (selection := parts.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._turn())

    def _show(self) -> None:
        keys = resolved(self._choices, self._book, self._specs)
        self.model.show_rows(key_rows(self._specs, self._book, self._choices, keys))
        place = self.parts.preset.findData(self._choices.preset)
        self.parts.preset.setCurrentIndex(place)
        self.parts.remark.setText(PRESETS[self._choices.preset].remark)
        self._find_again()
        self._show_row()

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._find_again()
        self._show_row()

    def _find_again(self) -> None:
        """Keep to the row that was chosen, or else take the first."""
        target = self._target
        if target is not None and self.model.place_of(target) >= 0:
            self.choose(target)
        elif (first := self.model.row_at(0)) is not None:
            self.choose(first.target)

    def _turn(self) -> None:
        row = self.model.row_at(self.parts.table.currentIndex().row())
        if row is not None and row.target != self._target:
            self._target, self._offered = row.target, ""
            self._say("")
        self._show_row()

    def _row(self) -> KeyRow | None:
        return self.model.row_at(self.parts.table.currentIndex().row())

    def _show_row(self) -> None:
        row = self._row()
        self.parts.show_row(row)
        if row is None:
            self.parts.heading.setText(CHOOSE)

    def _choose_preset(self, place: int) -> None:
        preset = KeyPreset(self.parts.preset.itemData(place))
        choices = self._choices
        self._take_up(KeyChoices(preset, choices.actions, choices.codes, choices.extra))
        own = len(choices.actions)
        kept = f" Your own {own} changes stay." if own > 1 else " Your own change stays." * own
        self._say(f"The keys are those of {PRESETS[preset].name} now.{kept}")

    def _ask(self, key: str, row: KeyRow, found: Sequence[Clash]) -> None:
        told = " ".join(clash.text for clash in found if clash.weight is Weight.ASK)
        self.parts.ask(f"{told} Shall {key_words(key)} do “{row.target.name}”?")

    def _give(self, key: str, notes: Sequence[Clash]) -> None:
        row = self._row()
        if row is None:
            return
        self._offered = ""
        self._set([*row.keys, key])
        told = [f"{key_words(key)} does “{row.target.name}” now.", *(one.text for one in notes)]
        self._say(" ".join(told))
        self.parts.recorder.setFocus()

    def _set(self, keys: Sequence[str]) -> None:
        row = self._row()
        if row is None:
            return
        if not row.target.is_code:
            self._take_up(with_keys(self._choices, self._book, row.target.id, tuple(keys)))
        elif self._book is not None:
            own = with_code_keys(self._choices, self._book, row.target.id, tuple(keys))
            self._take_up(own)

    def _take_up(self, choices: KeyChoices) -> None:
        self._choices = choices
        self._show()
        self.chosen.emit(choices)

    def _say(self, text: str) -> None:
        self.parts.say(text)
