"""The look reads well in both themes."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QColor

from annotator.gui.theme import Theme, contrast, dark, light, readable_on, tinted

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
