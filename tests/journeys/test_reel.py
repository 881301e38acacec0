"""An educator joins three moments of the sample session in a film, and a browser plays it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from annotator.media import open_audio, open_video
from annotator.storage.sample import copy_sample
from tests.support.commands import CommandLine

CHROMIUM = shutil.which("chromium") or ""
LIST = "start,end\n33.0,36.0\n46.0,49.5\n65.2,67.2\n"
CARD, CLIPS = 2.0, (3.0, 3.5, 2.0)
PLAYED = """async (place) => {
  const film = document.createElement('video');
  film.muted = true;
  film.src = place;
  await new Promise((done, fail) => { film.oncanplay = done; film.onerror = fail; });
  film.currentTime = film.duration - 1;
  await new Promise((done, fail) => { film.onseeked = done; film.onerror = fail; });
  await film.play();
  await new Promise((done, fail) => { film.onended = done; film.onerror = fail; });
  return [film.duration, film.videoWidth, film.videoHeight];
}"""


@pytest.fixture
def reel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    session = copy_sample(tmp_path / "talk")
    (tmp_path / "moments.csv").write_text(LIST, encoding="utf-8")
    annotator = CommandLine(capsys)
    vtt = Path(__file__).parents[2] / "samples" / "first-session" / "first-session.vtt"
    assert annotator("transcript", "import", session, vtt).code == 0
    asked = ("--list", tmp_path / "moments.csv", "--purpose", "learners", "--height", "180")
    words = ("--burn", "captions", "--watermark", "Course A", "--card-time", "2", "--subtitles")
    said = annotator("clips", session, *asked, *words, "--reel", tmp_path / "lesson.mp4")
    assert said.code == 0, said.err
    assert said.out.endswith("lesson.mp4: 3 clips\n")
    return tmp_path / "lesson.mp4"


def test_three_moments_become_a_film(reel: Path) -> None:
    whole = 3 * CARD + sum(CLIPS)
    with open_video(reel) as video:
        assert abs(video.duration / 1_000_000 - whole) < 0.01
        pictures = [
            video.frame(video.index_at(at)).to_rgb().astype(float)
            for at in (1_000_000, 3_000_000, 6_000_000)
        ]
    card, moving, other = pictures
    assert np.median(card) < 40  # pale letters on a dark ground
    assert card.max() > 200
    assert np.median(moving) > 100
    assert np.abs(card - other)[40:].mean() < 10  # two cards are alike but for what they say
    with open_audio(reel) as sound:
        assert np.abs(sound.read(100_000, 1_900_000)).max() < 0.01
        assert np.abs(sound.read(2_100_000, 4_900_000)).max() > 0.05
    captions = reel.with_suffix(".vtt").read_text(encoding="utf-8")
    assert "<v Therapist>Letting people down is what frightens you." in captions
    assert "[silence" in captions


def test_a_browser_plays_it_to_the_end(reel: Path, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    if not CHROMIUM:
        pytest.skip("needs Debian's chromium")
    page_file = tmp_path / "page.html"
    page_file.write_text("<!doctype html><title>x</title>", encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(page_file.as_uri())
        length, width, height = page.evaluate(PLAYED, reel.as_uri())
        browser.close()
    assert abs(length - 3 * CARD - sum(CLIPS)) < 0.05
    assert (width, height) == (320, 180)
