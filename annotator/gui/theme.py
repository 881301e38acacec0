"""The look of the window: colours, spaces and type, in a light and a dark version."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PyQt6.QtWidgets import QApplication

from annotator.gui.dress import palette, stylesheet
from annotator.gui.style import Style
from annotator.storage.settings import ThemeChoice

BODY_PX = 14
SMALL_PX = 12
READOUT_PX = 20
TITLE_PX = 18
LEAST_SCALE, MOST_SCALE = 0.8, 2.0
USUAL_POINTS = {"win32": (9, 9), "darwin": (13, 13)}
USUAL_POINTS_ELSEWHERE = (9, 11)
"""Between these sizes lies the type that a system has where nobody asked for another."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour and size that the window uses; sizes are logical pixels, `scale` in them.

    `scale` is how much larger type is than usual; what holds text grows with it by `px`.

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

    def px(self, size: float) -> int:
        """Give a size, meant for usual type, in whole pixels for the type there is."""
        return round(size * self.scale)

    def body(self, font: QFont) -> QFont:
        """Give the font at the size of running text."""
        return _sized(font, self.px(BODY_PX))

    def small(self, font: QFont) -> QFont:
        """Give the font at the size of what stands beside."""
        return _sized(font, self.px(SMALL_PX))

    def readout(self, font: QFont, height: int) -> QFont:
        """Give the font of the large clock, `height` pixels high."""
        sized = self.digits(_sized(font, height))
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
    return (dark if wants_dark else light)(_within(_system_scale(app) * scale))


def _system_scale(app: QApplication) -> float:
    type_ = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    screen = app.primaryScreen()
    dpi = screen.logicalDotsPerInch() if screen is not None else 0.0
    return text_scale(type_.pointSizeF(), dpi, sys.platform)


def text_scale(points: float, dpi: float, platform: str) -> float:
    """Tell how much larger the system's type is than usual, from 0.8 to 2.

    `points` and `dpi` are the system's own, 0 where it does not say; `platform` is Python's name.
    """
    least, most = USUAL_POINTS.get(platform, USUAL_POINTS_ELSEWHERE)
    usual_dpi = 72.0 if platform == "darwin" else 96.0
    points, dpi = max(points, 0) or least, max(dpi, 0) or usual_dpi
    scale = points / max(least, min(points, most)) * dpi / usual_dpi
    return _within(scale)


def _within(scale: float) -> float:
    return max(LEAST_SCALE, min(scale, MOST_SCALE))


def title(font: QFont) -> QFont:
    """Give the running text's font at the size of a title."""
    sized = _sized(font, round(QFontInfo(font).pixelSize() * TITLE_PX / BODY_PX))
    sized.setWeight(QFont.Weight.DemiBold)
    return sized


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole program in a theme, unless it is worn already: each widget costs time."""
    if app.property(_WORN) == theme:
        return
    app.setProperty(_WORN, theme)
    app.setStyle(Style(theme))
    app.setPalette(palette(theme))
    app.setFont(theme.body(app.font()))
    app.setStyleSheet(stylesheet(theme))


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


_WORN = "worn theme"
"""The property of the application that tells which theme it wears."""

_SIZES = (
    *("spacing_tiny", "spacing_small", "spacing", "spacing_large", "spacing_huge"),
    "radius",
)
