"""The same program on a real X server, with OpenCV loaded first and keys sent from outside."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.storage.paths import shipped
from annotator.storage.settings import Settings, save_settings

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None,
    reason="needs Debian's xvfb and xdotool",
)
START = """
import annotator.media.picture  # loads OpenCV, which brings a Qt of its own
from annotator.__main__ import main
main()
"""
PATIENCE_S = 30.0


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """An X server of our own, as the environment that leads to it."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-screen",
        "0",
        "1440x900x24",
        "-displayfd",
        str(writing),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], PATIENCE_S)
    assert ready, "the X server did not start"
    with os.fdopen(reading) as told:
        display = told.readline().strip()  # to the line's end: else the server dies of it
    environment = dict(os.environ, DISPLAY=f":{display}")
    environment.pop("QT_QPA_PLATFORM", None)
    yield environment
    server.terminate()
    server.wait()


def wait_for(what: Callable[[], bool], wish: str) -> None:
    """Look again and again until something is true."""
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, f"waited in vain for {wish}"
        select.select([], [], [], 0.05)


def test_a_tag_typed_on_a_real_screen_is_in_the_file(
    screen: dict[str, str], tmp_path: Path
) -> None:
    save_settings(Settings(coder="AB"))
    film = Path(shutil.copy(shipped("first-session") / "first-session.mp4", tmp_path / "talk.mp4"))
    session = film.with_name("talk.session.json")
    journal = film.with_name("talk.session.json.journal")
    program = subprocess.Popen([sys.executable, "-c", START, str(film)], env=screen)

    def xdotool(*words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=screen, capture_output=True, check=False)
        return done.stdout.decode()

    def title() -> str:
        return xdotool("search", "--onlyvisible", "--name", "coder AB")

    try:
        wait_for(lambda: bool(title().strip()), "the window")
        window = title().split()[0]
        xdotool("windowfocus", "--sync", window)
        xdotool("key", "r")
        wait_for(lambda: journal.exists() and "reflection" in journal.read_text(), "the tag")
        xdotool("key", "ctrl+q")
        assert program.wait(PATIENCE_S) == 0
    finally:
        program.kill()
        program.wait()
    (tag,) = json.loads(session.read_text(encoding="utf-8"))["passes"][0]["tags"]
    assert (tag["code"], tag["start"]) == ("reflection", 0.0)
