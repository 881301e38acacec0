"""The sound of the film is read in the background and drawn on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PyQt6.QtGui import QColor
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.player.decks import Source
from annotator.gui.player.player import Player
from annotator.gui.theme import light
from annotator.gui.timeline.sound_lane import SoundLane, SoundState, Wave
from annotator.gui.timeline.view import TimelineView
from annotator.gui.waving import STOPPED, Waving
from annotator.jobs import sound_shape
from annotator.model import Micros
from annotator.storage.cache import Cache
from tests.support.held_sound import sound_held
from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip, make_clip

ClipOf = Callable[[ClipKind], TimingClip]
PATIENCE_MS = 10_000


class Stage:
    """A player and a timeline with what draws the sound; remembers what the lane said."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.player = Player()
        self.view = TimelineView(light())
        qtbot.addWidget(self.view)
        self.view.resize(1000, 300)
        self.waving = Waving(self.player, self.view, self.player)
        self.said: list[str] = []
        show = self.view.show_sound

        def note(lane: SoundLane) -> None:
            self.said.append(lane.text)
            show(lane)

        self.view.show_sound = note

    @property
    def lane(self) -> SoundLane:
        return self.view.sound

    def open(self, path: Path, offset: int = 0) -> None:
        with self._qtbot.wait_signal(self.player.opened, timeout=PATIENCE_MS):
            self.player.decks.open(Source(path, Micros(offset), "a"))

    def wave_of(self, source: Source) -> Wave:
        """Open a recording and wait for its drawing."""
        with self._qtbot.wait_signal(self.player.opened, timeout=PATIENCE_MS):
            self.player.decks.open(source)
        self.wait_for(SoundState.DRAWN)
        assert self.lane.wave is not None
        return self.lane.wave

    def wait_for(self, state: SoundState) -> None:
        self._qtbot.wait_until(lambda: self.lane.state is state, timeout=PATIENCE_MS)


