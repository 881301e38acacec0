"""The fields of a consent stand in one row each, all alike, with their names beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.app import make_application
from annotator.gui.dialogs.consent_form import ConsentForm
from annotator.gui.theme import Theme, apply_theme, light
from annotator.model.participant import Participant, ParticipantRole


@pytest.fixture(params=[1.0, 2.0])
def theme(request: pytest.FixtureRequest) -> Iterator[Theme]:
    chosen = light(request.param)
    apply_theme(make_application(), chosen)
    yield chosen
    apply_theme(make_application(), light())


def middle(part: QWidget) -> int:
    return part.geometry().center().y()


def test_each_name_stands_at_the_height_of_its_field(qtbot: QtBot, theme: Theme) -> None:
    form = ConsentForm(theme)
    qtbot.add_widget(form)
    form.show_person(Participant("t", ParticipantRole.THERAPIST, "T01"))
    form.resize(theme.px(520), theme.px(640))
    form.show()
    names = {one.text(): one for one in form.findChildren(QLabel)}
    lines = (("Status", form.status), ("Note", form.lines["note"]))
    off = [middle(names[words]) - middle(field) for words, field in lines]
    assert abs(off[0] - off[1]) <= 1
    assert form.status.height() == form.lines["note"].height()
