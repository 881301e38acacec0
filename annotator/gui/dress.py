"""Dresses Qt's own parts in a theme: the palette and the sheet of styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PyQt6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from annotator.gui.theme import Theme


def palette(theme: Theme) -> QPalette:
    """Give Qt's own parts the theme's colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for one, colour in (
        (role.Window, theme.background),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.surface_raised),
        (role.Text, theme.text),
        (role.Button, theme.surface_raised),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.surface_raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text_muted),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.Link, theme.accent),
        (role.Mid, theme.line),
        (role.Dark, theme.line_strong),
    ):
        made.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, theme.line_strong)
    return made


def stylesheet(theme: Theme) -> str:
    """Write the sheet that shapes Qt's own parts, in the theme's colours and sizes."""
    names = {
        field: getattr(theme, field).name()
        for field in theme.__slots__
        if isinstance(getattr(theme, field), QColor)
    }
    sheet = _SHEET.format(**names, radius=theme.radius)
    return _MORE_THAN_A_LINE.sub(lambda px: f"{theme.px(int(px[1]))}px", sheet)


_MORE_THAN_A_LINE = re.compile(r"(?<!border-radius: )\b([3-9]|\d\d+)px")


_SHEET = """
QToolTip {{ background: {surface_raised}; color: {text}; border: 1px solid {line_strong};
  padding: 8px; }}
QPushButton {{ background: {surface_raised}; color: {text}; border: 1px solid {line_strong};
  border-radius: {radius}px; padding: 7px 16px; min-height: 20px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 6px 15px; }}
QPushButton:disabled {{ color: {line_strong}; border-color: {line}; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {accent}; color: {accent_text};
  border-color: {accent}; font-weight: 600; }}
QPushButton:default:disabled, QPushButton[primary="true"]:disabled {{
  background: {surface_raised}; color: {line_strong}; border-color: {line}; }}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border: 2px solid {text}; }}
QToolButton {{ background: transparent; color: {text}; border: 1px solid transparent;
  border-radius: {radius}px; padding: 4px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {pressed}; }}
QToolButton:focus {{ border-color: {focus}; }}
QToolButton:disabled {{ color: {line_strong}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ background: {surface}; color: {text};
  border: 1px solid {line_strong}; border-radius: {radius}px; padding: 4px 8px;
  selection-background-color: {selection}; selection-color: {text}; }}
QLineEdit:focus, QPlainTextEdit:focus {{
  border: 2px solid {focus}; padding: 3px 7px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{
  background: {background}; color: {text_muted}; border-color: {line}; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line_strong};
  padding: 2px; }}
QTableView {{ background: {surface}; alternate-background-color: {surface_raised};
  border: none; gridline-color: {line}; }}
QHeaderView::section {{ background: {surface_raised}; color: {text_muted}; border: none;
  border-bottom: 1px solid {line}; padding: 6px 8px; font-weight: 600; }}
QMenuBar {{ background: {background}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: {radius}px; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {surface}; border: 1px solid {line_strong}; padding: 6px; }}
QMenu::item {{ padding: 6px 28px 6px 16px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {line_strong}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 4px; margin: 2px;
  min-height: 28px; min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {line}; border: none; border-radius: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QSplitter::handle {{ background: {background}; }}
QStatusBar {{ background: {background}; color: {text_muted}; }}
QStatusBar::item {{ border: none; }}
QTableView, QTextBrowser {{ border: 2px solid {surface}; }}
QTableView:focus, QTextBrowser:focus {{ border: 2px solid {focus}; }}
QCheckBox:focus {{ background: {selection}; border-radius: {radius}px; }}
"""
