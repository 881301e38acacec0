"""`annotator clips --reel`: one film of what consent allows, with cards, words and one log line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import which

import av
import numpy as np
import pytest

from annotator.media import open_video
from annotator.media.clips.subtitles import read
from annotator.media.frame import Picture
from annotator.model import Consent, ExcludedSpan, Mask, Micros
from annotator.model.clip import Clip, Pause
from annotator.model.transcript import Cue, Transcript
from annotator.storage.export_log import export_log_path, read_log
from tests.support.clip_sessions import PLANTED, TAGS, clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN, NOT_FOR_LEARNERS, masked
from tests.support.cut_clips import contents
from tests.support.disks import an_open_folder, an_ordinary_person
from tests.support.foreign import tag
from tests.support.timing_clips import TimingClip

CLIPS = (
    Clip(
        "c1",
        Micros(400_000),
        Micros(1_200_000),
        title="The first",
        question_before="Before?",
        question_after="After?",
        pauses=(Pause(Micros(800_000), "Now?"),),
        warning="Some noise",
        tags=("t1",),
    ),
    Clip("c2", Micros(2_000_000), Micros(2_600_000), tags=("t2",)),
)
CUES = (
    Cue("u1", Micros(500_000), Micros(700_000), "Ask Anna today", "Anna", "client"),
    Cue("u2", Micros(2_050_000), Micros(2_300_000), "Well, yes", "Dr Secretname", "therapist"),
)
TIMES = ("--card-time", "0.4", "--pause-time", "0.4")


@pytest.fixture
def told(film: TimingClip, tmp_path: Path) -> Callable[..., Path]:
    """Give what makes a session of the film that keeps clips, with these consents and parts."""
    assert film.numbers

    def make(consent: Consent = GIVEN, **more: object) -> Path:
        path = tmp_path / "talk.session.json"
        tags = (tag(1, "reflection", 500, 900, participant="client", note=PLANTED), TAGS[1])
        kept = tuple(replace(one, tags=(tags[at].id,)) for at, one in enumerate(CLIPS))
        parts = {"clips": kept, "transcripts": (Transcript("t", CUES),), **more}
        clip_session(path, [(tmp_path / "talk.mp4", 0)], tags, consent, **parts)
        return path

    return make


@pytest.fixture
def reel(tmp_path: Path) -> Path:
    return tmp_path / "out" / "reel.mp4"


@pytest.fixture
def join(annotator: CommandLine, reel: Path) -> Callable[..., Said]:
    """Give what joins the kept clips of a session in a reel."""

    def run(session: Path, *words: object, purpose: str = "learners") -> Said:
        asked = ("--kept", "--purpose", purpose, "--reel", reel, *TIMES)
        return annotator("clips", session, *asked, *words)

    return run


def seen(path: Path) -> list[tuple[int, ...]]:
    """Read the numbers of pictures in stretches; cards and pictures with a question have none."""
    found: list[list[int]] = [[]]
    for number in contents(path).numbers:
        if number > 0:
            found[-1].append(number)
        elif found[-1]:
            found.append([])
    return [tuple(one) for one in found if one]


def test_a_reel_holds_the_frames_of_its_clips_and_no_other(
    told: Callable[..., Path], join: Callable[..., Said], film: TimingClip, reel: Path
) -> None:
    said = join(told(), "--cards", "titles")
    assert said.code == 0, said.err
    assert f"Wrote {reel}: 2 clips" in said.out
    assert seen(reel) == [film.numbers[10:30], film.numbers[50:65]]
    assert sorted(one.name for one in reel.parent.iterdir()) == [
        "reel.mp4",
        "reel.mp4.manifest.json",
        "reel.vtt",
    ]


def test_cards_questions_and_pauses_take_their_time(
    told: Callable[..., Path], join: Callable[..., Said], film: TimingClip, reel: Path
) -> None:
    assert join(told()).code == 0
    with open_video(reel) as video:
        length = video.duration
    # title 2 s, warning 2, before, after, pause and the other title 1 each: all read slowly
    assert abs(length - (800_000 + 600_000 + 8_000_000)) < 8000
    numbers = [number for run in seen(reel) for number in run]
    assert {*numbers} <= {*film.numbers[10:30], *film.numbers[50:65]}
    moving = [number for number in numbers if number != film.numbers[20]]
    assert moving == [*film.numbers[10:20], *film.numbers[21:30], *film.numbers[50:65]]


def chapters(path: Path) -> list[dict[str, str]]:
    with av.open(f"file:{path}") as container:
        return [one["metadata"] for one in container.chapters()]


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_players_list_the_clips_as_chapters(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, ending: str
) -> None:
    session, named = told(), reel.with_suffix(f".{ending}")
    assert join(session, "--reel", named).code == 0
    assert chapters(named) == [{"title": "The first"}, {"title": "Silence"}]
    bare = reel.with_name(f"bare.{ending}")
    assert join(session, "--reel", bare, "--cards", "warnings,chapters").code == 0
    assert chapters(bare) == [{"title": "Clip 1"}, {"title": "Clip 2"}], "as no card is titled"
    assert b"The first" not in bare.read_bytes()


def test_a_reel_tells_what_it_goes_against(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    session = told(Consent())
    said = join(session, "--override", "agreed by phone")
    assert said.code == 0, said.err
    assert "  overridden: What Client allows is not known" in said.out
    other = reel.with_name("other.mp4")
    said = join(session, "--override", "by phone", "--dry-run", "--json", "--reel", other)
    found = json.loads(said.out)["reel"]
    assert found["override_needed"] is True
    assert "What Client allows is not known" in " ".join(found["overridden"])


def test_without_chapters_none_are_written(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    assert join(told(), "--cards", "titles").code == 0
    assert chapters(reel) == []
    with av.open(f"file:{reel}") as container:
        assert [one.type for one in container.streams] == ["video", "audio"]


def test_a_title_that_tells_a_name_makes_no_chapter(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    clips = (replace(CLIPS[0], title=f"What {PLANTED} said"), CLIPS[1])
    session = told(clips=clips)
    said = join(session, "--cards", "titles,chapters")
    assert said.code == 2
    assert "Planted" in said.err
    assert not reel.exists()
    assert join(session, "--cards", "chapters").code == 0
    assert b"Planted" not in reel.read_bytes()


def test_a_reel_has_one_manifest_and_one_line_that_name_all_clips(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    session = told()
    assert join(session, "--watermark", "Course A").code == 0
    (exported,) = read_log(session).exports
    spans = [(one.start, one.end) for one in exported.record.spans]
    assert spans == [(one.start, one.end) for one in CLIPS]
    manifest = json.loads(reel.with_name("reel.mp4.manifest.json").read_text(encoding="utf-8"))
    assert [one["start"] for one in manifest["spans"]] == [0.4, 2.0]
    assert manifest["settings"]["clips"] == "2"
    assert manifest["settings"]["burned in"] == "watermark"
    assert manifest["results"][0]["name"] == "reel.mp4"
    assert manifest["results"][0]["size"] == reel.stat().st_size
    assert manifest["results"][1]["name"] == "reel.vtt"


def test_with_o_the_clips_are_made_too(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, tmp_path: Path
) -> None:
    session = told()
    said = join(session, "-o", tmp_path / "clips", "--json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    assert len(found["clips"]) == len(list((tmp_path / "clips").glob("*.mp4"))) == 2
    assert found["reel"]["files"][0] == str(reel)
    assert len(read_log(session).exports) == 3


def test_a_refused_clip_is_left_out_with_the_reason(
    told: Callable[..., Path], join: Callable[..., Said], film: TimingClip, reel: Path
) -> None:
    span = ExcludedSpan(Micros(2_100_000), Micros(2_200_000), "a name is said")
    said = join(told(excluded=(span,)), "--cards", "none", purpose="team")
    assert said.code == 1
    assert "Not in the reel: 0:00:02.000 to 0:00:02.600: Refused" in said.err
    assert f"Wrote {reel}: 1 clip" in said.out
    assert seen(reel) == [film.numbers[10:30]]


@pytest.mark.parametrize(("consent", "why"), NOT_FOR_LEARNERS)
def test_a_reel_of_which_no_clip_is_allowed_is_not_made(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, consent: Consent, why: str
) -> None:
    session = told(consent)
    said = join(session)
    assert said.code == 1
    assert why in said.err
    assert "The reel was not made." in said.err
    assert not reel.parent.exists()
    assert not export_log_path(session).exists()


def test_what_must_be_masked_is_masked_in_the_whole_reel(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, tmp_path: Path
) -> None:
    said = join(told(masked(Mask.PICTURE)), "--cards", "none")
    assert said.code == 0, said.err
    assert "(masked: picture)" in said.out
    with open_video(reel) as video, open_video(tmp_path / "talk.mp4") as film:
        assert len(video.frame_times) == 35
        for at, of in ((0, 10), (19, 29), (20, 50), (34, 64)):
            assert detail(video.frame(at).to_rgb()) < detail(film.frame(of).to_rgb()) / 3


def detail(picture: Picture) -> float:
    """Tell how much neighbouring pixels differ."""
    return float(np.abs(np.diff(picture.astype(float), axis=1)).max(axis=2).std())


def test_names_are_in_nothing_that_is_written(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, tmp_path: Path
) -> None:
    said = join(told(), "--subtitles", "--burn", "captions", "--badge", "--recipient", PLANTED)
    assert said.code == 0, said.err
    for path in reel.parent.iterdir():
        for word in (*PLANTED.split()[1:], "Anna", str(tmp_path), "talk"):
            assert word.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("--watermark", f"For {PLANTED}"),
        ("--watermark", "FOR DR  PLANTED\nSECRETNAME"),
    ],
)
def test_a_watermark_that_tells_a_name_is_refused(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, words: tuple[str, str]
) -> None:
    said = join(told(), *words)
    assert said.code == 2
    assert "Planted" in said.err
    assert not reel.exists()


@pytest.mark.parametrize("field", ["title", "question_before", "question_after", "warning", "aim"])
def test_a_card_that_tells_a_name_is_refused(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, field: str
) -> None:
    named = replace(CLIPS[1], **{field: f"{PLANTED} speaks"})
    said = join(told(clips=(CLIPS[0], named)))
    assert said.code == 2
    assert "Planted" in said.err
    assert not reel.exists()


def test_a_file_name_that_tells_a_name_is_refused(
    told: Callable[..., Path], annotator: CommandLine, tmp_path: Path
) -> None:
    place = tmp_path / f"{PLANTED}.mp4"
    said = annotator("clips", told(), "--kept", "--purpose", "learners", "--reel", place)
    assert said.code == 2
    assert "Planted" in said.err
    assert not place.exists()


def test_captions_go_along_as_subtitles_with_roles_for_names(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    assert join(told(), "--cards", "none", "--subtitles").code == 0
    with av.open(f"file:{reel}") as container:
        stream = container.streams.subtitles[0]
        found = [one for packet in container.demux(stream) if (one := read(packet))]
    assert [text for _, _, text in found] == ["Client: Ask [name] today", "Therapist: Well, yes"]
    assert [start for start, _, _ in found] == [0, 800]  # each as long as it can be read
    if which("ffprobe"):
        told_by = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", f"file:{reel}"]
        assert b"mov_text" in subprocess.run(told_by, capture_output=True, check=True).stdout


def test_a_single_clip_carries_words_too(
    told: Callable[..., Path], annotator: CommandLine, tmp_path: Path
) -> None:
    session = told()
    asked = ("clips", session, "--kept", "1", "--purpose", "learners")
    assert annotator(*asked, "-o", tmp_path / "bare").code == 0
    words = ("--burn", "captions", "--badge", "--watermark", "Copy 3", "--subtitles")
    said = annotator(*asked, "-o", tmp_path / "worded", *words)
    assert said.code == 0, said.err
    (bare,), (worded,) = ([*(tmp_path / one).glob("*.mp4")] for one in ("bare", "worded"))
    assert contents(bare).packets == contents(worded).packets
    with open_video(bare) as theirs, open_video(worded) as ours:
        a, b = (one.frame(5).to_rgb().astype(float) for one in (theirs, ours))
    assert np.abs(a - b).mean() > 1
    with av.open(f"file:{worded}") as container:
        assert [one.type for one in container.streams] == ["video", "audio", "subtitle"]
    manifest = next((tmp_path / "worded").glob("*.manifest.json")).read_text(encoding="utf-8")
    assert json.loads(manifest)["settings"]["subtitles"] == "in the file"


def test_words_lie_over_a_reel_where_they_belong(
    told: Callable[..., Path], annotator: CommandLine, tmp_path: Path
) -> None:
    session = told()
    asked = ("clips", session, "--kept", "--purpose", "learners", "--cards", "none")
    ways = {
        "bare": (),
        "burned": ("--burn", "captions"),
        "badged": ("--badge",),
        "marked": ("--watermark", "Course A, copy 3"),
    }
    pictures = {}
    for name, words in ways.items():
        said = annotator(*asked, *words, "--reel", tmp_path / f"{name}.mp4")
        assert said.code == 0, said.err
        with open_video(tmp_path / f"{name}.mp4") as video:
            pictures[name] = [video.frame(at).to_rgb().astype(float) for at in (5, 16, 30)]
    unlike = {
        name: [np.abs(a - b).reshape(2, 64, 2, 96, 3).mean(axis=(1, 3, 4)) for a, b in pairs]
        for name, pairs in (
            (name, zip(found, pictures["bare"], strict=True)) for name, found in pictures.items()
        )
    }
    low, left, right = np.s_[1, :], np.s_[0, 0], np.s_[0, 1]
    assert min(one[low].min() for one in unlike["burned"]) > 3
    assert max(one[left].max() for one in unlike["burned"]) < 1
    # the first tag lasts from 0.5 to 0.9 s, so that it is over at the second picture
    assert [one[left] > 3 for one in unlike["badged"]] == [True, False, True]
    assert max(one[low].max() for one in unlike["badged"]) < 1
    assert min(one[right] for one in unlike["marked"]) > 1.5
    assert max(one[low].max() for one in unlike["marked"]) < 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--format", "m4a", "--burn", "captions"), "which has none"),
        (("--format", "wav", "--watermark", "x"), "which has none"),
        (("--format", "mp3", "--badge"), "which has none"),
        (("--format", "webm", "--subtitles"), "cannot hold subtitles"),
        (("--watermark", "x" * 5001), "5001 letters"),
        (("--watermark", "\U000e0fff"), "U+E0FFF"),
        (("--watermark", "word " * 400), "no room"),
    ],
)
def test_words_that_cannot_be_shown_are_refused_before_anything(
    told: Callable[..., Path],
    annotator: CommandLine,
    tmp_path: Path,
    words: tuple[str, ...],
    why: str,
) -> None:
    out = tmp_path / "out"
    said = annotator("clips", told(), "--kept", "--purpose", "team", "-o", out, *words)
    assert said.code == 2
    assert why in said.err
    assert not out.exists() or not list(out.iterdir())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--cards", "jokes"), 'no card "jokes"'),
        (("--reel", "reel.m4a"), "is no name for a reel"),
        (("--reel", "reel"), "is no name for a reel"),
        (("--reel", "reel.webm", "--subtitles"), "cannot hold subtitles"),
    ],
)
def test_a_reel_that_cannot_be_is_said(
    told: Callable[..., Path],
    annotator: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    session = told()
    before = sorted(tmp_path.iterdir())
    said = annotator("clips", session, "--kept", "--purpose", "team", "--reel", "r.mp4", *words)
    assert said.code == 2
    assert why in said.err
    assert sorted(tmp_path.iterdir()) == before


def test_without_a_reel_a_folder_is_asked_for(
    told: Callable[..., Path], annotator: CommandLine
) -> None:
    said = annotator("clips", told(), "--kept", "--purpose", "team")
    assert said.code == 2
    assert "Say with -o where the clips go." in said.err


def test_nothing_is_written_over(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    reel.parent.mkdir()
    reel.write_bytes(b"mine")
    said = join(told())
    assert said.code == 2
    assert "already something" in said.err
    assert reel.read_bytes() == b"mine"


def test_a_dry_run_makes_no_reel(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path, tmp_path: Path
) -> None:
    session = told()
    before = sorted(tmp_path.iterdir())
    said = join(session, "--dry-run")
    assert said.code == 0
    assert said.out.count("would be in reel.mp4") == 2
    assert sorted(tmp_path.iterdir()) == before
    assert not reel.exists()


def test_a_folder_that_cannot_be_written_is_said(
    told: Callable[..., Path], annotator: CommandLine
) -> None:
    session = told()
    with an_open_folder() as folder:
        folder.chmod(0o555)
        with an_ordinary_person():
            asked = ("--kept", "--purpose", "team", "--reel", folder / "reel.mp4")
            said = annotator("clips", session, *asked)
        assert said.code == 2
        assert list(folder.iterdir()) == []


def test_a_text_without_room_is_said_and_leaves_nothing(
    told: Callable[..., Path], join: Callable[..., Said], reel: Path
) -> None:
    session = told(clips=(replace(CLIPS[0], question_before="word " * 900),))
    said = join(session)
    assert said.code == 2
    assert "no room on the picture" in said.err
    assert not list(reel.parent.iterdir())
    assert not export_log_path(session).exists()
