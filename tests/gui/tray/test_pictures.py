"""The frames that the tray shows are those that the cutter writes, of every kind of film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import numpy as np
import pytest
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.errors import MediaError
from annotator.gui.player.deck import Deck
from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker
from annotator.gui.tray.pictures import ClipPictures
from annotator.media import open_video
from annotator.media.clips.stretch import stretch_of
from annotator.media.video import Video
from annotator.model import Interval, Micros
from tests.support.timing_clips import ClipKind, TimingClip, read_number

KINDS = (
    ClipKind.FPS_29_97,
    ClipKind.VARIABLE,
    ClipKind.LATE_VIDEO,
    ClipKind.NEGATIVE_EDIT,
    ClipKind.OPEN_GOP,
    ClipKind.ROTATED_90,
)
OFFSET = Micros(7_000_123)
PATIENCE_MS = 15_000
Given = tuple[ClipPictures, Video, TimingClip]


@pytest.fixture(params=KINDS)
def given(
    request: pytest.FixtureRequest, qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip]
) -> Iterator[Given]:
    """Give the pictures of a film that lies later on the session's clock."""
    clip = clip_of(request.param)
    with open_video(clip.path) as video:
        player = Player()
        worker = SerialWorker("a deck", player)
        film = OpenedFilm(clip.path, video.recording, video, None)
        player.decks.lead = Deck(film, OFFSET, "r1", worker, player)
        pictures = ClipPictures(player, player)
        pictures.follow("r1")
        yield pictures, video, clip
        pictures.close()
        player.decks.lead = None
        worker.close()
        player.shut_down()
    assert qtbot is not None


def test_they_begin_and_end_as_what_is_cut(given: Given) -> None:
    pictures, video, _ = given
    survey = video.survey
    assert survey.video is not None
    scale, random = survey.timescale(survey.video), Random(3)
    times = video.frame_times
    moments = [*times, *(Micros(time + 1) for time in times), *(Micros(time - 1) for time in times)]
    for _number in range(300):
        start, end = sorted(random.sample(moments, 2))
        if start == end:
            continue
        span = Interval(Micros(start + OFFSET), Micros(end + OFFSET))
        found = pictures.ends_of(span)
        try:
            cut = stretch_of(video.index, scale, Micros(start), Micros(end))
        except MediaError:
            assert found is None
            continue
        assert found is not None
        assert (found.first, found.last) == (cut.first, cut.last)
        assert found.first_time == times[cut.first] + OFFSET
        assert found.last_time == times[cut.last] + OFFSET


def test_the_pixels_are_those_of_the_frame(qtbot: QtBot, given: Given) -> None:
    pictures, video, clip = given
    count = len(video.frame_times)
    wanted = [0, 1, count // 2, count - 1]
    height = video.facts.height
    pictures.want((index, height) for index in wanted)
    qtbot.wait_until(
        lambda: all(pictures.picture(index, height) for index in wanted), timeout=PATIENCE_MS
    )
    for index in wanted:
        image = pictures.picture(index, height)
        assert image is not None
        assert read_number(_pixels(image)) == read_number(video.frame(index).to_rgb())
    assert clip.numbers


def test_without_a_film_there_is_nothing(given: Given) -> None:
    pictures, _, _ = given
    pictures.follow("another")
    span = Interval(OFFSET, Micros(OFFSET + 1_000_000))
    assert pictures.ends_of(span) is None
    pictures.follow("r1")
    assert pictures.ends_of(span) is not None
    assert pictures.ends_of(None) is None


def _pixels(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    held = plain.constBits()
    assert held is not None
    held.setsize(plain.sizeInBytes())
    rows = np.frombuffer(held, np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3)
