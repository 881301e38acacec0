"""Names planted wherever a name can stand are in no byte of anything that is made to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from shutil import copy
from zipfile import ZipFile, is_zipfile

import pytest

from annotator.media.clips.wishes import Form
from annotator.model import Micros
from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import ExcludedSpan
from annotator.model.transcript import Cue, Transcript
from annotator.storage.export_log import export_log_path
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.cut_clips import write_noise_film
from tests.support.foreign import NOW, tag

NAME = "Zebulonia"
"""A part of every name; nothing else has it, in capitals or without."""

PLANTED = f"Dr {NAME} Quackenbush"
TAGS = (
    tag(1, "reflection", 1000, 1600, participant="client", note=f"{PLANTED} smiles"),
    tag(2, "silence", 2000, 2600, note=PLANTED),
)
EVERY_FORM = [form.value for form in Form]


@pytest.fixture(scope="module")
def named_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_noise_film(tmp_path_factory.mktemp("film") / f"{PLANTED}.mp4", 3, PLANTED)


@pytest.fixture
def session(named_film: Path, tmp_path: Path) -> Path:
    """Write a session with the name in its film, its folder, its file and all over itself."""
    home = tmp_path / PLANTED
    home.mkdir()
    film = Path(copy(named_film, home))
    assert film.read_bytes().count(NAME.encode()) >= 4
    cues = (
        Cue("c1", Micros(1_000_000), Micros(1_500_000), "How was the week?", PLANTED, "therapist"),
        Cue("c2", Micros(2_000_000), Micros(2_500_000), "It was long.", f"{NAME} Q.", "client"),
    )
    path = home / f"{PLANTED}.session.json"
    clip_session(
        path,
        [(film, 0)],
        TAGS,
        title=f"First meeting with {PLANTED}",
        passes=(CodingPass("p", PLANTED, Purpose.PRIMARY, NOW, TAGS),),
        transcripts=(Transcript(NAME, cues, "en", f"{PLANTED}.vtt"),),
        excluded=(ExcludedSpan(Micros(2_900_000), Micros(2_950_000), f"{PLANTED} is named"),),
    )
    return path


@pytest.fixture
def cut(
    annotator: CommandLine, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Give what cuts clips as a user whose name is planted too, for somebody of that name."""
    monkeypatch.setattr("getpass.getuser", lambda: PLANTED)
    usual = ("--code", "reflection", "--code", "silence", "--purpose", "learners")

    def run(*words: object) -> Said:
        return annotator(
            "clips", session, *usual, "-o", tmp_path / "out", "--recipient", PLANTED, *words
        )

    return run


def pieces(data: bytes) -> Iterator[bytes]:
    """Give data, and all that is packed in it."""
    yield data
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            yield archive.comment
            for one in archive.infolist():
                yield one.filename.encode()
                yield one.extra + one.comment
                yield from pieces(archive.read(one))


def told_in(path: Path, word: str) -> bool:
    """Tell whether a file holds a word in any case, in any of the ways that texts are written."""
    needles = [word.lower().encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(needle in piece.lower() for piece in pieces(path.read_bytes()) for needle in needles)


def require_nameless(folder: Path, home: Path) -> list[Path]:
    """See to it that no file under a folder tells a name, in itself or by its own; list them."""
    every = [one for one in folder.rglob("*") if one.is_file()]
    for path in every:
        assert NAME.lower() not in str(path.relative_to(folder)).lower()
        for word in (NAME, "Quackenbush", str(home), home.parent.name, "x264", "Lavc6"):
            assert not told_in(path, word), (path.name, word)
    return every


@pytest.mark.parametrize("form", EVERY_FORM)
def test_no_name_is_in_any_kind_of_clip_nor_beside_it(
    cut: Callable[..., Said], session: Path, tmp_path: Path, form: str
) -> None:
    said = cut("--format", form)
    assert said.code == 0, said.err
    every = require_nameless(tmp_path / "out", session.parent)
    endings = sorted({"".join(one.suffixes[-2:]) for one in every})
    captions = [".vtt"] if Form(form).has_sound else []
    assert endings == sorted([f".{form}", ".manifest.json", *captions])
    assert len(every) == 4 + 2 * len(captions)


def test_the_log_at_home_tells_who_made_it_and_for_whom(
    cut: Callable[..., Said], session: Path
) -> None:
    assert cut().code == 0
    assert told_in(export_log_path(session), NAME)


@pytest.mark.parametrize("form", ["mp4", "m4a"])
def test_no_name_is_in_any_kind_of_pack(
    cut: Callable[..., Said], session: Path, tmp_path: Path, form: str
) -> None:
    packages = ["zip", "scorm", *(["h5p"] if form == "mp4" else [])]
    words = [word for one in packages for word in ("--package", one)]
    packs = tmp_path / "packs"
    packs.mkdir()
    said = cut("--format", form, "--pack", packs / "lesson", *words)
    assert said.code == 0, said.err
    every = require_nameless(packs, session.parent)
    kinds = {one.suffix for one in every}
    assert {".zip", ".html", f".{form}"} <= kinds
    assert (".h5p" in kinds) == (form == "mp4")


def test_no_name_is_in_a_reel(cut: Callable[..., Said], session: Path, tmp_path: Path) -> None:
    reels = tmp_path / "reels"
    reels.mkdir()
    said = cut("--reel", reels / "reel.mp4", "--burn", "captions")
    assert said.code == 0, said.err
    every = require_nameless(reels, session.parent)
    assert {"reel.mp4", "reel.mp4.manifest.json"} <= {one.name for one in every}


def test_masked_copies_tell_no_name(annotator: CommandLine, session: Path, tmp_path: Path) -> None:
    film = session.with_name(f"{PLANTED}.mp4")
    (tmp_path / "masked").mkdir()
    for form in EVERY_FORM:
        target = tmp_path / "masked" / f"copy.{form}"
        said = annotator("mask", film, "-o", target, "--mask", "picture", "--end", "0.4")
        assert said.code == 0, said.err
    assert len(require_nameless(tmp_path / "masked", session.parent)) == len(EVERY_FORM)


@pytest.mark.parametrize(
    "words",
    [
        ("--names", f"{PLANTED}-{{number}}"),
        ("--override", f"{PLANTED} agreed"),
        ("--pack", "lesson", "--title", f"Lessons of {PLANTED}"),
    ],
)
def test_a_name_that_is_typed_by_mistake_is_refused(
    cut: Callable[..., Said],
    session: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    assert session.exists()
    monkeypatch.chdir(tmp_path)
    said = cut(*words)
    assert said.code in (1, 2)
    assert "names" in said.err
    assert not (tmp_path / "lesson").exists()


def test_the_search_finds_what_is_hidden(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a/b.txt", NAME.upper())
    for at, data in enumerate(
        (
            f"a {NAME} b".encode(),
            NAME.encode("utf-16-le"),
            packed.getvalue(),
        )
    ):
        path = tmp_path / str(at)
        path.write_bytes(data)
        assert told_in(path, NAME)
