"""Results over sessions: one that cannot be read is told, and the others are counted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from annotator.analysis.agreement import units
from annotator.analysis.agreement.icc import icc
from annotator.analysis.sequences import Follow
from annotator.analysis.summary import Named
from annotator.errors import AnnotatorError
from annotator.jobs.agreeing import ALL, AgreeWish, UnitKind, agreed, number_pairs
from annotator.jobs.drawing import FigureWish, drawn, figure_table
from annotator.jobs.figures import FigureKind
from annotator.jobs.progress import CancelledError, Silent
from annotator.jobs.results import (
    SummaryWish,
    TalkWish,
    followed,
    side_by_side,
    summarised,
    talked,
)
from annotator.jobs.studies import ALL_PASSES, Passes, over_sessions
from annotator.model import Purpose, Rating, Session
from annotator.model.study import Study, StudySession
from annotator.model.table import Table
from annotator.reports.figures.sheet import file_of, picture_of
from annotator.storage.store import SessionStore
from annotator.storage.study import gathered
from tests.support.numbers import coding, meeting, tag
from tests.support.watching import Watcher

WATCHER = Silent()


def kept(folder: Path, name: str, session: Session) -> StudySession:
    path = folder / f"{name}.session.json"
    SessionStore.create(path, replace(session, id=name), "test").close()
    return StudySession(path, name)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Three sessions by two coders; B misses one reflection in each, and doubts one question."""
    sessions = []
    for number in range(3):
        tags = [tag(f"r{at}", "reflection", 10 + 20 * at) for at in range(4 + number)]
        tags += [tag(f"q{at}", "question", 20 + 20 * at, who="p2") for at in range(3 + 2 * number)]
        first = sorted(tags, key=lambda one: one.start)
        second = [replace(one, id=f"b{one.id}") for one in first if one.id != "r0"]
        passes = (
            coding(*first),
            coding(*second, coder="B", purpose=Purpose.DOUBLE),
            coding(tag("x", "silence", 1, 9), coder="C", purpose=Purpose.TRAINING),
        )
        sessions.append(kept(tmp_path, f"s{number}", meeting(*passes)))
    return Study("Three", tuple(sessions))


def count(named: Named) -> int:
    return len(named.session.passes)


def refuse(named: Named) -> int:
    if named.name == "s1":
        raise AnnotatorError("It is broken.")
    return count(named)


def test_sessions_come_in_order_here_and_in_other_processes(study: Study) -> None:
    here = list(over_sessions(study, refuse, WATCHER, workers=1))
    there = list(over_sessions(study, refuse, WATCHER, workers=2))
    assert here == there
    assert [one.result for one in here] == [3, None, 3]
    assert here[1].failure == "It is broken."


def test_a_cancelled_job_stops(study: Study) -> None:
    with pytest.raises(CancelledError):
        list(over_sessions(study, count, Watcher(patience=0), workers=1))


def test_a_session_that_cannot_be_read_is_told(study: Study, tmp_path: Path) -> None:
    broken = tmp_path / "broken.session.json"
    broken.write_text("{", encoding="utf-8")
    gone = tmp_path / "gone.session.json"
    more = (*study.sessions, StudySession(broken, "broken"), StudySession(gone, "gone"))
    results = summarised(replace(study, sessions=more), SummaryWish(), WATCHER)
    assert sum("is left out" in notice for notice in results.notices) == 2
    assert set(results.tables[0].values("session")) == {"s0", "s1", "s2"}
    assert broken.read_text(encoding="utf-8") == "{"
    with pytest.raises(AnnotatorError, match="broken"):
        summarised(replace(study, sessions=more[3:]), SummaryWish(), WATCHER)


def test_training_counts_only_where_it_is_asked_for(study: Study) -> None:
    plain = summarised(study, SummaryWish(), WATCHER).table("summary")
    assert set(plain.values("coder")) == {"A", "B"}
    training = SummaryWish(passes=Passes(purposes=(Purpose.TRAINING,)))
    assert set(summarised(study, training, WATCHER).table("summary").values("coder")) == {"C"}
    with pytest.raises(AnnotatorError, match="no coding pass"):
        summarised(study, SummaryWish(passes=Passes(("Z",))), WATCHER)


def test_what_the_study_says_stands_beside(study: Study) -> None:
    named = tuple(replace(one, therapist=f"T{at}") for at, one in enumerate(study.sessions))
    table = summarised(replace(study, sessions=named), SummaryWish(), WATCHER).table("summary")
    assert {row["session"]: row["therapist"] for row in table.records()} == {
        "s0": "T0",
        "s1": "T1",
        "s2": "T2",
    }


