"""Tabs of a dialog, as quiet as those beside the film."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QTableView, QTabWidget

from annotator.gui.panels.labels import dress
from annotator.gui.theme import Theme

ROW = 30


def give_rows_room(table: QTableView, theme: Theme) -> None:
    """Let the rows of a table grow with the type."""
    if (side := table.verticalHeader()) is not None:
        side.setDefaultSectionSize(theme.px(ROW))


def bar_style(theme: Theme) -> str:
    """Give the style sheet of a quiet row of tabs."""
    background = theme.background.name()
    return (
        f"QTabBar {{ background: {background}; }}"
        f"QTabBar::tab {{ background: {background}; color: {theme.text_muted.name()};"
        f" border: none; border-bottom: 2px solid transparent;"
        f" padding: {theme.spacing_small}px; }}"
        f"QTabBar::tab:selected {{ color: {theme.text.name()};"
        f" border-bottom-color: {theme.accent.name()}; }}"
        f"QTabBar::tab:hover {{ background: {theme.hover.name()}; }}"
        f"QTabBar::tab:selected:focus {{ background: {theme.selection.name()}; }}"
    )


class Tabs(QTabWidget):
    """Pages of which one is shown, chosen by its name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setUsesScrollButtons(False)  # names shorten instead, so that none is out of sight
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if (bar := self.tabBar()) is not None:
            bar.setDrawBase(False)
            bar.setElideMode(Qt.TextElideMode.ElideRight)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress(self, "QTabWidget::pane { border: none; }" + bar_style(theme))
