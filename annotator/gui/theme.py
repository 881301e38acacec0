"""The look of the window: colours, spaces and type, in a light and a dark version."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFont, QPalette
from PyQt6.QtWidgets import QApplication

from annotator.gui.style import Style
from annotator.storage.settings import ThemeChoice

BODY_PX = 14
SMALL_PX = 12
READOUT_PX = 20


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour and size that the window uses; sizes are logical pixels, `scale` in them.

    `background` lies under everything, `surface` carries text, `surface_raised` stands out
    from it (buttons, key caps, headings); `line` parts, `line_strong` outlines what can be
    pressed.
    """

    is_dark: bool
    background: QColor
    surface: QColor
    surface_raised: QColor
    hover: QColor
    pressed: QColor
    line: QColor
    line_strong: QColor
    text: QColor
    text_muted: QColor
    accent: QColor
    accent_text: QColor
    selection: QColor
    focus: QColor
    danger: QColor
    warning: QColor
    success: QColor
    info: QColor
    playhead: QColor
    film_surround: QColor
    spacing_tiny: int = 4
    spacing_small: int = 8
    spacing: int = 12
    spacing_large: int = 16
    spacing_huge: int = 24
    radius: int = 6
    scale: float = 1.0

    def body(self, font: QFont) -> QFont:
        """Give the font at the size of running text."""
        return _sized(font, round(BODY_PX * self.scale))

    def small(self, font: QFont) -> QFont:
        """Give the font at the size of what stands beside."""
        return _sized(font, round(SMALL_PX * self.scale))

    def readout(self, font: QFont) -> QFont:
        """Give the font of the large clock."""
        sized = self.digits(_sized(font, round(READOUT_PX * self.scale)))
        sized.setWeight(QFont.Weight.DemiBold)
        return sized

    def digits(self, font: QFont) -> QFont:
        """Give the font with digits of one width, so that running numbers do not shake."""
        tabular = QFont(font)
        if hasattr(QFont, "Tag"):
            tabular.setFeature(QFont.Tag(b"tnum"), 1)
        return tabular


def light(scale: float = 1.0) -> Theme:
    """Give the theme for a bright room, drawn so many times as large."""
    theme = Theme(
        is_dark=False,
        background=QColor("#eef1f3"),
        surface=QColor("#ffffff"),
        surface_raised=QColor("#f5f7f8"),
        hover=QColor("#e6f1f2"),
        pressed=QColor("#cfe5e7"),
        line=QColor("#dbe1e5"),
        line_strong=QColor("#7c8a95"),
        text=QColor("#1b262d"),
        text_muted=QColor("#55636d"),
        accent=QColor("#0b6e79"),
        accent_text=QColor("#ffffff"),
        selection=QColor("#cce8ea"),
        focus=QColor("#0b6e79"),
        danger=QColor("#b3261e"),
        warning=QColor("#8a5300"),
        success=QColor("#1d6b3c"),
        info=QColor("#0b5f87"),
        playhead=QColor("#c2271d"),
        film_surround=QColor("#14191d"),
    )
    return _scaled(theme, scale)


def dark(scale: float = 1.0) -> Theme:
    """Give the theme for a dim room, drawn so many times as large."""
    theme = Theme(
        is_dark=True,
        background=QColor("#12171b"),
        surface=QColor("#1a2126"),
        surface_raised=QColor("#242d33"),
        hover=QColor("#25383c"),
        pressed=QColor("#2b4a4f"),
        line=QColor("#2e383f"),
        line_strong=QColor("#71808b"),
        text=QColor("#e8edf0"),
        text_muted=QColor("#a3b0b9"),
        accent=QColor("#4fb9c4"),
        accent_text=QColor("#06262a"),
        selection=QColor("#1f4a50"),
        focus=QColor("#6fd0da"),
        danger=QColor("#ff8a80"),
        warning=QColor("#f2b75c"),
        success=QColor("#7ed09a"),
        info=QColor("#7cc4ea"),
        playhead=QColor("#ff6f61"),
        film_surround=QColor("#080b0d"),
    )
    return _scaled(theme, scale)


def theme_for(
    app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM, scale: float = 1.0
) -> Theme:
    """Give the theme that was chosen, or that the system asks for; light where it does not say."""
    hints = app.styleHints()
    wants_dark = hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
    if choice is not ThemeChoice.SYSTEM:
        wants_dark = choice is ThemeChoice.DARK
    return dark(scale) if wants_dark else light(scale)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole program a theme."""
    app.setStyle(Style(theme))
    app.setPalette(_palette(theme))
    app.setFont(theme.body(app.font()))
    app.setStyleSheet(_stylesheet(theme))


def contrast(one: QColor, other: QColor) -> float:
    """Compute the contrast of two colours, 1 to 21, as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: QColor) -> QColor:
    """Choose black or white text, whichever reads better on a colour."""
    black, white = QColor("#101518"), QColor("#ffffff")
    return black if contrast(black, colour) >= contrast(white, colour) else white


def tinted(colour: QColor, theme: Theme, share: float = 0.25) -> QColor:
    """Mix a code's colour into the theme's surface, `share` of it from 0 to 1."""
    base = theme.surface
    return QColor.fromRgbF(
        *(
            min(1.0, max(0.0, part * share + ground * (1 - share)))
            for part, ground in zip(_parts(colour), _parts(base), strict=True)
        )
    )


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    knee = 0.04045
    return part / 12.92 if part <= knee else ((part + 0.055) / 1.055) ** 2.4


def _sized(font: QFont, pixels: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    return sized


def _scaled(theme: Theme, scale: float) -> Theme:
    sizes = {name: round(getattr(theme, name) * scale) for name in _SIZES}
    return replace(theme, scale=scale, **sizes)


_SIZES = (
    *("spacing_tiny", "spacing_small", "spacing", "spacing_large", "spacing_huge"),
    "radius",
)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
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
        palette.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, theme.line_strong)
    return palette


def _stylesheet(theme: Theme) -> str:
    names = {
        field: getattr(theme, field).name()
        for field in theme.__slots__
        if isinstance(getattr(theme, field), QColor)
    }
    sheet = _SHEET.format(**names, radius=theme.radius)
    return _MORE_THAN_A_LINE.sub(lambda px: f"{round(int(px[1]) * theme.scale)}px", sheet)


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
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border: 2px solid {text}; }}
QToolButton {{ background: transparent; color: {text}; border: 1px solid transparent;
  border-radius: {radius}px; padding: 4px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {pressed}; }}
QToolButton:focus {{ border-color: {focus}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox {{ background: {surface}; color: {text};
  border: 1px solid {line_strong}; border-radius: {radius}px; padding: 4px 8px;
  selection-background-color: {selection}; selection-color: {text}; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus {{
  border: 2px solid {focus}; padding: 3px 7px; }}
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
QSplitter::handle {{ background: {background}; }}
QStatusBar {{ background: {background}; color: {text_muted}; }}
QStatusBar::item {{ border: none; }}
QTableView, QTextBrowser {{ border: 2px solid {surface}; }}
QTableView:focus, QTextBrowser:focus {{ border: 2px solid {focus}; }}
QCheckBox:focus {{ background: {selection}; border-radius: {radius}px; }}
"""
