"""A command that the system asks to end leaves no half file and no complaint, as after Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copy

import pytest

from annotator.cli.endings import ended_as_by_hand
from tests.support.clip_sessions import clip_session
from tests.support.timing_clips import ClipKind, TimingClip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")

PATIENCE, STEP = 60.0, 0.05


def wait_for_a_half_file(process: subprocess.Popen[str], out: Path) -> None:
    for _ in range(round(PATIENCE / STEP)):
        if any(out.glob(".annotator-clips-*/.clip-*.part")):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(STEP)
            break
    pytest.fail("no clip was on its way")


@pytest.fixture
def cutting(
    clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> Iterator[subprocess.Popen[str]]:
    """Give what cuts many clips into the folder `out`, once the first is on its way."""
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
    clip_session(tmp_path / "talk.session.json", [(tmp_path / "talk.mp4", 0)])
    lines = [f"{at / 1000:.2f},{at / 1000 + 1:.2f}" for at in range(0, 1900, 10)]
    (tmp_path / "list.csv").write_text("\n".join(["start,end", *lines]), encoding="utf-8")
    words = ("talk.session.json", "--list", "list.csv", "--purpose", "team", "-o", "out")
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # what runs the tests may not hear it
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "clips", *words],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        signal.signal(signal.SIGHUP, before)
        try:
            wait_for_a_half_file(process, tmp_path / "out")
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("send", [os.kill, os.killpg])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_that_is_to_end_leaves_no_half_file(
    cutting: subprocess.Popen[str], tmp_path: Path, send: Callable[[int, int], None], name: str
) -> None:
    send(cutting.pid, signal.Signals[name])
    _, complaints = cutting.communicate(timeout=PATIENCE)
    assert complaints.strip() == "Stopped."
    assert cutting.returncode == 2
    left = [one.name for one in (tmp_path / "out").iterdir()]
    assert [one for one in left if one.startswith(".")] == []
    clips = [one for one in left if one.endswith(".mp4")]
    assert sorted(left) == sorted([*clips, *(f"{one}.manifest.json" for one in clips)])


@contextmanager
def tidying(done: list[str]) -> Iterator[None]:
    try:
        yield
    finally:
        signal.raise_signal(signal.SIGTERM)
        done.append("tidied")


def test_what_is_sent_again_does_not_disturb_the_tidying_up() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt), ended_as_by_hand(), tidying(done):
        signal.raise_signal(signal.SIGTERM)
    assert done == ["tidied"]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_is_not_to_be_heard_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_as_by_hand():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