def test_three_sessions_are_said_to_be_three(study: Study) -> None:
    results = side_by_side(study, SummaryWish(), WATCHER)
    assert any(notice.startswith("n = 3 sessions") for notice in results.notices)
    rates = results.table("rates")
    assert [column.id for column in rates.columns] == ["code", "name", "s0", "s1", "s2"]
    by_code = {row["code"]: row for row in rates.records()}
    assert [by_code["reflection"][name] for name in ("s0", "s1", "s2")] == [4.0, 5.0, 6.0]
    shares = {
        (row["given"], row["target"]): row for row in results.table("transition-shares").records()
    }
    assert shares["reflection", "question"]["s0"] == pytest.approx(3 / 3)


def test_transitions_of_all_sessions_together(study: Study) -> None:
    table = followed(study, Follow(draws=0), ALL_PASSES, WATCHER).table("transitions")
    counts = {(row["given"], row["target"]): row["count"] for row in table.records()}
    assert counts["reflection", "question"] == 3 + 5 + 6
    assert sum(int(str(one)) for one in counts.values()) == (7 - 1) + (10 - 1) + (13 - 1)


def test_agreement_of_each_session_and_of_all(study: Study) -> None:
    results = agreed(study, AgreeWish(), WATCHER)
    table = results.table("agreement")
    about_tags = [row for row in table.records() if row["about"] == "tags"]
    assert {row["session"] for row in about_tags} == {"s0", "s1", "s2", ALL}
    whole = next(row for row in about_tags if (row["session"], row["measure"]) == (ALL, "easydiag"))
    assert whole["units"] == 7 + 10 + 13
    assert 0.5 < float(str(whole["value"])) < 1
    about = {row["about"] for row in table.records()} - {"tags"}
    assert {"count of reflection", "count of question", "score r_q"} <= about
    question = next(
        row
        for row in table.records()
        if (row["about"], row["measure"]) == ("count of question", "icc-a-1")
    )
    assert question["value"] == pytest.approx(1.0)
    assert "to report" not in str(question["sentence"])
    matrix = next(one for one in results.tables if one.id.startswith("matrix-easydiag-all"))
    missed = matrix.places(
        [str(row[0]) for row in matrix.rows].index("reflection"), len(matrix.columns) - 1
    )
    assert [(one.session, one.tags, one.interval.start) for one in missed] == [
        (f"s{at}", ("r0",), 10_000_000) for at in range(3)
    ]


def test_agreement_is_laid_out_in_the_order_of_coding(study: Study) -> None:
    drift = agreed(study, AgreeWish(), WATCHER).table("drift")
    own = [row for row in drift.records() if row["measure"] == "easydiag"]
    assert [row["session"] for row in own] == ["s0", "s1", "s2"]
    assert own[0]["change"] is None
    values = [float(str(row["value"])) for row in own]
    assert own[2]["change"] == pytest.approx(values[2] - values[1])


def test_ratings_are_held_against_one_another_as_numbers(tmp_path: Path) -> None:
    given = [(1, 2), (3, 3), (5, 4), (4, 4), (2, None)]
    sessions = []
    for number, (one, other) in enumerate(given):
        passes = []
        for coder, value in (("A", one), ("B", other)):
            ratings = () if value is None else (Rating("empathy", float(value)),)
            purpose = Purpose.PRIMARY if coder == "A" else Purpose.DOUBLE
            passes.append(replace(coding(coder=coder, purpose=purpose), ratings=ratings))
        sessions.append(kept(tmp_path, f"r{number}", meeting(*passes)))
    table = agreed(Study("", tuple(sessions)), AgreeWish(), WATCHER).table("agreement")
    rows = {row["measure"]: row for row in table.records() if row["about"] == "rating empathy"}
    numbers = [[float(one), None if other is None else float(other)] for one, other in given]
    counts = units.counted(numbers)
    assert rows["alpha-interval"]["value"] == units.alpha(counts, units.Level.INTERVAL).value
    whole = [[one, other] for one, other in numbers if other is not None]
    assert rows["icc-a-1"]["value"] == icc(whole)[1].value
    assert "1 of 5 were left out" in str(rows["icc-a-1"]["warnings"])
    # by hand: the squares of the four differences in steps of the values used (1 2 3 4 5)
    seen = (1 + 0 + 1 + 0) / 4
    chance = sum((a - b) ** 2 for a, _ in whole for _, b in whole if b is not None) / 16
    assert rows["weighted"]["value"] == pytest.approx(1 - seen / chance)


