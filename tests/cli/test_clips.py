"""`annotator clips`: what consent allows is cut to the frame, and nothing else is in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from annotator.media import open_video
from annotator.model import Consent, ExcludedSpan, Mask, Micros, Session
from annotator.storage.codec import decode_session
from annotator.storage.export_log import export_log_path, read_log
from tests.support.clip_sessions import PLANTED, clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN, NOT_FOR_LEARNERS, masked
from tests.support.cut_clips import contents
from tests.support.disks import an_open_folder, an_ordinary_person
from tests.support.small_disk import small_disk
from tests.support.timing_clips import TimingClip


@pytest.fixture
def told(film: TimingClip, tmp_path: Path) -> Callable[..., Path]:
    """Give what makes a session of the film, with these consents and parts."""
    assert film.numbers

    def make(consent: Consent = GIVEN, **more: object) -> Path:
        path = tmp_path / "talk.session.json"
        clip_session(path, [(tmp_path / "talk.mp4", 0)], consent=consent, **more)
        return path

    return make


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts clips into the folder `out`."""

    def run(session: Path, *words: object) -> Said:
        return annotator("clips", session, "-o", tmp_path / "out", *words)

    return run


def detail(path: Path, index: int) -> float:
    """Tell how much neighbouring pixels of a frame differ."""
    with open_video(path) as video:
        picture = video.frame(index).to_rgb().astype(np.float64)
    return float(np.abs(np.diff(picture, axis=1)).max(axis=2).std())


