"""Drives mpv from outside, to hold the player against it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

COMMON = ("--no-config", "--really-quiet", "--hwdec=no", "--no-audio", "--hr-seek=yes")
PATIENCE_S = 20
REST_S = 0.5
_ASKED = 7

Event = dict[str, object]


def is_installed() -> bool:
    """Tell whether there is an mpv to be held against."""
    return shutil.which("mpv") is not None


class Mpv:
    """An mpv without a window that waits for commands; all times it gives are in milliseconds."""

    def __init__(self, place: socket.socket) -> None:
        self._socket = place
        self._lines = place.makefile("r", encoding="utf-8")
        self._tell("observe_property", 1, "time-pos")

    def open(self, film: Path) -> float:
        """Open a film, standing on its first frame."""
        return self._timed(("loadfile", str(film)), _has_come)

    def jump(self, seconds: float) -> float:
        """Go to the frame of a moment, exactly."""
        return self._timed(("seek", seconds, "absolute+exact"), _has_come)

    def step_back(self) -> float:
        """Go one frame back."""
        return self._timed(("frame-back-step",), _has_come)

    def step(self) -> float:
        """Go one frame forward."""
        return self._timed(("frame-step",), _has_moved)

    def _timed(self, words: tuple[object, ...], is_done: Callable[[Event], bool]) -> float:
        before = time.perf_counter()
        self._tell(*words)
        while not is_done(json.loads(self._lines.readline())):
            pass
        taken = (time.perf_counter() - before) * 1000
        self._settle()
        return taken

    def _settle(self) -> None:
        """Let half a second pass and forget what is told meanwhile."""
        time.sleep(REST_S)
        self._tell("get_property", "pid", number=_ASKED)
        while json.loads(self._lines.readline()).get("request_id") != _ASKED:
            pass

    def _tell(self, *words: object, number: int = 0) -> None:
        order = {"command": words, "request_id": number}
        self._socket.sendall(json.dumps(order).encode() + b"\n")


def _has_come(event: Event) -> bool:
    return event.get("event") == "playback-restart"


def _has_moved(event: Event) -> bool:
    return event.get("name") == "time-pos" and event.get("data") is not None


@contextmanager
def waiting_mpv() -> Iterator[Mpv]:
    """Start mpv and end it again."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "mpv"
        words = ["mpv", *COMMON, "--vo=null", "--idle", "--pause", "--keep-open=yes"]
        process = subprocess.Popen([*words, f"--input-ipc-server={place}"])
        try:
            with _connected(place) as connection:
                yield Mpv(connection)
        finally:
            process.terminate()
            process.wait()


def _connected(place: Path) -> socket.socket:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = socket.socket(socket.AF_UNIX)
        try:
            found.connect(str(place))
        except OSError:
            found.close()
            time.sleep(0.02)
        else:
            found.settimeout(PATIENCE_S)
            return found
    raise RuntimeError("mpv did not start")


def play_through(film: Path, seconds: float, output: str, environment: dict[str, str]) -> float:
    """Play a film's first seconds on a software output; give the seconds of processor used."""
    words = ["mpv", *COMMON, f"--vo={output}", "--geometry=1280x720", f"--end={seconds}"]
    before = os.times()
    subprocess.run([*words, str(film)], check=True, env=os.environ | environment)
    after = os.times()
    used = after.children_user - before.children_user
    return used + after.children_system - before.children_system
