"""Swift clips in other players: Chromium, the command line's ffmpeg and OpenCV, join by join."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import cv2
import pytest

from annotator.media.clips.wishes import CutWish, Mode
from tests.support.coded_films import Coding, times_of, write_coded
from tests.support.cut_clips import must_cut
from tests.support.timing_clips import COLUMNS, ROWS, read_number

CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FIRST, AFTER = 13, 91
SECOND = {"g": "25", "sc_threshold": "0"}
PYRAMID = SECOND | {"bf": "5", "b-pyramid": "normal", "b_strategy": "0", "refs": "4"}
CODINGS = {
    "b-pyramid": Coding(options=PYRAMID),
    "baseline": Coding(options=SECOND | {"profile": "baseline"}),
    "slices": Coding(options=SECOND | {"slices": "4"}),
}
OPEN = """async (data) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const film = document.createElement('video');
  film.muted = true;
  film.src = URL.createObjectURL(new Blob([bytes], {type: 'video/mp4'}));
  await new Promise((done, fail) => {
    film.onloadeddata = done;
    film.onerror = () => fail(film.error.message);
  });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
  const paper = canvas.getContext('2d', {willReadFrequently: true});
  window.bits = () => {
    paper.drawImage(film, 0, 0);
    const {width, height} = canvas, found = [];
    const pixels = paper.getImageData(0, 0, width, height).data;
    for (let row = 0; row < ROWS; row++) for (let column = 0; column < COLUMNS; column++) {
      const down = Math.floor((2 * row + 1) * height / (2 * ROWS));
      const across = Math.floor((2 * column + 1) * width / (2 * COLUMNS));
      found.push(pixels[(down * width + across) * 4 + 1] > 127);
    }
    return found.reduce((sum, bit, place) => sum + (bit ? 2 ** place : 0), 0) >> 4;
  };
  window.film = film;
  return film.duration;
}""".replace("ROWS", str(ROWS)).replace("COLUMNS", str(COLUMNS))
SEEK = """async (seconds) => {
  const shown = new Promise((done) => { film.requestVideoFrameCallback(done); });
  film.currentTime = seconds;
  await shown;
  return bits();
}"""
PLAY = """async () => {
  const seen = [], look = (_, told) => {
    seen.push([Math.round(told.mediaTime * 25), bits()]);
    film.requestVideoFrameCallback(look);
  };
  const seeked = new Promise((done) => { film.onseeked = done; });
  film.currentTime = 0;
  await seeked;
  film.requestVideoFrameCallback(look);
  const ended = new Promise((done) => { film.onended = done; });
  await film.play();
  await ended;
  return seen;
}"""


@pytest.fixture(params=CODINGS)
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A swift clip of a film with a keyframe each second; both its ends are encoded anew."""
    film = write_coded(tmp_path / "film.mp4", 100, CODINGS[request.param])
    times = times_of(film)
    target = tmp_path / "clip.mp4"
    assert must_cut(CutWish(film, times[FIRST], times[AFTER], target, mode=Mode.SWIFT)).copied
    return target


@pytest.mark.skipif(not CHROMIUM, reason="needs Debian's chromium")
def test_chromium_shows_each_picture_sought_or_played(clip: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    count = AFTER - FIRST
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        duration = page.evaluate(OPEN, base64.b64encode(clip.read_bytes()).decode())
        assert duration == pytest.approx(count / 25, abs=0.001)
        for place in [(at * 37) % count for at in range(1, count + 1)]:  # there and back
            assert page.evaluate(SEEK, (place + 0.5) / 25) == FIRST + place
        played = page.evaluate(PLAY)
        browser.close()
    numbers = [number for _, number in played]
    assert numbers  # a busy machine leaves some out, and paints one later than it tells
    assert numbers == sorted(numbers)
    assert all(FIRST + place <= number < AFTER for place, number in played)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs the program ffmpeg")
def test_ffmpeg_has_nothing_to_complain_of(clip: Path) -> None:
    words = ["ffmpeg", "-v", "warning", "-xerror", "-err_detect", "explode", "-i", str(clip)]
    done = subprocess.run([*words, "-f", "null", "-"], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_opencv_reads_every_picture(clip: Path) -> None:
    reader = cv2.VideoCapture(str(clip))
    found = []
    while (read := reader.read())[0]:
        found.append(read_number(read[1]))
    assert found == [*range(FIRST, AFTER)]
