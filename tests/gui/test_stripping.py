"""The film strip is made in the background while the film rests, from keyframes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.gui.player.decks import Source
from annotator.gui.player.player import Player
from annotator.gui.stripping import Stripping
from annotator.gui.theme import light
from annotator.gui.timeline.strip import PICTURE_HEIGHT, FilmStrip, cells_of
from annotator.gui.timeline.strip_reading import StripReader
from annotator.gui.timeline.view import TimelineView
from annotator.media.frame_index import Keyframe
from annotator.model import Codebook, Interval, Look, Micros, Recording, RecordingRole, Session
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
PATIENCE_MS = 10_000


class Stage:
    """A player and a timeline with what makes the strip."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.player = Player()
        self.view = TimelineView(light())
        qtbot.addWidget(self.view)
        self.view.resize(1000, 300)
        self.stripping = Stripping(self.player, self.view, self.player)

    @property
    def strip(self) -> FilmStrip | None:
        return self.view.strip

    def open(self, path: Path, offset: int = 0) -> None:
        with self._qtbot.wait_signal(self.player.frame_changed, timeout=PATIENCE_MS):
            self.player.decks.open(Source(path, Micros(offset), "a"))
        span = Interval(Micros(0), self.player.end)
        film = Recording("a", path.name, RecordingRole.ROOM, Micros(offset), self.player.end, "f")
        book = Codebook("b", "1", "Book")
        self.view.show_session(Session("s", "A talk", book, span, (film,)), "")

    def whole(self) -> FilmStrip:
        self._qtbot.wait_until(
            lambda: self.strip is not None and self.strip.is_whole, timeout=PATIENCE_MS
        )
        assert self.strip is not None
        return self.strip


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot)
    yield made
    made.stripping.close()
    made.player.shut_down()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note which keyframes are decoded."""
    found: list[int] = []
    image = StripReader.image

    def noting(reader: StripReader, keyframe: Keyframe, look: Look, height: int) -> QImage | None:
        found.append(keyframe.index)
        return image(reader, keyframe, look, height)

    monkeypatch.setattr(StripReader, "image", noting)
    return found


def test_pictures_come_in_the_order_of_the_film(
    stage: Stage, clip_of: ClipOf, decoded: list[int]
) -> None:
    clip = clip_of(ClipKind.MATROSKA)
    stage.open(clip.path, offset=1_000_000)
    strip = stage.whole()
    times = [picture.time for picture in strip.pictures]
    assert len(times) > 1
    assert times == sorted(set(times))
    assert decoded == sorted(set(decoded))
    assert times == [clip.frame_times[index] + 1_000_000 for index in decoded]
    assert {picture.image.height() for picture in strip.pictures} == {PICTURE_HEIGHT}
    assert strip.span.start == 1_000_000
    assert strip.aspect == pytest.approx(clip.width / clip.height, rel=0.03)


def test_there_are_no_more_than_places(stage: Stage, clip_of: ClipOf) -> None:
    stage.open(clip_of(ClipKind.AVI_MJPEG).path)  # of which every frame is a keyframe
    strip = stage.whole()
    places = cells_of(strip, stage.view.overview)
    assert 1 < len(strip.pictures) <= len(places)


def test_another_width_has_others_made_and_forgets_the_old(
    stage: Stage, clip_of: ClipOf, qtbot: QtBot
) -> None:
    stage.open(clip_of(ClipKind.AVI_MJPEG).path)
    few = stage.whole().pictures
    stage.view.show()
    stage.view.resize(1600, 300)
    qtbot.wait_until(lambda: len(stage.whole().pictures) > len(few), timeout=PATIENCE_MS)
    stage.view.resize(600, 300)
    qtbot.wait_until(lambda: len(stage.whole().pictures) < len(few), timeout=PATIENCE_MS)
    assert len(stage.whole().pictures) <= len(cells_of(stage.whole(), stage.view.overview))


def test_while_the_film_plays_nothing_is_decoded(
    stage: Stage, clip_of: ClipOf, decoded: list[int], qtbot: QtBot
) -> None:
    stage.stripping.set_wanted(False)
    stage.open(clip_of(ClipKind.LONG_GOP).path)
    stage.player.play()
    stage.stripping.set_wanted(True)
    shown: list[object] = []
    stage.player.frame_changed.connect(shown.append)
    qtbot.wait_until(lambda: len(shown) > 15, timeout=PATIENCE_MS)
    assert decoded == []
    stage.player.pause()
    assert stage.whole().pictures
    assert decoded


def test_hidden_it_is_not_made(stage: Stage, clip_of: ClipOf, decoded: list[int]) -> None:
    stage.stripping.set_wanted(False)
    stage.open(clip_of(ClipKind.FPS_25).path)
    assert stage.strip is None
    stage.stripping.close()
    assert decoded == []


def test_the_end_of_the_session_is_the_end_of_it(
    stage: Stage, clip_of: ClipOf, decoded: list[int]
) -> None:
    stage.open(clip_of(ClipKind.AVI_MJPEG).path)
    stage.player.close()
    assert stage.strip is None
    stage.stripping.close()
    assert len(decoded) <= 1


def test_sound_alone_has_no_strip(stage: Stage, clip_of: ClipOf, qtbot: QtBot) -> None:
    with qtbot.wait_signal(stage.player.opened, timeout=PATIENCE_MS):
        stage.player.decks.open(Source(clip_of(ClipKind.AUDIO_ONLY).path, Micros(0), "a"))
    assert stage.strip is None


def test_it_is_turned_with_the_film(stage: Stage, clip_of: ClipOf, qtbot: QtBot) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    assert stage.whole().aspect > 1
    stage.player.decks.set_look("a", Look(turn=90))
    qtbot.wait_until(lambda: stage.whole().aspect < 1, timeout=PATIENCE_MS)
    stage.player.decks.set_look("a", Look(turn=90, zoom=4))
    assert stage.whole().aspect < 1


def test_it_moves_with_the_recording(stage: Stage, clip_of: ClipOf) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    before = stage.whole()
    stage.player.decks.set_offset("a", Micros(2_000_000))
    after = stage.whole()
    assert after.span == Interval(Micros(2_000_000), Micros(before.span.end + 2_000_000))
    assert [one.time - 2_000_000 for one in after.pictures] == [one.time for one in before.pictures]


def test_a_film_that_is_gone_leaves_the_strip_empty(
    stage: Stage, clip_of: ClipOf, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    stage.stripping.set_wanted(False)
    stage.open(film)
    film.unlink()
    stage.stripping.set_wanted(True)
    assert stage.whole().pictures == ()
