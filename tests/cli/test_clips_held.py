"""`annotator clips` masks, and tells of, what a kind of file can hold, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import av
import numpy as np
import pytest

from annotator.media import open_video
from annotator.model import Mask, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import masked
from tests.support.cut_clips import heard
from tests.support.timing_clips import ClipKind, TimingClip

ALL = (Mask.FACES, Mask.VOICE, Mask.NAMES)
S = 1_000_000


@pytest.fixture
def film(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> Path:
    return Path(copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))


@pytest.fixture
def session_path(tmp_path: Path) -> Path:
    return tmp_path / "talk.session.json"


@pytest.fixture
def cut(annotator: CommandLine, session_path: Path, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts the reflection for learners into the folder `out`."""

    def run(*words: object) -> Said:
        usual = ("--code", "reflection", "--pad", "0.3", "--purpose", "learners")
        return annotator("clips", session_path, *usual, "-o", tmp_path / "out", *words)

    return run


def manifest_of(folder: Path, ending: str) -> dict[str, object]:
    (path,) = folder.glob(f"*.{ending}")
    told: dict[str, object] = json.loads(manifest_path(path).read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("gif", "picture"),
        ("png", "picture"),
        ("wav", "names in 0 places, voice"),
        ("mp4", "names in 0 places, picture, voice"),
    ],
)
def test_log_manifest_and_words_name_what_the_file_can_hold(
    film: Path, session_path: Path, cut: Callable[..., Said], form: str, told: str
) -> None:
    masks = [word for word in ("names", "picture", "voice") if word in told]
    holds = {"wav": ["sound", "words"], "mp4": ["picture", "sound", "words"]}.get(form, ["picture"])
    consent = masked(Mask.PICTURE, Mask.VOICE, Mask.NAMES)
    session = clip_session(session_path, [(film, 0)], consent=consent)
    said = cut("--format", form)
    assert said.code == 0, said.err
    assert f"(masked: {told})" in said.out
    assert ("voice" in said.out) == ("voice" in masks)
    manifest = manifest_of(session_path.parent / "out", form)
    assert {tuple(one["masks"]) for one in manifest["masks"]} == {tuple(masks)}
    assert len(manifest["masks"]) == len(session.participants)
    assert manifest["holds"] == holds
    assert f"Masked: {', '.join(masks)}." in str(manifest["notice"])
    (logged,) = read_log(session_path).exports
    assert {mask for one in logged.record.masks for mask in one.masks} == set(masks)


def test_it_is_so_in_a_dry_run_and_in_json(
    film: Path, session_path: Path, cut: Callable[..., Said]
) -> None:
    clip_session(session_path, [(film, 0)], consent=masked(*ALL))
    (tree,) = json.loads(cut("--format", "gif", "--dry-run", "--json").out)
    assert (tree["masks"], tree["masked"]) == (["faces"], "faces")
    (tree,) = json.loads(cut("--format", "m4a", "--dry-run", "--json").out)
    assert tree["masks"] == ["names", "voice"]


def test_what_was_asked_for_and_means_nothing_is_not_told(
    film: Path, session_path: Path, cut: Callable[..., Said]
) -> None:
    clip_session(session_path, [(film, 0)])
    assert "masked" not in cut("--format", "wav", "--mask", "faces,picture", "--dry-run").out
    assert "masked" not in cut("--format", "gif", "--mask", "voice,names", "--dry-run").out


def test_names_are_masked_in_the_captions_of_a_silent_kind(
    film: Path, session_path: Path, cut: Callable[..., Said]
) -> None:
    said = Cue("k1", Micros(1 * S), Micros(1_300_000), "hello")
    clip_session(
        session_path,
        [(film, 0)],
        consent=masked(Mask.NAMES),
        transcripts=(Transcript("t", (said,)),),
    )
    out = cut("--format", "gif", "--burn", "captions", "--dry-run").out
    assert "(masked: names in the captions)" in out
    assert "masked" not in cut("--format", "gif", "--dry-run").out


def test_a_film_without_sound_has_no_voice_to_mask(
    clip_of: Callable[[ClipKind], TimingClip], session_path: Path, cut: Callable[..., Said]
) -> None:
    silent = clip_of(ClipKind.NO_AUDIO)
    made = clip_session(session_path, [(silent.path, 0)], consent=masked(Mask.VOICE))
    assert made.recordings[0].audio is None
    said = cut("--no-captions")
    assert said.code == 0, said.err
    assert "masked" not in said.out
    assert manifest_of(session_path.parent / "out", "mp4")["holds"] == ["picture"]


