"""To whom somebody may be shown, and what must be masked for each: one grid to tick."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from annotator.gui.dialogs.consent_words import MASK_HEADS, level_words
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.consent_rules import demanded_masks
from annotator.model.participant import Consent, ConsentScope, Mask, Masking

_LEVELS = tuple(ConsentScope)


class LevelsGrid(QWidget):
    """Tells the consent that results of each tick."""

    ticked = pyqtSignal(object)  # Consent

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.allowed = {level: QCheckBox(level_words(level)) for level in _LEVELS}
        self.masks = {(level, mask): QCheckBox() for level in _LEVELS for mask, _ in MASK_HEADS}
        self._heads = [QLabel(words) for _, words in MASK_HEADS]
        self._consent = Consent()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    def show_consent(self, consent: Consent, *, is_open: bool) -> None:
        """Show what a consent allows and demands; ticks can be set where `is_open`."""
        self._consent = consent
        for level, box in self.allowed.items():
            with QSignalBlocker(box):
                box.setChecked(is_allowed(consent, level))
            box.setEnabled(is_open)
        for (level, mask), box in self.masks.items():
            own = any(mask in one.masks for one in consent.masks if one.level is level)
            demanded = mask in demanded_masks(consent, level)
            with QSignalBlocker(box):
                box.setChecked(demanded)
            box.setEnabled(is_open and (own or not demanded))
            box.setToolTip("" if own or not demanded else "Demanded for a narrower level already")

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for head in self._heads:
            dress_quiet(head, theme)

    def _lay_out(self, theme: Theme) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.spacing)
        grid.setVerticalSpacing(theme.spacing_tiny)
        grid.setColumnStretch(len(MASK_HEADS) + 1, 1)
        middle = Qt.AlignmentFlag.AlignHCenter
        for column, head in enumerate(self._heads, 1):
            grid.addWidget(head, 0, column, middle)
        for row, level in enumerate(_LEVELS, 1):
            grid.addWidget(self.allowed[level], row, 0)
            for column, (mask, words) in enumerate(MASK_HEADS, 1):
                box = self.masks[level, mask]
                box.setAccessibleName(f"{words} masked for {level.told}")
                grid.addWidget(box, row, column, middle)

    def _connect(self) -> None:
        for level, box in self.allowed.items():
            box.toggled.connect(lambda on, level=level: self._allow(level, on=on))
        for (level, mask), box in self.masks.items():
            box.toggled.connect(lambda on, level=level, mask=mask: self._mask(level, mask, on=on))

    def _allow(self, level: ConsentScope, *, on: bool) -> None:
        self.ticked.emit(with_level(self._consent, level, on=on))

    def _mask(self, level: ConsentScope, mask: Mask, *, on: bool) -> None:
        self.ticked.emit(with_mask(self._consent, level, mask, on=on))


def is_allowed(consent: Consent, level: ConsentScope) -> bool:
    """Whether a consent, as far as it is given, holds a level."""
    return consent.scope.holds(level) and level not in consent.withheld


def with_level(consent: Consent, level: ConsentScope, *, on: bool) -> Consent:
    """Give a consent that allows a level too, or no more; where none is left it allows nothing."""
    wanted = {one for one in _LEVELS if is_allowed(consent, one)} - {level}
    wanted |= {level} if on else set()
    widest = max(wanted, key=_LEVELS.index, default=ConsentScope.PRIVATE)
    left_out = tuple(one for one in _LEVELS if widest.holds(one) and one not in wanted)
    return replace(consent, scope=widest, withheld=left_out)


def with_mask(consent: Consent, level: ConsentScope, mask: Mask, *, on: bool) -> Consent:
    """Give a consent that demands a mask from a level on, or no more there."""
    own = {one.level: one for one in consent.masks}
    there = own.get(level, Masking(level, ()))
    masks = tuple(
        one for one in Mask if (one in there.masks and one is not mask) or (one is mask and on)
    )
    own[level] = replace(there, masks=masks)
    kept = (own[one] for one in _LEVELS if one in own)
    return replace(consent, masks=tuple(one for one in kept if one.masks))
