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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
import pytest
from numpy.typing import NDArray

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
    """Records the monitor of the null sink, noting when each piece arrived."""

    environment: dict[str, str]
    pieces: list[bytes] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        command = ["parec", "-d", "null.monitor", "--format=s16le", f"--rate={RATE}"]
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


@pytest.fixture(scope="module")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    home = tmp_path_factory.mktemp("pulse")
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


def onsets(sound: NDArray[np.float64]) -> list[int]:
    """Find where clicks begin: loud after at least a fifth of a second of quiet."""
    loud = np.flatnonzero(np.abs(sound) > 0.03)
    return [
        int(at)
        for at, gap in zip(loud, np.diff(loud, prepend=-RATE), strict=True)
        if gap > RATE / 5
    ]
