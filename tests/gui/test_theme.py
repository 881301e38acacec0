"""The look reads well in both themes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtGui import QColor, QFont

from annotator.gui.theme import Theme, contrast, dark, light, readable_on, text_scale, tinted

TEXT = 4.5  # WCAG 2.1, level AA
PARTS = 3.0  # the same, for what is no text


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_text_reads_on_every_ground_it_stands_on(theme: Theme) -> None:
    grounds = (theme.background, theme.surface, theme.surface_raised, theme.hover)
    for ground in grounds:
        assert contrast(theme.text, ground) >= 7
        for ink in (theme.text_muted, theme.danger, theme.warning, theme.success, theme.info):
            assert contrast(ink, ground) >= TEXT
    assert contrast(theme.text, theme.selection) >= TEXT
    assert contrast(theme.accent_text, theme.accent) >= TEXT


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_outlines_and_marks_can_be_told_from_their_ground(theme: Theme) -> None:
    for mark in (theme.line_strong, theme.focus, theme.playhead, theme.accent):
        assert contrast(mark, theme.surface) >= PARTS


@pytest.mark.parametrize("colour", ["#4477aa", "#ccbb44", "#228833", "#ee6677", "#bbbbbb"])
def test_text_on_a_code_colour_reads(colour: str) -> None:
    assert contrast(readable_on(QColor(colour)), QColor(colour)) >= TEXT


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)


def test_a_tint_lies_between_colour_and_surface() -> None:
    assert tinted(QColor("#000000"), light(), 0.0) == light().surface


@pytest.mark.parametrize(
    ("points", "dpi", "platform", "scale"),
    [
        (9, 96, "win32", 1),
        (11.25, 96, "win32", 1.25),
        (9, 96, "linux", 1),
        (11, 96, "linux", 1),
        (16.5, 96, "linux", 1.5),
        (9, 144, "linux", 1.5),
        (13, 72, "darwin", 1),
        (40, 96, "linux", 2),
        (0, 0, "linux", 1),
    ],
)
def test_type_is_as_much_larger_as_the_system_wants(
    points: float, dpi: float, platform: str, scale: float
) -> None:
    assert text_scale(points, dpi, platform) == pytest.approx(scale)


def test_larger_type_takes_what_holds_it_along() -> None:
    large = replace(light(), scale=1.5)
    assert large.body(QFont()).pixelSize() == 21
    assert large.small(QFont()).pixelSize() == 18
    assert large.px(30) == 45
