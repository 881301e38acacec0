"""Clips that cannot be made are told in the window before anything is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.choices import Source, Writes
from annotator.gui.clips.presets import NO_PICTURE, NO_SOUND
from annotator.gui.clips.window import ClipsWindow
from annotator.model import Interval, Mask, Micros
from annotator.model.time import SECOND
from tests.support.clip_making import (
    PATIENCE_MS,
    Person,
    cells,
    choose,
    clipping,
    make,
    settle,
    show,
)
from tests.support.clip_sessions import clip_session
from tests.support.programs import open_and_wait
from tests.support.timing_clips import ClipKind, TimingClip

GIF = "A silent moving picture (GIF)"
TOLD = (
    "An animated GIF may be 30 s long at most, and this clip lasts 45.0 s. "
    "Choose a shorter clip, or the kind mp4."
)


@pytest.fixture
def window(
    qtbot: QtBot,
    program: Program,
    person: Person,
    clip_of: Callable[[ClipKind], TimingClip],
    tmp_path: Path,
) -> ClipsWindow:
    """Open a session of 90 s, and choose two stretches, one of 45 s."""
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
    path, films = tmp_path / "talk.session.json", [(tmp_path / "talk.mp4", 0)]
    region = Interval(Micros(0), Micros(90 * SECOND))
    made = clip_session(path, films, region=region)
    path.unlink()
    passes = tuple(replace(one, coder="A") for one in made.passes)
    clip_session(path, films, region=region, passes=passes)
    open_and_wait(qtbot, program, path)
    show(qtbot, program)
    dialog = choose(qtbot, program)
    dialog.fields.where.take_folder(tmp_path / "out")
    person.listed = tmp_path / "moments.csv"
    person.listed.write_text("start,end\n1,1.5\n1,46\n", encoding="utf-8")
    dialog.fields.what.choose(Source.LIST)
    dialog.fields.what.take_list(person.listed)
    pick(dialog, GIF)
    settle(qtbot, program)
    return dialog


def pick(window: ClipsWindow, preset: str) -> None:
    field = window.fields.how.preset
    field.setCurrentIndex(field.findText(preset))


def test_a_gif_that_is_too_long_is_told_in_its_row(
    qtbot: QtBot, program: Program, window: ClipsWindow, tmp_path: Path
) -> None:
    short, long = cells(window)
    assert (short[3], long[3]) == ("Will be made", TOLD)
    assert window.clips.reason.text() == TOLD
    assert window.summary.text() == f"1 clip will be made in {tmp_path / 'out'}; 1 cannot be made."
    make(qtbot, program)
    assert [one[3] for one in cells(window)] == ["Made", TOLD]
    assert len(list((tmp_path / "out").glob("*.gif"))) == 1


def test_nothing_can_be_made_where_all_are_too_long(
    qtbot: QtBot, program: Program, window: ClipsWindow, person: Person
) -> None:
    assert person.listed is not None
    person.listed.write_text("start,end\n1,46\n", encoding="utf-8")
    window.fields.what.take_list(person.listed)
    settle(qtbot, program)
    assert window.summary.text() == "No clip will be made; 1 cannot be made."
    assert not window.make_button.isEnabled()
    pick(window, "For every classroom (MP4)")
    settle(qtbot, program)
    assert window.make_button.isEnabled()
    assert cells(window)[0][3] == "Will be made"


def test_masks_are_offered_where_they_mean_something(
    qtbot: QtBot, program: Program, window: ClipsWindow
) -> None:
    masks, where = window.fields.whom.masks, window.fields.where
    qtbot.wait_until(masks[Mask.FACES].isEnabled, timeout=PATIENCE_MS)
    for mask in (Mask.PICTURE, Mask.VOICE):
        masks[mask].setChecked(True)
    assert (masks[Mask.VOICE].isEnabled(), masks[Mask.PICTURE].isEnabled()) == (False, True)
    assert masks[Mask.VOICE].toolTip() == NO_SOUND
    settle(qtbot, program)
    assert cells(window)[0][2] == "picture"
    pick(window, "Sound for analysis (WAV)")
    settle(qtbot, program)
    assert [one.isEnabled() for one in masks.values()] == [False, False, True, True]
    assert masks[Mask.FACES].toolTip() == NO_PICTURE
    assert cells(window)[0][2] == "voice"
    where.writes.setCurrentIndex(where.writes.findData(Writes.BOTH.value))
    assert all(one.isEnabled() for one in masks.values()), "a reel is a film"


def test_a_reel_alone_may_be_as_long_as_it_is(
    qtbot: QtBot, program: Program, window: ClipsWindow
) -> None:
    where = window.fields.where
    where.writes.setCurrentIndex(where.writes.findData(Writes.REEL.value))
    settle(qtbot, program)
    assert [one[3] for one in cells(window)] == ["Will be made"] * 2
    assert clipping(program)._asked is not None