def test_nothing_that_can_be_held_goes_unmasked(
    film: Path, session_path: Path, cut: Callable[..., Said], annotator: CommandLine
) -> None:
    """The picture of a GIF and the voice of a WAV are truly masked, and stay allowed later."""
    clip_session(session_path, [(film, 0)], consent=masked(Mask.PICTURE, Mask.VOICE))
    for form in ("gif", "wav"):
        assert cut("--format", form).code == 0
    out = session_path.parent / "out"
    (gif,), (wav,) = out.glob("*.gif"), out.glob("*.wav")
    with av.open(str(gif)) as made, open_video(film) as source:
        ours = next(made.decode(video=0)).to_ndarray(format="rgb24")
        clear = source.frame(20).to_rgb()
    assert detail(ours) < detail(clear) / 3
    one, other = heard(wav, 0, S)[:, 0], heard(film, 700_000, 700_000 + S)[:, 0]
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.9
    called_back = annotator("consent", "log", session_path, "--recall", "--json")
    assert json.loads(called_back.out)["exports"] == []


def detail(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    """Tell how sharp a picture is, whatever its size."""
    return float(np.abs(np.diff(picture.astype(float), axis=1)).max(axis=2).std())


def test_a_reel_masks_all_though_its_clips_have_no_picture(
    film: Path, session_path: Path, cut: Callable[..., Said], tmp_path: Path
) -> None:
    """The reel is a film: what its clips as files of sound do not hold is masked in it."""
    clip_session(session_path, [(film, 0)], consent=masked(Mask.PICTURE, Mask.VOICE))
    reel = tmp_path / "reel.mp4"
    said = cut("--format", "wav", "--reel", reel, "--cards", "none")
    assert said.code == 0, said.err
    assert "All voices were disguised" in said.out
    logged = {one.record.results[0].name: one.record for one in read_log(session_path).exports}
    assert {mask for one in logged[reel.name].masks for mask in one.masks} == {
        Mask.PICTURE,
        Mask.VOICE,
    }
    (wav,) = (record for name, record in logged.items() if name.endswith(".wav"))
    assert {mask for one in wav.masks for mask in one.masks} == {Mask.VOICE}
    with open_video(reel) as made, open_video(film) as source:
        assert detail(made.frame(5).to_rgb()) < detail(source.frame(20).to_rgb()) / 3


def test_of_a_reel_beside_gifs_it_is_told_how_sure_the_masks_of_voices_are(
    film: Path, session_path: Path, cut: Callable[..., Said], tmp_path: Path
) -> None:
    clip_session(session_path, [(film, 0)], consent=masked(Mask.VOICE))
    reel = ("--reel", tmp_path / "reel.mp4")
    assert "All voices were disguised" in cut("--format", "gif", "--dry-run", *reel).out
    assert "voices" not in cut("--format", "gif", "--dry-run").out


def test_masks_of_a_copy_are_told_so_too(
    film: Path, annotator: CommandLine, tmp_path: Path
) -> None:
    said = annotator("mask", film, "-o", tmp_path / "a.wav", "--mask", "picture", "--mask", "voice")
    assert "(masked: voice)" in said.out
    said = annotator("mask", film, "-o", tmp_path / "b.wav", "--mask", "picture")
    assert "(masked: nothing)" in said.out


@pytest.mark.parametrize(
    ("words", "faces", "whole"),
    [
        ((), "solid", "blur"),
        (("--fill", "mosaic", "--picture-as", "edges"), "mosaic", "edges"),
        (("--mask", "picture", "--picture-as", "silhouette"), None, "silhouette"),
    ],
)
def test_a_manifest_says_with_what_faces_and_pictures_are_covered(
    film: Path,
    session_path: Path,
    cut: Callable[..., Said],
    words: tuple[str, ...],
    faces: str | None,
    whole: str,
) -> None:
    clip_session(session_path, [(film, 0)], consent=masked(Mask.FACES))
    said = cut("--format", "mp4", *words)
    assert said.code == 0, said.err
    settings = manifest_of(session_path.parent / "out", "mp4")["settings"]
    assert isinstance(settings, dict)
    assert settings.get("faces covered with") == faces
    assert settings["whole pictures covered with"] == whole


def test_a_manifest_of_what_covers_nothing_says_nothing_of_it(
    film: Path, session_path: Path, cut: Callable[..., Said]
) -> None:
    clip_session(session_path, [(film, 0)], consent=masked(Mask.VOICE))
    assert cut("--format", "mp4").code == 0
    settings = manifest_of(session_path.parent / "out", "mp4")["settings"]
    assert "covered" not in str(settings)
