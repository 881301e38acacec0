"""What consent no longer allows when a clip is done is not kept, though it was when it began."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotator.jobs import clips, reels
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.processes import Done, Errand, run_apart
from annotator.jobs.progress import Progress, Silent
from annotator.jobs.reels import ReelAsk
from annotator.media.clips.wishes import CutResult
from annotator.model import Consent, ConsentScope, ExcludedSpan, Interval, Micros, Session
from annotator.model.clipping import Stretch
from annotator.storage.codec import session_bytes
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from tests.support.clip_sessions import clip_session
from tests.support.consents import GIVEN, VOICE_MASKED, WITHDRAWN, with_consent
from tests.support.cut_clips import write_noise_film

Change = Callable[[Session], Session]


def of_all(consent: Consent) -> Change:
    return lambda session: with_consent(session, consent)


def excluding(session: Session) -> Session:
    return replace(session, excluded=(ExcludedSpan(Micros(100_000), Micros(200_000)),))


def untouched(session: Session) -> Session:
    return replace(session, title="Another")


CHANGES = (
    (of_all(WITHDRAWN), "changed while this was made. Refused for learners: .*withdrew"),
    (excluding, "changed while this was made. Refused for learners: .*is excluded"),
    (of_all(VOICE_MASKED), "What must be masked was changed while this was made."),
    (untouched, ""),
)


class Room:
    """A session of a film, and what becomes of it while clips are made."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self.out = folder / "talk.session.json", folder / "out"
        film = write_noise_film(folder / "film.mp4", 1)
        self.session = clip_session(self.path, [(film, 0)], ())
        self.change: Change = untouched
        for module in (clips, reels):
            monkeypatch.setattr(module, "run_apart", self._run)

    def _run(
        self, asked: Sequence[Errand[CutResult]], watcher: Progress
    ) -> Iterator[Done[CutResult]]:
        for done in run_apart(asked, watcher):
            self.path.write_bytes(session_bytes(self.change(self.session)))
            yield done

    @property
    def wish(self) -> ClipsWish:
        day = date(2026, 3, 1)
        return ClipsWish(ConsentScope.LEARNING, self.out, "test", "2026-03-01T09:00:00Z", day)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(tmp_path, monkeypatch)


SPAN = Stretch(Interval(Micros(0), Micros(400_000)))


@pytest.mark.parametrize(("change", "why"), CHANGES)
def test_a_clip_is_judged_once_more_when_it_is_done(room: Room, change: Change, why: str) -> None:
    room.change = change
    planned = plan_clips(room.session, [SPAN], room.wish)
    (made,) = clips.make_clips(room.session, room.path, planned, room.wish, Silent())
    require(room, made.failure, why)


@pytest.mark.parametrize(("change", "why"), CHANGES)
def test_a_reel_is_judged_once_more_when_it_is_done(room: Room, change: Change, why: str) -> None:
    room.change = change
    planned = plan_clips(room.session, [SPAN], room.wish)
    ask = ReelAsk(room.out / "reel.mp4", frozenset())
    made = reels.make_reel(room.session, room.path, planned, room.wish, ask, Silent())
    require(room, made.failure, why)


def require(room: Room, failure: str, why: str) -> None:
    """See to it that what was refused was refused for this, and is not there nor in the log."""
    films, exports = list(room.out.glob("*.mp4")), read_log(room.path).exports
    assert len(films) == len(exports) == (0 if why else 1)
    assert re.search(why, failure) if why else not failure


ENDING = replace(GIVEN, expires="2026-04-01")


@pytest.mark.parametrize("joined", [False, True])
def test_the_day_to_delete_it_by_is_the_one_that_holds_when_it_is_kept(
    room: Room, *, joined: bool
) -> None:
    room.change = of_all(ENDING)
    planned = plan_clips(room.session, [SPAN], room.wish)
    if joined:
        ask = ReelAsk(room.out / "reel.mp4", frozenset())
        place = reels.make_reel(room.session, room.path, planned, room.wish, ask, Silent()).files[0]
    else:
        (made,) = clips.make_clips(room.session, room.path, planned, room.wish, Silent())
        place = made.files[0]
        assert made.planned.judgement.delete_by == "2026-04-01"
    assert json.loads(manifest_path(place).read_text())["delete_by"] == "2026-04-01"
    assert read_log(room.path).exports[0].record.delete_by == "2026-04-01"
