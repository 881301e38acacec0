"""Text of the style sheet reads on its ground, and controls can be told from theirs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QRadioButton,
    QSlider,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from annotator.gui.app import make_application
from annotator.gui.theme import Theme, apply_theme, contrast, dark, light

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
BOTH = pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
TEXT, PARTS = 4.5, 3.0  # WCAG 2.1, level AA


def colours_of(body: str) -> dict[str, QColor]:
    found = re.findall(r"([\w-]+)\s*:\s*(?:[\w ]*\s)?(#[0-9a-fA-F]{6})", body)
    return {name: QColor(value) for name, value in found}


@pytest.fixture(autouse=True)
def usual_look() -> object:
    yield
    return apply_theme(make_application(), light())


@BOTH
def test_each_rule_with_text_and_ground_reads(theme: Theme) -> None:
    app = make_application()
    apply_theme(app, theme)
    checked = 0
    for selector, body in RULE.findall(app.styleSheet()):
        colours = colours_of(body)
        ground = colours.get("background", theme.surface)
        ink = colours.get("color")
        if ink is None or "disabled" in selector:  # which WCAG leaves out
            continue
        checked += 1
        for one in (ground, theme.surface, theme.background) if len(colours) == 1 else (ground,):
            assert contrast(ink, one) >= TEXT, selector
    assert checked > 6


@BOTH
def test_the_palette_reads(theme: Theme) -> None:
    apply_theme(make_application(), theme)
    palette, role = QApplication.palette(), QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Base),
    ):
        assert contrast(palette.color(ink), palette.color(ground)) >= TEXT, (ink, ground)


@BOTH
def test_a_round_box_can_be_told_from_its_ground_and_shows_its_mark(
    qtbot: QtBot, theme: Theme
) -> None:
    apply_theme(make_application(), theme)
    radio = QRadioButton("x")
    qtbot.addWidget(radio)
    radio.resize(120, 30)
    off = radio.grab().toImage()
    radio.setChecked(True)
    on = radio.grab().toImage()
    assert off != on
    for image in (off, on):
        inks = {image.pixelColor(x, y).name() for x in range(16) for y in range(30)}
        assert any(contrast(QColor(ink), theme.background) >= PARTS for ink in inks)
    radio.setEnabled(False)
    assert radio.grab().toImage() not in (off, on)


@BOTH
@pytest.mark.parametrize("make", [QComboBox, QDoubleSpinBox, QSpinBox])
def test_fields_are_flat_and_show_arrows(
    qtbot: QtBot, theme: Theme, make: Callable[[], QComboBox | QAbstractSpinBox]
) -> None:
    apply_theme(make_application(), theme)
    field = make()
    qtbot.addWidget(field)
    field.resize(120, 30)
    image = field.grab().toImage()
    assert {image.pixelColor(60, y).name() for y in range(3, 27)} == {theme.surface.name()}
    arrow = {image.pixelColor(x, y).name() for x in range(95, 117) for y in range(4, 26)}
    assert any(contrast(QColor(ink), theme.surface) >= PARTS for ink in arrow)
    field.setEnabled(False)
    assert field.grab().toImage() != image


@BOTH
def test_the_knob_of_a_slider_can_be_seen_and_shows_the_focus(qtbot: QtBot, theme: Theme) -> None:
    apply_theme(make_application(), theme)
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.resize(200, 30)
    slider.setValue(50)
    with qtbot.wait_active(slider):
        slider.show()
    slider.setFocus()
    qtbot.wait_until(slider.hasFocus)
    focused = slider.grab().toImage()
    slider.clearFocus()
    usual = slider.grab().toImage()
    slider.setEnabled(False)
    disabled = slider.grab().toImage()
    assert usual not in (focused, disabled)
    for image in (focused, usual, disabled):
        assert contrast(image.pixelColor(100, 15), theme.background) >= PARTS


def test_a_slider_grows_with_the_type(qtbot: QtBot) -> None:
    heights = []
    for scale in (1.0, 2.0):
        apply_theme(make_application(), light(scale))
        slider = QSlider(Qt.Orientation.Horizontal)
        qtbot.addWidget(slider)
        heights.append(slider.sizeHint().height())
    assert heights[1] >= 1.8 * heights[0]


def test_an_arrow_that_leads_no_further_is_faint(qtbot: QtBot) -> None:
    apply_theme(make_application(), light())
    number = QSpinBox()
    number.setRange(0, 1)
    qtbot.addWidget(number)
    number.resize(120, 30)
    halves = []
    for value in (0, 1):
        number.setValue(value)
        image = number.grab().toImage()
        rows = (range(3, 15), range(15, 27))
        halves.append(
            [
                min(image.pixelColor(x, y).lightness() for x in range(95, 117) for y in half)
                for half in rows
            ]
        )
    (up_at_0, down_at_0), (up_at_1, down_at_1) = halves
    assert up_at_0 < up_at_1
    assert down_at_1 < down_at_0


@BOTH
def test_a_box_can_be_told_from_its_ground_and_shows_its_mark(qtbot: QtBot, theme: Theme) -> None:
    apply_theme(make_application(), theme)
    box, number = QCheckBox("x"), QDoubleSpinBox()
    for widget in (box, number):
        qtbot.addWidget(widget)
        widget.resize(120, 30)
    off = box.grab().toImage()
    box.setChecked(True)
    on = box.grab().toImage()
    assert off != on
    edge = number.grab().toImage().pixelColor(0, 15)
    assert contrast(edge, theme.background) >= PARTS
    inks = {off.pixelColor(x, 15).name() for x in range(20)}
    assert any(contrast(QColor(ink), theme.background) >= PARTS for ink in inks)


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_sizes_follow_the_scale(qtbot: QtBot, scale: float) -> None:
    app = make_application()
    apply_theme(app, light(scale))
    assert app.font().pixelSize() == round(14 * scale)
    box = QCheckBox("x")
    qtbot.addWidget(box)
    usual = box.sizeHint().height()
    assert usual >= round(13 * scale)
    assert light(scale).spacing == round(12 * scale)
    assert f"padding: {round(8 * scale)}px" in app.styleSheet()
