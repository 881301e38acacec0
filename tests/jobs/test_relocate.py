"""Films that have moved are found and recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.jobs.progress import CancelledError
from annotator.jobs.relocate import find_moved, recognise
from annotator.media import fingerprint
from annotator.model import Micros, Recording, RecordingRole
from annotator.model.stamps import new_id
from annotator.storage.paths import recording_path


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "study" / "coding" / "talk.session.json"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def recording(session: Path) -> Recording:
    film = session.parent / "talk.mp4"
    film.write_bytes(b"the film itself")
    mark = fingerprint(film)
    film.unlink()
    return Recording(new_id(), "talk.mp4", RecordingRole.ROOM, Micros(0), Micros(1), mark)


@pytest.mark.parametrize(
    "place",
    ["coding/films/talk.mp4", "films/renamed.mp4", "coding/Renamed.MP4", "talk.mp4"],
)
def test_film_is_found_near_the_session(session: Path, recording: Recording, place: str) -> None:
    film = session.parent.parent / place
    film.parent.mkdir(exist_ok=True)
    film.write_bytes(b"the film itself")
    (session.parent / "other.mp4").write_bytes(b"another film")
    found = find_moved(recording, session)
    assert found is not None
    assert recording_path(session, found) == film
    assert found.id == recording.id


def test_the_nearest_copy_is_taken(session: Path, recording: Recording) -> None:
    for place in ("films/renamed.mp4", "../beside/talk.mp4"):
        film = session.parent / place
        film.parent.mkdir()
        film.write_bytes(b"the film itself")
    found = find_moved(recording, session)
    assert found is not None
    assert found.path == "films/renamed.mp4"


def test_another_film_of_that_name_is_not_taken(session: Path, recording: Recording) -> None:
    (session.parent / "talk.mp4").write_bytes(b"another film")
    assert find_moved(recording, session) is None
    assert recognise(recording, session, session.parent / "talk.mp4") is None


def test_a_film_shown_by_hand_is_recognised(
    session: Path, recording: Recording, tmp_path: Path
) -> None:
    film = tmp_path / "far" / "away" / "x.mp4"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"the film itself")
    assert find_moved(recording, session) is None
    found = recognise(recording, session, film)
    assert found is not None
    assert recording_path(session, found) == film


def test_a_file_that_cannot_be_read(session: Path, recording: Recording) -> None:
    with pytest.raises(MediaError):
        recognise(recording, session, session.parent / "not there.mp4")


class Impatient:
    """Wants every job to stop at once."""

    def progress(self, fraction: float, text: str) -> None:
        raise AssertionError(f"went on to {fraction}: {text}")

    def cancelled(self) -> bool:
        return True


def test_search_can_be_cancelled(session: Path, recording: Recording) -> None:
    (session.parent / "talk.mp4").write_bytes(b"another film")
    with pytest.raises(CancelledError):
        find_moved(recording, session, Impatient())
