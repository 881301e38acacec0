"""`annotator clips` of several sessions: each by its own consents, and one pack of all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import pytest

from annotator.model import Consent, ConsentScope, Micros, Participant, ParticipantRole
from annotator.model.clip import Clip
from annotator.model.coding import CodingPass, Purpose
from annotator.storage.export_log import export_log_path, read_log
from tests.support.clip_sessions import PLANTED, TAGS, clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN, WITHDRAWN
from tests.support.cut_clips import contents
from tests.support.foreign import NOW
from tests.support.timing_clips import TimingClip

OTHER = "Mag. Otherwise Hiddenname"
FOR_TEAM = replace(GIVEN, scope=ConsentScope.PRIVATE)
LEARNERS = ("--code", "reflection", "--purpose", "learners")


@pytest.fixture
def sessions(film: TimingClip, tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Give what makes two sessions of two therapists, the second with these consents and parts."""
    assert film.numbers
    copy(tmp_path / "talk.mp4", tmp_path / "meeting.mp4")

    def people(name: str, code: str, consent: Consent) -> tuple[Participant, ...]:
        return (
            Participant("therapist", ParticipantRole.THERAPIST, code, consent),
            Participant("client", ParticipantRole.CLIENT, name, consent),
        )

    def make(consent: Consent = GIVEN, **more: object) -> tuple[Path, Path]:
        first, second = tmp_path / "talk.session.json", tmp_path / "meeting.session.json"
        coded = (CodingPass("p", OTHER, Purpose.PRIMARY, NOW, TAGS),)
        films = [(tmp_path / "talk.mp4", 0)], [(tmp_path / "meeting.mp4", 0)]
        clip_session(first, films[0], id="aaaa01", participants=people(PLANTED, "T01", GIVEN))
        told: dict[str, object] = {"id": "bbbb02", "title": OTHER, "passes": coded}
        told |= {"participants": people(OTHER, "T02", consent), **more}
        clip_session(second, films[1], **told)
        return first, second

    return make


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts clips into the folder `out`."""

    def run(paths: tuple[Path, ...], *words: object) -> Said:
        return annotator("clips", *paths, "-o", tmp_path / "out", *words)

    return run


def names(tmp_path: Path) -> list[str]:
    return sorted(one.name for one in (tmp_path / "out").glob("*.mp4"))


def test_clips_of_two_sessions_are_logged_in_each_and_packed_together(
    sessions: Callable[..., tuple[Path, Path]],
    cut: Callable[..., Said],
    film: TimingClip,
    tmp_path: Path,
) -> None:
    paths, pack = sessions(), tmp_path / "lesson"
    said = cut(paths, *LEARNERS, "--pack", pack, "--package", "zip")
    assert said.code == 0, said.err
    made = names(tmp_path)
    assert made == [f"{code}-01-reflection-0h00m01s000.mp4" for code in ("aaaa01", "bbbb02")]
    for path, code, name in zip(paths, ("aaaa01", "bbbb02"), made, strict=True):
        clip, package = read_log(path).exports
        assert [one.name for one in clip.record.results] == [name]
        assert [one.name for one in package.record.results] == ["lesson.zip"]
        assert contents(tmp_path / "out" / name).numbers == film.numbers[25:35]
        for manifest in (f"out/{name}.manifest.json", f"lesson.zip.{code}.manifest.json"):
            assert json.loads((tmp_path / manifest).read_text())["session"] == code
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert page.count('<option value="2" selected') == 1
    for told in ("(T01, aaaa01)", "(T02, bbbb02)", "Therapist T02 \\u00b7 Session bbbb02"):
        assert told in page
    assert len(list((pack / "media").glob("*.mp4"))) == 2
    with ZipFile(tmp_path / "lesson.zip") as archive:
        held = {one: archive.read(one) for one in archive.namelist()}
    for path in [*pack.rglob("*"), *(tmp_path / "out").iterdir(), *tmp_path.glob("*.zip.*")]:
        held[str(path)] = path.read_bytes() if path.is_file() else b""
    told_names = [name.encode() for name in (PLANTED, OTHER, "talk", "meeting", "Hiddenname")]
    assert [one for one, data in held.items() for name in told_names if name in data] == []


@pytest.mark.parametrize("consent", [FOR_TEAM, WITHDRAWN])
def test_one_that_is_refused_is_told_and_the_other_goes_on(
    sessions: Callable[..., tuple[Path, Path]],
    cut: Callable[..., Said],
    tmp_path: Path,
    consent: Consent,
) -> None:
    paths = sessions(consent)
    said = cut(paths, *LEARNERS, "--pack", tmp_path / "lesson")
    assert said.code == 1
    assert f"{paths[1]}: 0:00:01.000 to 0:00:01.400: " in said.err
    assert str(paths[0]) not in said.err
    assert names(tmp_path) == ["aaaa01-01-reflection-0h00m01s000.mp4"]
    assert len(read_log(paths[0]).exports) == 1
    assert not export_log_path(paths[1]).exists()
    assert "bbbb02" not in (tmp_path / "lesson" / "index.html").read_text(encoding="utf-8")


def test_one_that_cannot_be_opened_is_told_and_the_other_goes_on(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    first, second = sessions()
    second.write_text("{", encoding="utf-8")
    (tmp_path / "meeting.mp4").unlink()
    gone = tmp_path / "gone.session.json"
    for words in ((), ("--dry-run",)):
        said = cut((gone, second, first), *LEARNERS, *words)
        assert said.code == 2
        assert f"{gone}: " in said.err
        assert f"{second}: " in said.err
        assert "aaaa01-01-reflection" in said.out
    assert names(tmp_path) == ["aaaa01-01-reflection-0h00m01s000.mp4"]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_one_whose_film_is_gone_is_told_and_the_other_goes_on(
    sessions: Callable[..., tuple[Path, Path]],
    cut: Callable[..., Said],
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    paths = sessions()
    (tmp_path / "meeting.mp4").unlink()
    said = cut(paths, *LEARNERS, *words)
    assert said.code == 2
    assert f"{paths[1]}: 0:00:01.000 to 0:00:01.400: meeting.mp4 is not there." in said.err
    assert "aaaa01-01-reflection" in said.out
    assert "bbbb02" not in said.out


def test_nothing_of_any_is_told_of_each(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    paths = sessions()
    said = cut(
        paths, "--search", "note:nowhere", "--purpose", "team", "--pack", tmp_path / "lesson"
    )
    assert said.code == 2
    assert [said.err.count(f"{path}: There is nothing to cut.") for path in paths] == [1, 1]
    assert not (tmp_path / "out").exists()


def test_what_one_session_knows_may_be_named_for_all(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    paths = sessions()
    said = cut(paths, *LEARNERS, "--coder", OTHER, "--dry-run")
    assert f"{paths[0]}: There is nothing to cut." in said.err
    assert f"{paths[1]}: 0:00:01.000 to 0:00:01.400: would be bbbb02" in said.out
    said = cut(paths, *LEARNERS, "--coder", "Nobody")
    assert said.code == 2
    assert said.err.count('None of the sessions has a coder "Nobody".') == 2
    assert not (tmp_path / "out").exists()


def test_what_each_keeps_is_taken(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    kept = Clip("late", Micros(2_000_000), Micros(2_600_000), title="A silence", tags=("t2",))
    first, second = sessions(clips=(kept,))
    said = cut((first, second), "--kept", "--purpose", "learners", "--pack", tmp_path / "lesson")
    assert said.code == 2
    assert f"{first}: The session keeps no clips." in said.err
    assert names(tmp_path) == ["bbbb02-01-silence-0h00m02s000.mp4"]
    assert "A silence" in (tmp_path / "lesson" / "index.html").read_text(encoding="utf-8")


def test_no_text_of_one_session_names_somebody_of_the_other(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    named = Clip("late", Micros(2_000_000), Micros(2_600_000), title=f"As with {PLANTED}")
    paths = sessions(clips=(named,))
    (clip_path := tmp_path / "talk.session.json").unlink()
    clip_session(
        clip_path, [(tmp_path / "talk.mp4", 0)], id="aaaa01", clips=(replace(named, title="x"),)
    )
    said = cut(paths, "--kept", "--purpose", "learners", "--pack", tmp_path / "lesson")
    assert said.code == 2
    assert f"names “{PLANTED}”" in said.err
    assert not (tmp_path / "out").exists()


def test_copies_of_one_session_never_share_a_name(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    paths = sessions(id="aaaa01")
    dry = cut(paths, *LEARNERS, "--dry-run")
    said = cut(paths, *LEARNERS, "--pack", tmp_path / "lesson", "--package", "zip")
    assert said.code == dry.code == 0, said.err
    stem = "aaaa01-01-reflection-0h00m01s000"
    assert names(tmp_path) == [f"{stem}-2.mp4", f"{stem}.mp4"]
    assert f"{stem}-2.mp4" in dry.out
    assert [one.name for one in sorted(tmp_path.glob("*.zip.*"))] == [
        "lesson.zip.aaaa01-2.manifest.json",
        "lesson.zip.aaaa01.manifest.json",
    ]


ONE_ALONE = (
    (("--reel", "reel.mp4"), "A reel is made of clips of one session"),
    (("--list", "list.csv"), "--list holds times of one session"),
    (("--kept", "1"), "--kept CLIP names a clip of one session"),
    (("--names", "{number}-{code}"), "told apart by {session}"),
    (("--pack", "out"), "A pack is a folder of its own"),
)


@pytest.mark.parametrize(("words", "why"), ONE_ALONE)
def test_what_is_of_one_session_is_refused_for_several(
    sessions: Callable[..., tuple[Path, Path]],
    cut: Callable[..., Said],
    tmp_path: Path,
    words: tuple[str, str],
    why: str,
) -> None:
    name, value = words
    given = tmp_path / value if name in {"--reel", "--list", "--pack"} else value
    code = () if name == "--kept" else ("--code", "reflection")
    said = cut(sessions(), "--purpose", "team", name, given, *code)
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "out").exists()


def test_a_session_that_is_named_twice_is_refused(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    first, _ = sessions()
    said = cut((first, tmp_path / "." / first.name), *LEARNERS)
    assert said.code == 2
    assert "A session is named twice." in said.err


def test_json_tells_of_each_session_and_of_one_as_ever(
    sessions: Callable[..., tuple[Path, Path]], cut: Callable[..., Said], tmp_path: Path
) -> None:
    first, second = sessions(WITHDRAWN)
    gone = tmp_path / "gone.session.json"
    said = cut((first, second, gone), *LEARNERS, "--pack", tmp_path / "lesson", "--json")
    assert said.code == 2
    found = json.loads(said.out)
    assert found["pack"] == {"files": [str(tmp_path / "lesson")], "failure": ""}
    told = [(one["session"], one["code"], bool(one["failure"])) for one in found["sessions"]]
    assert told == [
        (str(first), "aaaa01", False),
        (str(second), "bbbb02", False),
        (str(gone), "", True),
    ]
    made, refused, none = (one["clips"] for one in found["sessions"])
    assert [len(one["files"]) for one in made] == [2]
    assert "withdrew consent" in refused[0]["refused"]
    assert none == []
    alone = cut((first,), *LEARNERS, "--json")
    assert [set(one) for one in json.loads(alone.out)] == [set(made[0])]
