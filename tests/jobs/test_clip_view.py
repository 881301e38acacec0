"""Which recordings a clip shows and plays: by id or role, and what is said where one is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.jobs.clip_view import ClipView, Viewed, viewed
from annotator.media.clips.composition import Layout
from annotator.model import Interval, Look, Micros, Recording, Session
from annotator.model.recording import Listening
from tests.support.foreign import BOOK
from tests.support.recordings import CLIENT, FILM, LENGTH, RECORDER, SILENT

ALL = (FILM, CLIENT, SILENT, RECORDER)


def session_of(*recordings: Recording) -> Session:
    return Session("s", "A talk", BOOK, Interval(Micros(0), LENGTH), recordings)


def ids(found: Viewed) -> tuple[list[str], list[tuple[str, int, float]]]:
    heard = [(one.recording.id, one.track, one.gain) for one in found.heard]
    return [one.id for one in found.seen], heard


def test_usually_the_film_is_seen_and_heard() -> None:
    found = viewed(session_of(*ALL), ClipView())
    assert ids(found) == (["film"], [("film", 0, 1.0)])
    assert found.is_plain
    assert found.composition(Path("talk.session.json")) is None


def test_a_film_without_sound_is_heard_through_the_first_that_has_some() -> None:
    found = viewed(session_of(SILENT, RECORDER), ClipView())
    assert ids(found) == (["silent"], [("recorder", 0, 1.0)])
    assert not found.is_plain


def test_without_any_sound_nothing_is_heard() -> None:
    found = viewed(session_of(SILENT), ClipView())
    assert ids(found) == (["silent"], [])
    assert found.is_plain
    assert found.track is None


def test_the_track_chosen_for_playing_is_heard() -> None:
    session = session_of(replace(CLIENT, listening=Listening(0.2, muted=True, track=1)))
    assert ids(viewed(session, ClipView()))[1] == [("client", 1, 1.0)]
    assert ids(viewed(session, ClipView(track=0)))[1] == [("client", 0, 1.0)]


def test_recordings_are_named_by_id_or_role() -> None:
    view = ClipView(("client", "film"), Layout.SIDE, sounds=("recorder", "room"))
    found = viewed(session_of(*ALL), view)
    assert ids(found) == (["client", "film"], [("recorder", 0, 1.0), ("film", 0, 1.0)])
    assert [one.id for one in found.recordings] == ["client", "film", "recorder"]


def test_all_are_mixed_by_the_volumes_of_the_player() -> None:
    session = session_of(
        replace(FILM, listening=Listening(0.5)),
        replace(CLIENT, listening=Listening(muted=True)),
        SILENT,
        RECORDER,
    )
    found = viewed(session, ClipView(mixes=True))
    assert ids(found)[1] == [("film", 0, 0.5), ("recorder", 0, 1.0)]


def test_the_files_and_offsets_are_those_of_the_session() -> None:
    view = ClipView(("film", "client"), Layout.INSET, mixes=True)
    composition = viewed(session_of(*ALL), view).composition(Path("/s/talk.session.json"))
    assert composition is not None
    assert [(one.path, one.offset) for one in composition.takes] == [
        (Path("/s/films/room.mp4"), 0),
        (Path("/s/films/client.mov"), 480_000),
    ]
    assert [(one.path, one.offset, one.track) for one in composition.heard] == [
        (Path("/s/films/room.mp4"), 0, 0),
        (Path("/s/films/client.mov"), 480_000, 0),
        (Path("/s/recorder.wav"), 1_250_000, 0),
    ]


@pytest.mark.parametrize(
    ("look", "plain"),
    [
        (Look(), True),
        (Look(zoom=3.0, across=0.2), True),
        (Look(turn=90), False),
        (Look(shape="16:9"), False),
        (Look(brightness=0.2), False),
        (Look(deinterlace=True), False),
    ],
)
def test_a_look_is_followed_but_for_the_zoom(look: Look, *, plain: bool) -> None:
    found = viewed(session_of(replace(FILM, look=look)), ClipView())
    assert found.is_plain is plain
    composition = found.composition(Path("talk.session.json"))
    if composition is not None:
        assert composition.takes[0].look == look


@pytest.mark.parametrize(
    ("view", "why"),
    [
        (ClipView(("nobody",)), 'no recording "nobody".*film .room., client'),
        (ClipView(("recorder",)), "sound only.*--sound"),
        (ClipView(sounds=("silent",)), "has no sound"),
        (ClipView(track=4), r"no sound track 5; it has 1"),
        (ClipView(sounds=("client",), track=2), r"no sound track 3; it has 2"),
        (ClipView(("film", "client")), "One recording.*2 are chosen"),
        (ClipView(("film",), Layout.SIDE), "2 to 4.*1 is chosen"),
        (ClipView((), Layout.INSET), "takes 2.*1 is chosen"),
        (ClipView(("film", "film"), Layout.SIDE), 'named twice: "film".*each once'),
        (ClipView(("film", "room"), Layout.SIDE), 'named twice: "film" and "room"'),
        (ClipView(("film",), sounds=("client", "client")), 'named twice: "client"'),
        (ClipView(("film", "client", "silent"), Layout.INSET), "3 are chosen"),
    ],
)
def test_what_cannot_be_is_said(view: ClipView, why: str) -> None:
    with pytest.raises(AnnotatorError, match=why):
        viewed(session_of(*ALL), view)


def test_no_more_than_four_stand_side_by_side() -> None:
    several = [replace(FILM, id=f"film{number}") for number in range(5)]
    view = ClipView(tuple(one.id for one in several), Layout.SIDE)
    with pytest.raises(AnnotatorError, match="5 are chosen"):
        viewed(session_of(*several), view)


def test_a_role_that_two_have_does_not_tell_which() -> None:
    twice = session_of(FILM, replace(CLIENT, role=FILM.role))
    with pytest.raises(AnnotatorError, match=r'several recordings "room".*film .room., client'):
        viewed(twice, ClipView(("room",)))


def test_where_all_are_muted_one_must_be_named() -> None:
    session = session_of(replace(FILM, listening=Listening(muted=True)), SILENT)
    with pytest.raises(AnnotatorError, match=r"muted.*--sound"):
        viewed(session, ClipView(mixes=True))
    assert ids(viewed(session, ClipView(sounds=("film",))))[1] == [("film", 0, 1.0)]