def films(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.mp4"))


def test_a_clip_holds_its_frames_and_no_other(
    told: Callable[..., Path], cut: Callable[..., Said], film: TimingClip, tmp_path: Path
) -> None:
    said = cut(told(), "--code", "reflection", "--pad", "0.2", "--purpose", "learners")
    assert said.code == 0, said.err
    (path,) = films(tmp_path / "out")
    assert f"Wrote {path}" in said.out
    assert contents(path).numbers == film.numbers[20:40]  # 0.8 s to 1.6 s at 25 a second


def test_each_clip_has_its_manifest_and_its_line_in_the_log(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    said = cut(session, "--code", "reflection", "--code", "silence", "--purpose", "team")
    assert said.code == 0, said.err
    log = read_log(session)
    assert log.faults == ()
    assert len(log.exports) == len(films(tmp_path / "out")) == 2
    for path in films(tmp_path / "out"):
        manifest = json.loads(path.with_name(path.name + ".manifest.json").read_text())
        assert manifest["results"][0]["name"] == path.name
        assert manifest["results"][0]["size"] == path.stat().st_size
        assert manifest["purpose"] == "private"


@pytest.mark.parametrize(("consent", "why"), NOT_FOR_LEARNERS)
def test_what_consent_does_not_allow_is_refused_and_nothing_is_made(
    told: Callable[..., Path],
    cut: Callable[..., Said],
    tmp_path: Path,
    consent: Consent,
    why: str,
) -> None:
    session = told(consent)
    said = cut(session, "--code", "reflection", "--purpose", "learners")
    assert said.code == 1
    assert why in said.err
    assert not (tmp_path / "out").exists()
    assert not export_log_path(session).exists()


def test_no_clip_crosses_an_excluded_span(
    told: Callable[..., Path], cut: Callable[..., Said], film: TimingClip, tmp_path: Path
) -> None:
    span = ExcludedSpan(Micros(2_500_000), Micros(2_550_000), "a name is said")
    session = told(excluded=(span,))
    words = ("--code", "reflection", "--code", "silence", "--purpose", "team")
    said = cut(session, *words)
    assert said.code == 1
    assert "0:00:02.500" in said.err
    (only,) = films(tmp_path / "out")
    assert contents(only).numbers == film.numbers[25:35]


def test_a_frame_that_began_in_an_excluded_span_is_not_shown(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    span = ExcludedSpan(Micros(900_000), Micros(1_010_000), "a name is said")
    session = told(excluded=(span,))
    (tmp_path / "list.csv").write_text("start,end\n1.01,1.2\n1.04,1.2\n", encoding="utf-8")
    said = cut(session, "--list", tmp_path / "list.csv", "--purpose", "team")
    assert said.code == 1
    assert "The picture on screen at its start came at 0:00:01.000." in said.err
    assert len(films(tmp_path / "out")) == 1


NOT_NEEDED = "Nothing had to be overridden; the reason was not used."


def test_a_reason_that_nothing_needed_is_said_to_be_unused(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    words = ("--code", "reflection", "--purpose", "learners", "--override", "just in case")
    assert NOT_NEEDED in cut(session, *words, "--dry-run").err
    reel = tmp_path / "reel.mp4"
    said = cut(session, *words, "--reel", reel, "--json")
    assert said.code == 0, said.err
    assert NOT_NEEDED in said.err
    found = json.loads(said.out)
    (one,) = found["clips"]
    assert (one["override_needed"], one["overridden"]) == (False, [])
    assert (found["reel"]["override_needed"], found["reel"]["overridden"]) == (False, [])
    assert {logged.record.override for logged in read_log(session).exports} == {""}


def test_where_some_clips_need_a_reason_it_is_used_and_told_of_each(
    told: Callable[..., Path], cut: Callable[..., Said]
) -> None:
    span = ExcludedSpan(Micros(1_000_000), Micros(1_100_000), "a name is said")
    words = ("--code", "reflection", "--code", "silence", "--purpose", "team", "--json")
    said = cut(told(excluded=(span,)), *words, "--override", "agreed by phone")
    assert said.code == 0, said.err
    assert NOT_NEEDED not in said.err
    assert [one["override_needed"] for one in json.loads(said.out)] == [True, False]


def test_without_a_reason_nothing_is_said_of_one(
    told: Callable[..., Path], cut: Callable[..., Said]
) -> None:
    said = cut(told(), "--code", "reflection", "--purpose", "team", "--json", "--dry-run")
    assert NOT_NEEDED not in said.err
    assert [one["override_needed"] for one in json.loads(said.out)] == [None]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_damaged_log_is_told_before_anything_is_written(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path, words: tuple[str, ...]
) -> None:
    session = told()
    asked = ("--code", "reflection", "--purpose", "team")
    assert "log of exports" not in cut(session, *asked).err
    log = export_log_path(session)
    log.write_bytes(log.read_bytes().replace(b"private", b"publics"))
    said = cut(session, *asked, *words)
    assert said.code == 0, said.err
    assert f"The log of exports, “{log.name}”, was changed by other hands" in said.err
    assert "Line 1" in said.err
    assert len(films(tmp_path / "out")) == (1 if words else 2)


def test_an_override_asks_for_a_reason_and_is_kept(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told(Consent())
    words = ("--code", "reflection", "--purpose", "learners", "--override")
    assert cut(session, *words, " ").code == 1
    assert "Planted" in cut(session, *words, f"{PLANTED} says so").err
    foreseen = cut(session, *words, "agreed by phone, form follows", "--dry-run")
    said = cut(session, *words, "agreed by phone, form follows")
    assert said.code == 0, said.err
    for out in (foreseen.out, said.out):
        assert "  overridden: What Client allows is not known" in out
    (exported,) = read_log(session).exports
    assert exported.record.override == "agreed by phone, form follows"
    (path,) = films(tmp_path / "out")
    manifest = path.with_name(path.name + ".manifest.json").read_text(encoding="utf-8")
    assert "agreed by phone, form follows" in manifest


def test_what_a_consent_wants_masked_is_masked_without_being_asked_for(
    told: Callable[..., Path], cut: Callable[..., Said], film: TimingClip, tmp_path: Path
) -> None:
    wanted = masked(Mask.PICTURE, Mask.VOICE)
    said = cut(told(wanted), "--code", "reflection", "--purpose", "learners")
    assert said.code == 0, said.err
    assert "(masked: picture, voice)" in said.out
    (path,) = films(tmp_path / "out")
    assert contents(path).packets == 10
    assert detail(path, 0) < detail(tmp_path / "talk.mp4", 25) / 3
    assert film.numbers


def test_planted_names_are_in_nothing_that_is_written(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    words = ("--code", "reflection", "--purpose", "learners", "--recipient", PLANTED)
    assert cut(told(), *words).code == 0
    written = list((tmp_path / "out").iterdir())
    assert len(written) == 2
    for path in written:
        for word in (*PLANTED.split()[1:], str(tmp_path), "talk"):
            assert word.encode() not in path.read_bytes()
            assert word not in path.name


def test_a_dry_run_writes_nothing(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    before = sorted(tmp_path.iterdir())
    said = cut(session, "--code", "silence", "--purpose", "team", "--dry-run", "--json")
    assert said.code == 0
    (clip,) = json.loads(said.out)
    assert (clip["start"], clip["end"], clip["files"]) == (2.0, 2.6, [])
    assert sorted(tmp_path.iterdir()) == before


def test_a_list_says_what_to_cut(
    told: Callable[..., Path], cut: Callable[..., Said], film: TimingClip, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("start,end\n0:00.4,0:00.8\n1.0,99\n", encoding="utf-8")
    said = cut(told(), "--list", tmp_path / "list.csv", "--purpose", "team")
    assert said.code == 0, said.err
    first, second = films(tmp_path / "out")
    assert contents(first).numbers == film.numbers[10:20]
    assert contents(second).numbers == film.numbers[25:]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--code", "nothing", "--purpose", "team"], 'no code "nothing"'),
        (["--participant", "nobody", "--purpose", "team"], 'no participant "nobody"'),
        (["--coder", "Nobody", "--purpose", "team"], 'no coder "Nobody"'),
        (["--code", "open_question", "--purpose", "team"], "nothing to cut"),
        (["--code", "reflection", "--purpose", "everybody"], "everybody"),
        (["--code", "reflection", "--purpose", "team", "--mask", "hats"], 'no mask "hats"'),
        (["--code", "reflection", "--purpose", "team", "--names", "{title}"], "who somebody is"),
        (["--list", "gone.csv", "--purpose", "team"], "could not be read"),
    ],
)
def test_what_cannot_be_is_said(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path, words: list[str], why: str
) -> None:
    said = cut(told(), *words)
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "out").exists()


def test_a_film_that_is_gone_is_said(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    (tmp_path / "talk.mp4").unlink()
    said = cut(session, "--code", "reflection", "--purpose", "team")
    assert said.code == 2
    assert "talk.mp4 is not there" in said.err


def test_a_broken_film_leaves_no_file_and_no_line(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    (tmp_path / "talk.mp4").write_bytes(b"no film at all")
    said = cut(session, "--code", "reflection", "--purpose", "team")
    assert said.code == 2
    assert not (tmp_path / "out").exists()
    assert not export_log_path(session).exists()


def test_a_folder_that_cannot_be_written_is_said(
    annotator: CommandLine, told: Callable[..., Path]
) -> None:
    session = told()
    with an_open_folder() as folder:
        folder.chmod(0o555)
        with an_ordinary_person():
            said = annotator(
                "clips", session, "-o", folder / "x", "--code", "silence", "--purpose", "team"
            )
        assert said.code == 2
        assert list(folder.iterdir()) == []


def test_cutting_twice_writes_nothing_over(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    session = told()
    words = ("--code", "reflection", "--purpose", "team")
    assert cut(session, *words).code == 0
    (first,) = films(tmp_path / "out")
    before = first.read_bytes()
    assert cut(session, *words).code == 0
    assert len(films(tmp_path / "out")) == 2
    assert first.read_bytes() == before


def test_the_session_is_left_as_it_is(told: Callable[..., Path], cut: Callable[..., Said]) -> None:
    session = told()
    before: Session = decode_session(session.read_bytes())
    assert cut(session, "--code", "reflection", "--purpose", "team").code == 0
    assert decode_session(session.read_bytes()) == before


def test_a_pack_is_made_of_the_clips_and_names_nobody(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    pack = tmp_path / "lesson"
    words = ("--code", "reflection", "--purpose", "learners", "--pack", pack)
    said = cut(told(), *words, "--title", "Two moments", "--package", "zip", "--package", "scorm")
    assert said.code == 0, said.err
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert "Two moments" in page
    assert "Reflection" in page
    assert (tmp_path / "lesson.zip").stat().st_size > 1000
    assert (tmp_path / "lesson-scorm.zip").stat().st_size > 1000
    for path in pack.rglob("*.*"):
        for word in (*PLANTED.split()[1:], str(tmp_path)):
            assert word.encode() not in path.read_bytes()


@pytest.mark.parametrize("what", ["pack", "reel"])
def test_clips_are_told_of_where_what_is_made_of_them_cannot_be_written(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path, what: str
) -> None:
    session, words = told(), ("--code", "reflection", "--purpose", "learners")
    with small_disk(tmp_path / "small", 4) as small:
        place = ("--pack", small / "lesson") if what == "pack" else ("--reel", small / "reel.mp4")
        said = cut(session, *words, *place)
        assert said.code == 2
        assert f"The {what} was not made. “" in said.err
        assert list(small.iterdir()) == []
        foreseen = json.loads(cut(session, *words, *place, "--json").out)
    first, second = films(tmp_path / "out")
    assert f"Wrote {second}" in said.out
    (one,) = foreseen if what == "pack" else foreseen["clips"]
    assert one["files"][0] == str(first)


def test_no_pack_is_made_where_all_was_refused(
    told: Callable[..., Path], cut: Callable[..., Said], tmp_path: Path
) -> None:
    pack = tmp_path / "lesson"
    words = ("--code", "reflection", "--purpose", "learners", "--pack", pack)
    assert cut(told(Consent()), *words).code == 1
    assert not pack.exists()