def test_agreement_on_shared_units(study: Study) -> None:
    wish = AgreeWish(("A", "B"), units=UnitKind.TIME)
    table = agreed(study, wish, WATCHER).table("agreement")
    units = [row for row in table.records() if row["about"] == "units (time)"]
    names = {row["measure"] for row in units}
    assert names == {"raw", "cohen", "alpha-nominal", "ac1"}
    raw = next(row for row in units if (row["session"], row["measure"]) == ("s0", "raw"))
    assert raw["value"] == pytest.approx(6 / 7)


def test_one_coder_alone_is_told(study: Study) -> None:
    with pytest.raises(AnnotatorError, match="two coders"):
        agreed(study, AgreeWish(("A", "Z")), WATCHER)
    with pytest.raises(AnnotatorError, match="two coders"):
        number_pairs(study, AgreeWish(("A", "Z")), WATCHER)


def test_talk_says_where_it_could_be_known_from(study: Study) -> None:
    with pytest.raises(AnnotatorError, match="who speaks when"):
        talked(study, TalkWish(), WATCHER)
    with pytest.raises(AnnotatorError, match="No stretch is tagged"):
        talked(study, TalkWish(codes=("question",)), WATCHER)


@pytest.fixture
def speaking(tmp_path: Path) -> Study:
    """One session in which stretches tagged silence stand for speech."""
    said = coding(tag("a", "silence", 1, 40), tag("b", "silence", 45, 90, "p2"))
    return Study("", (kept(tmp_path, "spoken", meeting(said)),))


def test_talk_from_tags(speaking: Study) -> None:
    people = talked(speaking, TalkWish(codes=("silence",), coder="A"), WATCHER).tables[0]
    assert {row["person"]: row["talk"] for row in people.records()} == {"p1": 39.0, "p2": 45.0}


OF_STRETCHES = {FigureKind.TALK, FigureKind.SILENCES, FigureKind.STATES}
SAMPLE_KINDS = [kind for kind in FigureKind if kind not in OF_STRETCHES]


@pytest.mark.parametrize("kind", SAMPLE_KINDS)
def test_every_figure_is_drawn_and_its_marks_lie_in_it(study: Study, kind: FigureKind) -> None:
    table = figure_table(kind, study, FigureWish(), WATCHER)
    sheet = drawn(kind, table)
    shown = picture_of(sheet, 60)
    assert shown.png.startswith(b"\x89PNG")
    assert shown.hits
    for hit in shown.hits:
        assert -0.02 <= hit.left < hit.right <= 1.02
        assert -0.02 <= hit.top <= hit.bottom <= 1.02
        assert 0 <= hit.row < len(table.rows)
    behind = [table.places(hit.row, hit.column) for hit in shown.hits]
    assert any(behind)


@pytest.mark.parametrize("kind", sorted(OF_STRETCHES))
def test_figures_of_stretches(speaking: Study, kind: FigureKind) -> None:
    wish = FigureWish(talk=TalkWish(codes=("silence",)))
    table = figure_table(kind, speaking, wish, WATCHER)
    assert picture_of(drawn(kind, table), 60).hits


@pytest.mark.parametrize(
    ("form", "head"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")]
)
def test_files_for_print_are_the_same_each_time(study: Study, form: str, head: bytes) -> None:
    table = figure_table(FigureKind.BARCODE, study, FigureWish(), WATCHER)
    made = [file_of(drawn(FigureKind.BARCODE, table), form) for _ in range(2)]
    assert made[0].startswith(head)
    assert made[0] == made[1]


def test_nothing_to_draw_is_told(tmp_path: Path) -> None:
    empty = Study("", (kept(tmp_path, "empty", meeting(coding())),))
    for kind in (FigureKind.BARCODE, FigureKind.TRANSITIONS):
        with pytest.raises(AnnotatorError, match="nothing to draw"):
            figure_table(kind, empty, FigureWish(), WATCHER)


def test_a_sheet_has_no_fourth_format(study: Study) -> None:
    table: Table = figure_table(FigureKind.RATES, study, FigureWish(), WATCHER)
    with pytest.raises(AnnotatorError, match="Endings are"):
        file_of(drawn(FigureKind.RATES, table), "gif")


def test_the_sample_folder_is_a_study() -> None:
    found = gathered([Path("samples/first-session")])
    results = summarised(found, SummaryWish(with_places=True), WATCHER)
    assert results.table("summary").behind
    assert partial(count, Named("x", meeting()))() == 0