def is_loud(wave: Wave, moment: int) -> bool:
    """Tell whether a drawing swings far right there."""
    around = Micros(moment - 10_000), Micros(moment + 10_000)
    image = wave.image(*around, (9, 40), QColor("black"), 1.0)
    drawn = sum(image.pixelColor(4, row).alpha() > 0 for row in range(40))
    return drawn > 10


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot)
    yield made
    made.waving.close()
    made.player.shut_down()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let reading begin, and go no further until it is set."""
    with sound_held(monkeypatch) as go_on:
        yield go_on


def test_the_films_sound_is_drawn(stage: Stage, clip_of: ClipOf) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path, offset=2_000_000)
    assert stage.lane.state is SoundState.READING
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.wave is not None
    assert stage.lane.offset == 2_000_000
    assert any(text.startswith("Reading the sound…") for text in stage.said)
    assert any(text.endswith("%") for text in stage.said)


def test_a_second_opening_reads_from_the_cache(
    stage: Stage, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clip_of(ClipKind.FPS_25).path
    stage.open(path)
    stage.wait_for(SoundState.DRAWN)
    assert Cache().size() > 0
    stage.player.close()
    measured: list[object] = []
    monkeypatch.setattr(sound_shape, "shape_of", lambda *one, **_more: measured.append(one))
    stage.open(path)
    stage.wait_for(SoundState.DRAWN)
    assert measured == []


def test_a_film_without_sound_has_no_lane(stage: Stage, clip_of: ClipOf) -> None:
    stage.open(clip_of(ClipKind.NO_AUDIO).path)
    assert stage.lane.state is SoundState.ABSENT


def test_sound_alone_is_drawn_too(stage: Stage, clip_of: ClipOf) -> None:
    stage.open(clip_of(ClipKind.AUDIO_ONLY).path)
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.wave is not None


def test_cancel_stops_it_and_it_can_be_had_after_all(
    stage: Stage, clip_of: ClipOf, held: Event
) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    stage.view.sound_button_pressed.emit()
    assert (stage.lane.state, stage.lane.text) == (SoundState.STOPPED, STOPPED)
    held.set()
    stage.view.sound_button_pressed.emit()
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.wave is not None


def test_what_is_cancelled_is_not_kept(
    stage: Stage, clip_of: ClipOf, held: Event, qtbot: QtBot
) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    stage.view.sound_button_pressed.emit()
    held.set()
    stage.waving.close()
    assert Cache().size() == 0
    assert stage.lane.wave is None
    assert qtbot is not None


def test_closing_the_session_stops_it(stage: Stage, clip_of: ClipOf, held: Event) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    stage.player.close()
    assert stage.lane.state is SoundState.ABSENT
    held.set()
    stage.waving.close()
    assert stage.lane.state is SoundState.ABSENT
    assert Cache().size() == 0


def test_hidden_nothing_is_read_and_shown_again_it_is(stage: Stage, clip_of: ClipOf) -> None:
    stage.waving.set_wanted(False)
    stage.open(clip_of(ClipKind.FPS_25).path)
    assert stage.lane.state is SoundState.ABSENT
    stage.waving.set_wanted(True)
    stage.wait_for(SoundState.DRAWN)
    wave = stage.lane.wave
    stage.waving.set_wanted(False)
    assert stage.lane.state is SoundState.ABSENT
    stage.waving.set_wanted(True)
    assert stage.lane.wave is wave


def test_it_follows_the_recording_that_leads(stage: Stage, clip_of: ClipOf, qtbot: QtBot) -> None:
    stage.open(clip_of(ClipKind.FPS_25).path)
    stage.wait_for(SoundState.DRAWN)
    first = stage.lane.wave
    decks = stage.player.decks
    decks.set_offset("a", Micros(500_000))
    assert (stage.lane.wave, stage.lane.offset) == (first, 500_000)
    with qtbot.wait_signal(decks.joined, timeout=PATIENCE_MS):
        decks.join(Source(clip_of(ClipKind.FPS_29_97).path, Micros(7), "b"), 2)
    decks.promote("b")
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.wave is not first
    assert stage.lane.offset == 7


def test_the_track_that_is_heard_is_the_one_drawn(stage: Stage, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.TWO_TRACKS)
    drawn = [stage.wave_of(Source(clip.path, Micros(0), "a", track)) for track in (0, 1, 7)]
    for wave, clicks in zip(drawn, (*clip.clicks, clip.clicks[1]), strict=True):
        for clicked, silent in ((clicks[0], clicks[0] - 50_000), (clicks[1], clicks[1] - 50_000)):
            assert is_loud(wave, clicked)
            assert not is_loud(wave, silent)


def test_another_track_chosen_is_drawn_anew(qtbot: QtBot, tmp_path: Path) -> None:
    film = make_clip(ClipKind.TWO_TRACKS, tmp_path)
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, film.path)
        timeline = program.window.parts.timeline
        waves = []
        for track in (0, 1):
            (recording,) = desk.document.session.recordings
            chosen = replace(recording, listening=replace(recording.listening, track=track))
            if chosen != recording:
                edit = editing.replace_recording(desk.document.session, recording, chosen)
                desk.document.push(edit)
                assert timeline.sound.state is not SoundState.DRAWN
            qtbot.wait_until(lambda: timeline.sound.state is SoundState.DRAWN)
            assert timeline.sound.wave is not None
            waves.append(timeline.sound.wave)
    for wave, clicks in zip(waves, film.clicks, strict=True):
        assert is_loud(wave, clicks[0])
    assert not is_loud(waves[1], film.clicks[0][0])


def test_a_film_without_sound_shows_that_of_the_first_beside_it(
    stage: Stage, clip_of: ClipOf, qtbot: QtBot
) -> None:
    silent, loud = clip_of(ClipKind.NO_AUDIO), clip_of(ClipKind.AUDIO_ONLY)
    decks = stage.player.decks
    stage.open(silent.path)
    assert stage.lane.state is SoundState.ABSENT
    for key, clip in (("b", silent), ("c", loud), ("d", clip_of(ClipKind.FPS_25))):
        with qtbot.wait_signal(decks.joined, timeout=PATIENCE_MS):
            decks.join(Source(clip.path, Micros(300_000), key), 4)
    stage.wait_for(SoundState.DRAWN)
    wave = stage.lane.wave
    assert (stage.lane.owner, stage.lane.offset) == (loud.path.name, 300_000)
    decks.set_offset("c", Micros(-200_000))
    assert (stage.lane.wave, stage.lane.offset) == (wave, -200_000)
    decks.promote("b")
    assert stage.lane.wave is wave
    decks.promote("d")
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.owner == clip_of(ClipKind.FPS_25).path.name
    assert stage.lane.wave is not wave


def test_whose_it_is_stands_there_only_where_there_are_several(
    stage: Stage, clip_of: ClipOf, qtbot: QtBot
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    stage.open(clip.path)
    stage.wait_for(SoundState.DRAWN)
    assert stage.lane.owner == ""
    with qtbot.wait_signal(stage.player.decks.joined, timeout=PATIENCE_MS):
        stage.player.decks.join(Source(clip_of(ClipKind.FPS_29_97).path, Micros(0), "b"), 2)
    assert stage.lane.owner == clip.path.name
