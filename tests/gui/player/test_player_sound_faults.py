"""Where the sound output is missing or goes, the film plays on, and the reason is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player import film_sound, sound_output
from annotator.gui.player.film_sound import NOT_THERE
from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import (
    SoundDevice,
    SoundError,
    open_sound_output,
    sound_devices,
)
from annotator.model import SECOND
from tests.support.fake_sound import FakeOutput
from tests.support.films import open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


def test_an_output_that_goes_is_told_and_the_film_runs_on(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    player.play()
    qtbot.wait_until(lambda: player.clock_position > 200_000)
    with qtbot.wait_signal(player.notice) as notice:
        output.is_gone = True
    assert notice.args is not None
    assert "sound output has gone" in notice.args[0]
    assert "has gone" in player.sound.problem
    here = player.clock_position
    qtbot.wait_until(lambda: player.clock_position > here + 200_000)
    player.pause()


def test_an_output_that_comes_back_is_used_by_the_next_play(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    problems: list[str] = []
    player.sound.problem_changed.connect(problems.append)
    output.is_gone = True
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 3)
    player.pause()
    assert output.starts == 0
    output.is_gone = False
    player.play()
    qtbot.wait_until(lambda: output.heard() > 0)
    player.pause()
    assert [bool(problem) for problem in problems] == [True, False]
    assert player.sound.problem == ""


def test_an_output_that_plays_nothing_does_not_hold_the_film(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    output.is_deaf = True
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.play()
    qtbot.wait_until(lambda: player.clock_position > SECOND // 5, timeout=10_000)
    assert "has gone" in player.sound.problem
    player.pause()


@pytest.mark.parametrize("kind", [ClipKind.NO_AUDIO])
def test_a_film_without_sound_plays_without_a_word(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    said: list[str] = []
    for signal in (player.notice, player.failed, player.sound.problem_changed):
        signal.connect(said.append)
    open_clip(qtbot, player, clip_of(kind))
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 3)
    player.pause()
    assert said == []
    assert player.sound.problem == ""


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("libpulse.so.0: cannot open shared object file: No such file", "package libpulse0"),
        ("libEGL.so.1: cannot open shared object file: No such file", "annotator doctor"),
    ],
)
def test_a_missing_library_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, reason: str, advice: str
) -> None:
    def refuse(_name: str) -> None:
        raise ImportError(reason)

    monkeypatch.setattr(sound_output, "import_module", refuse)
    with pytest.raises(SoundError) as error:
        open_sound_output(48_000, 2)
    assert advice in str(error.value)
    assert reason.split(".", maxsplit=1)[0] in str(error.value)
    assert "ImportError" not in str(error.value)


def test_a_machine_without_loudspeakers_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoDevice:
        @staticmethod
        def open_sink(_rate: int, _channels: int, _device: str) -> None:
            return None

    monkeypatch.setattr(sound_output, "import_module", lambda _name: NoDevice)
    with pytest.raises(SoundError, match="Connect loudspeakers"):
        open_sound_output(48_000, 2)


class Outputs:
    """Two outputs; those that were opened, in order. One that `refuses` is lost at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there = ["room", "ears"]
        self.opened: list[str] = []
        self.refuses = ""
        self.last = FakeOutput()
        monkeypatch.setattr(film_sound, "sound_devices", self.listed)
        monkeypatch.setattr(film_sound, "open_sound_output", self.open)

    def listed(self) -> list[SoundDevice]:
        return [SoundDevice(one, one.title()) for one in self.there]

    def open(self, _rate: int, _channels: int, device: str) -> FakeOutput:
        self.opened.append(device)
        self.last = FakeOutput()
        self.last.is_gone = bool(device) and device == self.refuses
        return self.last


def test_another_output_is_taken_in_the_middle(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = Outputs(monkeypatch)
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    player.play()
    qtbot.wait_until(lambda: player.clock_position > 200_000)
    with qtbot.assert_not_emitted(player.notice):
        player.sound.set_device("ears")
        here = player.clock_position
        qtbot.wait_until(lambda: outputs.last.heard() > 1000, timeout=10_000)
    assert outputs.opened == ["", "ears"]
    assert player.is_playing
    assert player.clock_position >= here


def test_a_chosen_output_that_is_not_connected_is_told_once(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = Outputs(monkeypatch)
    outputs.there = ["room"]
    told: list[str] = []
    player.notice.connect(told.append)
    player.sound.set_device("ears")
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    player.play()
    player.pause()
    assert told == [NOT_THERE]
    assert outputs.opened == [""]
    outputs.there = ["room", "ears"]
    player.play()
    assert outputs.opened == ["", "ears"]
    player.pause()


def test_a_chosen_output_that_does_not_open_gives_way_to_the_systems_own(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = Outputs(monkeypatch)
    outputs.refuses = "ears"
    player.sound.set_device("ears")
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    with qtbot.wait_signal(player.notice) as told:
        player.play()
    assert told.args == [NOT_THERE]
    assert outputs.opened == ["ears", ""]
    qtbot.wait_until(lambda: outputs.last.heard() > 1000, timeout=10_000)
    assert player.is_playing


def test_without_the_library_there_are_no_outputs_to_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_name: str) -> None:
        raise ImportError("libpulse.so.0")

    monkeypatch.setattr(sound_output, "import_module", refuse)
    assert sound_devices() == ()
