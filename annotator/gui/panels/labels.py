"""The kinds of words beside the work: headings and what is said in a lower voice."""

from __future__ import annotations

from PyQt6.QtWidgets import QLabel, QWidget

from annotator.gui.theme import SMALL_PX, Theme


def dress(part: QWidget, sheet: str) -> None:
    """Give a part its style sheet, if it has another: Qt then styles anew all that is in it."""
    if part.styleSheet() != sheet:
        part.setStyleSheet(sheet)


def dress_heading(label: QLabel, theme: Theme) -> None:
    """Make a label the name of what stands under it."""
    dress(label, f"color: {theme.text.name()}; font-weight: 600;")


def dress_small_heading(label: QLabel, theme: Theme) -> None:
    """Make a label the name of a group within a list."""
    colour = theme.text_muted.name()
    dress(label, f"color: {colour}; font-weight: 600; font-size: {theme.px(SMALL_PX)}px;")


def dress_quiet(label: QLabel, theme: Theme) -> None:
    """Let a label stand back."""
    dress(label, f"color: {theme.text_muted.name()};")
