"""A clip that its kind of file cannot hold is told before it is made, and the others are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.jobs.clip_hindrances import hindrance_of, why_not
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_warnings import warnings_of
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import Silent
from annotator.media import faces
from annotator.media.clips.lengths import require_length
from annotator.media.clips.wishes import Form
from annotator.model import ConsentScope, ExcludedSpan, Interval, Mask, Micros, Session
from annotator.model.clipping import Stretch
from annotator.model.time import SECOND
from tests.support.clip_sessions import clip_session
from tests.support.timing_clips import ClipKind, TimingClip

LONGEST = 30 * SECOND
REGION = Interval(Micros(0), Micros(90 * SECOND))


@pytest.fixture
def session(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> Session:
    """Give a session that goes on after its film has ended."""
    films = [(clip_of(ClipKind.FPS_25).path, 0)]
    return clip_session(tmp_path / "talk.session.json", films, region=REGION)


def wish(folder: Path, **more: object) -> ClipsWish:
    usual = ClipsWish(
        ConsentScope.LEARNING, folder, "A", "2026-06-01T10:00:00Z", date(2026, 6, 1), form=Form.GIF
    )
    return replace(usual, **more)


def planned(session: Session, wished: ClipsWish, *lengths: int) -> tuple[PlannedClip, ...]:
    start = Micros(SECOND)
    stretches = [Stretch(Interval(start, Micros(start + length))) for length in lengths]
    return plan_clips(session, stretches, wished)


def test_a_gif_may_last_thirty_seconds_and_no_more(session: Session, tmp_path: Path) -> None:
    wished = wish(tmp_path)
    just, over = planned(session, wished, LONGEST, LONGEST + 1)
    assert hindrance_of(just, wished) == why_not(just, wished) == ""
    told = hindrance_of(over, wished)
    assert told == (
        "An animated GIF may be 30 s long at most, and this clip lasts 30.1 s. "
        "Choose a shorter clip, or the kind mp4."
    )
    assert why_not(over, wished) == told
    for form in set(Form) - {Form.GIF}:
        assert hindrance_of(over, replace(wished, form=form)) == ""


@pytest.mark.parametrize("form", Form)
def test_what_lasts_hardly_at_all_is_told(session: Session, tmp_path: Path, form: Form) -> None:
    wished = replace(wish(tmp_path), form=form)
    over, just = planned(session, wished, 1999, 2000)
    assert hindrance_of(over, wished).startswith("The clip is too short to be seen or heard.")
    assert hindrance_of(just, wished) == ""


def test_what_is_told_is_what_making_it_would_say() -> None:
    with pytest.raises(MediaError, match=r"30 s long at most, and this clip lasts 45\.3 s"):
        require_length(Form.GIF, Micros(45_210_000))


def test_of_a_refused_clip_the_refusal_alone_is_told(session: Session, tmp_path: Path) -> None:
    held = ExcludedSpan(Micros(SECOND), Micros(2 * SECOND), "a name is said")
    wished = wish(tmp_path)
    (one,) = planned(replace(session, excluded=(held,)), wished, LONGEST + SECOND)
    assert hindrance_of(one, wished) == ""
    assert why_not(one, wished) == one.refusal != ""


def test_the_others_are_made_and_nothing_is_left_of_it(session: Session, tmp_path: Path) -> None:
    wished = wish(tmp_path / "out")
    both = planned(session, wished, SECOND, LONGEST + SECOND)
    path = tmp_path / "talk.session.json"
    made = {one.planned.name: one for one in make_clips(session, path, both, wished, Silent())}
    assert made[both[0].name].failure == ""
    assert made[both[1].name].failure == hindrance_of(both[1], wished)
    assert [one.name for one in (tmp_path / "out").glob("*.gif")] == [both[0].name]
    assert not (tmp_path / "out" / f"{both[1].name}.manifest.json").exists()


def test_where_all_are_too_long_not_even_the_film_is_opened(
    session: Session, tmp_path: Path
) -> None:
    wished = wish(tmp_path / "out")
    all_long = planned(session, wished, LONGEST + 1, LONGEST + SECOND)
    nowhere = tmp_path / "elsewhere" / "talk.session.json"
    made = list(make_clips(session, nowhere, all_long, wished, Silent()))
    assert all("30 s long at most" in one.failure for one in made)
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_made_is_not_counted_in_warnings(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_PACKAGE", "no-such-package-here")
    wished = wish(tmp_path, masks=frozenset({Mask.FACES}))
    both = planned(session, wished, SECOND, LONGEST + SECOND)
    told = warnings_of(session, tmp_path / "talk.session.json", both, wished)
    assert any(one.startswith("1 clip cannot be made, since faces") for one in told)
