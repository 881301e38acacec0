"""Clips of several sessions keep apart: their names, masks, views, manifests and logs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import MediaError, StorageError
from annotator.jobs import clip_keeping
from annotator.jobs.clip_keeping import Finished, Share, keep_shared, manifest_places
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_packs import _therapist
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_sessions import (
    own_masks,
    require_told_apart,
    shared_plans,
    view_elsewhere,
)
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.mask_reviewing import save_masks
from annotator.media.face_masks import MaskPlan
from annotator.media.fingerprints import fingerprint
from annotator.model import (
    ConsentScope,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Session,
)
from annotator.model.clipping import Stretch
from annotator.model.export_names import TemplateError
from annotator.model.export_record import ExportRecord, Logged
from annotator.model.stamps import now, today
from annotator.storage.export_log import log_export, read_log
from annotator.storage.paths import recording_path
from tests.support.clip_sessions import clip_session
from tests.support.cut_clips import write_noise_film

SPAN = Interval(Micros(0), Micros(500_000))


@pytest.fixture
def two(tmp_path: Path) -> list[tuple[Session, Path]]:
    """Give two sessions of a film each, with their files."""
    found = []
    for name, code in (("one", "aaaa01"), ("two", "bbbb02")):
        film = write_noise_film(tmp_path / f"{name}.mp4", 1, name)
        path = tmp_path / f"{name}.session.json"
        found.append((clip_session(path, [(film, 0)], id=code), path))
    return found


def masks_of(session: Session, path: Path) -> FilmMasks:
    film = recording_path(path, session.recordings[0])
    return FilmMasks(film, MaskPlan((64, 64), SPAN, film=fingerprint(film)), "r1")


def test_names_must_say_of_which_session_a_clip_is() -> None:
    require_told_apart("{session}-{number}")
    with pytest.raises(TemplateError, match=r"told apart by \{session\}"):
        require_told_apart("{number}-{code}")


def test_masks_go_to_the_session_of_their_film_by_its_own_id(
    two: list[tuple[Session, Path]],
) -> None:
    looked_at = [masks_of(*one) for one in two]
    for number, (session, path) in enumerate(two):
        (own,) = own_masks(session, path, looked_at)
        assert own.path == looked_at[number].path
        assert own.recording == session.recordings[0].id


def test_a_file_of_masks_goes_to_the_session_whose_film_it_was_made_of(
    two: list[tuple[Session, Path]], tmp_path: Path
) -> None:
    files = []
    for one in two:
        files.append(tmp_path / f"{one[0].id}.masks.json")
        save_masks(files[-1], masks_of(*one).plan)
    assert shared_plans(two, ClipView(), files) == [(files[0],), (files[1],)]
    strange = tmp_path / "strange.json"
    save_masks(strange, replace(masks_of(*two[0]).plan, film="sha256-" + "0" * 64))
    with pytest.raises(MediaError, match=r"strange\.json.*no film that is shown"):
        shared_plans(two, ClipView(), [strange])
    (tmp_path / "two.mp4").unlink()  # that is told where its clips are planned
    assert shared_plans(two, ClipView(), files) == [(files[0],), ()]


def test_recordings_are_named_by_role_elsewhere(two: list[tuple[Session, Path]]) -> None:
    recording = two[0][0].recordings[0]
    view = ClipView((recording.id,), sounds=(recording.id,))
    role = recording.role.value
    assert view_elsewhere(view, [recording]) == ClipView((role,), sounds=(role,))
    alike = [recording, replace(recording, id="r2")]
    assert view_elsewhere(view, alike) == view


def test_manifests_of_several_sessions_are_told_apart(two: list[tuple[Session, Path]]) -> None:
    one, other = (session for session, _ in two)
    place = Path("lesson.zip")
    assert [path.name for path in manifest_places(place, [one])] == ["lesson.zip.manifest.json"]
    assert [path.name for path in manifest_places(place, [one, other, one])] == [
        "lesson.zip.aaaa01.manifest.json",
        "lesson.zip.bbbb02.manifest.json",
        "lesson.zip.aaaa01-3.manifest.json",
    ]


def shares(two: list[tuple[Session, Path]], folder: Path) -> list[Share]:
    """Give what a file shows of both sessions."""
    (staging := folder / "staging").mkdir()
    made = staging / "lesson.zip"
    made.write_bytes(b"made")
    found = []
    for session, path in two:
        wish = ClipsWish(ConsentScope.PRIVATE, folder, "A", now(), today())
        (clip,) = plan_clips(session, [Stretch(SPAN)], wish)
        assert clip.allowed is not None
        one = Finished(made, folder / "lesson.zip", clip.allowed, (SPAN,), None, {}, ())
        found.append(Share(session, path, wish, one))
    return found


def test_a_file_of_two_sessions_stands_in_both_logs(
    two: list[tuple[Session, Path]], tmp_path: Path
) -> None:
    written = keep_shared(shares(two, tmp_path))
    assert [path.name for path in written] == [
        "lesson.zip",
        "lesson.zip.aaaa01.manifest.json",
        "lesson.zip.bbbb02.manifest.json",
    ]
    for _, path in two:
        (entry,) = read_log(path).exports
        assert entry.record.results[0].name == "lesson.zip"


def test_where_one_log_cannot_be_written_the_other_gives_up_and_nothing_is_left(
    two: list[tuple[Session, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = shares(two, tmp_path)

    def logged(path: Path, record: ExportRecord) -> Logged:
        if path == two[1][1]:
            raise StorageError("The disk is full.", "Make room.")
        return log_export(path, record)

    monkeypatch.setattr(clip_keeping, "log_export", logged)
    with pytest.raises(StorageError, match="The disk is full"):
        keep_shared(given)
    assert not list(tmp_path.glob("lesson*"))
    (entry,) = read_log(two[0][1]).exports
    assert entry.given_up
    assert read_log(two[1][1]).exports == ()


@pytest.mark.parametrize(
    ("label", "own", "told"),
    [
        ("T01", "therapist", "T01"),
        ("Dr Secretname", "therapist", ""),
        ("Dr Secretname", "T01", "T01"),
        ("Therapist", "therapist", ""),
        ("", "t7", "t7"),
    ],
)
def test_a_therapist_is_told_by_a_code_and_never_by_a_name(
    two: list[tuple[Session, Path]], label: str, own: str, told: str
) -> None:
    one = Participant(own, ParticipantRole.THERAPIST, label)
    session = replace(two[0][0], participants=(one,))
    assert _therapist(session) == (told, label)
    several = replace(session, participants=(one, replace(one, id="other")))
    assert _therapist(several) == ("", "")
