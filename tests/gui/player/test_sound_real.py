"""Sound on a real sound server, recorded from its monitor: pitch kept, and in step with picture."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.gui.player.film_sound import GONE, NOT_THERE
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip

RATE = 48_000
CHUNK = RATE // 100 * 2
pytestmark = pytest.mark.skipif(
    shutil.which("pulseaudio") is None or shutil.which("parec") is None,
    reason="needs Debian's pulseaudio and pulseaudio-utils",
)


@dataclass
class Recorder:
    """Records the monitor of a null sink, noting when each piece arrived."""

    environment: dict[str, str]
    sink: str = "null"
    pieces: list[bytes] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        command = ["parec", "-d", f"{self.sink}.monitor", "--format=s16le", f"--rate={RATE}"]
        command += ["--channels=1", "--latency-msec=10"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=self.environment)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def _read(self) -> None:
        stream = self._process.stdout
        while stream is not None and (piece := stream.read(CHUNK)):
            self.arrivals.append(time.monotonic())
            self.pieces.append(piece)

    @property
    def sound(self) -> NDArray[np.float64]:
        raw = b"".join(self.pieces)
        return np.frombuffer(raw[: len(raw) // 2 * 2], np.int16) / 32768.0

    def wall_time(self, sample: int) -> float:
        """Tell when a sample sounded: the piece that came with the least delay sets the clock."""
        ends = np.cumsum([len(piece) // 2 for piece in self.pieces]) / RATE
        return float(np.min(np.array(self.arrivals) - ends)) + sample / RATE


@contextmanager
def serving(home: Path) -> Iterator[dict[str, str]]:
    """Run a sound server with one output, as the environment that leads to it."""
    environment = dict(os.environ, XDG_RUNTIME_DIR=str(home), HOME=str(home))
    socket = home / "socket"
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit"]
    command += ["-L", "module-null-sink sink_name=null rate=48000 norewinds=1"]
    command += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    environment["PULSE_SERVER"] = f"unix:{socket}"
    for _ in range(200):
        probe = subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False)
        if probe.returncode == 0:
            break
        threading.Event().wait(0.05)
    yield environment
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with serving(tmp_path_factory.mktemp("pulse")) as environment:
        yield environment


def play(
    server: dict[str, str], path: Path, speed: float
) -> tuple[Recorder, list[tuple[float, float]]]:
    command = [sys.executable, "-m", "tests.support.sound_child", str(path), str(speed)]
    root = Path(__file__).parents[3]
    with Recorder(server) as recorder:
        child = subprocess.run(
            command, env=server, cwd=root, capture_output=True, text=True, check=True, timeout=60
        )
    said = json.loads(child.stdout)
    assert said["problem"] == ""
    return recorder, said["shown"]


@pytest.mark.parametrize("speed", [0.5, 1.0, 1.5, 2.0])
def test_a_tone_keeps_its_pitch_at_every_speed(
    sound_server: dict[str, str], tmp_path: Path, speed: float
) -> None:
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=4)
    recorder, _ = play(sound_server, tone, speed)
    loud = np.flatnonzero(np.abs(recorder.sound) > 0.01)
    heard = recorder.sound[loud[0] : loud[-1] + 1]
    middle = heard[len(heard) // 4 : -len(heard) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE / len(middle) == pytest.approx(440, abs=2)
    assert len(heard) / RATE == pytest.approx(4 / speed, abs=0.15)


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_clicks_are_heard_when_their_frames_are_shown(
    sound_server: dict[str, str], clip_of: Callable[[ClipKind], TimingClip], speed: float
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    recorder, shown = play(sound_server, clip.path, speed)
    clicks = onsets(recorder.sound)
    assert len(clicks) == len(clip.clicks[0])
    offsets = []
    for sample, moment in zip(clicks, clip.clicks[0], strict=True):
        due = [wall + (moment / 1e6 - at) / speed for wall, at in shown if at <= moment / 1e6]
        offsets.append(recorder.wall_time(sample) - due[-1])
    assert max(abs(offset) for offset in offsets) < 0.06


def story(server: dict[str, str], path: Path, **wanted: object) -> subprocess.Popen[str]:
    """Begin a script of `tests.support.sound_story`."""
    command = [sys.executable, "-m", "tests.support.sound_story", str(path), json.dumps(wanted)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, env=server, cwd=root, stdout=subprocess.PIPE, text=True)


def told_by(child: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = child.communicate(timeout=60)
    assert child.returncode == 0
    said: dict[str, Any] = json.loads(output)
    return said


@pytest.fixture
def other_sink(sound_server: dict[str, str]) -> Iterator[str]:
    """A second null sink beside the first; gives the number of its module."""
    load = ["pactl", "load-module", "module-null-sink", "sink_name=other", "rate=48000"]
    done = subprocess.run(load, env=sound_server, capture_output=True, check=True, text=True)
    subprocess.run(["pactl", "set-default-sink", "null"], env=sound_server, check=True)
    yield done.stdout.strip()
    unload(sound_server, done.stdout.strip())


def unload(server: dict[str, str], module: str) -> None:
    subprocess.run(["pactl", "unload-module", module], env=server, capture_output=True, check=False)


def test_a_loop_is_heard_without_a_gap(sound_server: dict[str, str], tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=4)
    with Recorder(sound_server) as recorder:
        said = told_by(story(sound_server, tone, loop=[1.0, 1.7], play_ms=4000))
    assert said["problem"] == ""
    assert 1.0 <= said["at"] < 1.7
    loud = np.flatnonzero(np.abs(recorder.sound) > 0.01)
    heard = loud[-1] - loud[0]
    assert heard / RATE > 3
    assert np.max(np.diff(loud)) / RATE < 0.12


def test_sound_goes_to_the_output_that_was_chosen(
    sound_server: dict[str, str], other_sink: str, tmp_path: Path
) -> None:
    assert other_sink
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=3)
    with Recorder(sound_server) as system, Recorder(sound_server, "other") as chosen:
        said = told_by(story(sound_server, tone, device="other", play_ms=1500))
    assert said["problem"] == ""
    assert said["notices"] == []
    assert set(said["devices"]) == {"null", "other"}
    assert np.max(np.abs(chosen.sound)) > 0.1
    assert np.max(np.abs(system.sound), initial=0) < 0.01


def test_where_the_chosen_output_is_not_there_the_systems_own_is_heard(
    sound_server: dict[str, str], tmp_path: Path
) -> None:
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=3)
    with Recorder(sound_server) as system:
        said = told_by(story(sound_server, tone, device="gone", play_ms=1000))
    assert said["notices"] == [NOT_THERE]
    assert np.max(np.abs(system.sound)) > 0.1


def unload_once_heard(server: dict[str, str], recorder: Recorder, module: str) -> None:
    deadline = time.monotonic() + 20
    while not np.any(np.abs(recorder.sound) > 0.1) and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    unload(server, module)


def test_when_the_output_goes_the_film_plays_on_silently_and_says_so(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=20)
    with serving(tmp_path_factory.mktemp("pulse")) as server, Recorder(server) as recorder:
        child = story(server, tone, play_ms=6000)
        unload_once_heard(server, recorder, "module-null-sink")
        said = told_by(child)
    assert said["playing"]
    assert said["at"] > 4
    assert said["problem"] == GONE
    assert said["notices"] == [f"{GONE} Until then the film plays silently."]


def test_when_the_chosen_output_goes_the_systems_own_is_heard_from_the_next_play_on(
    sound_server: dict[str, str], other_sink: str, tmp_path: Path
) -> None:
    tone = write_tone(tmp_path / "tone.wav", hertz=440, seconds=20)
    with Recorder(sound_server) as system, Recorder(sound_server, "other") as chosen:
        child = story(sound_server, tone, device="other", play_ms=5000, go_on=True)
        unload_once_heard(sound_server, chosen, other_sink)
        said = told_by(child)
    assert said["playing"]
    assert said["at"] > 3
    assert said["problem"] == ""
    assert said["notices"] == [NOT_THERE]
    assert np.max(np.abs(system.sound)) > 0.1


def onsets(sound: NDArray[np.float64]) -> list[int]:
    """Find where clicks begin: loud after at least a fifth of a second of quiet."""
    loud = np.flatnonzero(np.abs(sound) > 0.03)
    return [
        int(at)
        for at, gap in zip(loud, np.diff(loud, prepend=-RATE), strict=True)
        if gap > RATE / 5
    ]
