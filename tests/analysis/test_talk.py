"""Talk: turns, silences, overlaps and latencies by rules that are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.analysis.talk import (
    SilenceKind,
    Speech,
    TalkRules,
    balance_table,
    speech_of_tags,
    speech_of_transcript,
    talk_of,
    talk_tables,
)
from annotator.model import Interval, Micros
from annotator.model.coding import Tag
from annotator.model.table import Cell
from annotator.storage.recovery import found_on_disk
from tests.support.numbers import coding, meeting, span, tag

SAMPLE = Path("samples/first-session")


def speech(**people: list[tuple[float, float]]) -> Speech:
    return Speech({who: tuple(span(*one) for one in own) for who, own in people.items()}, "a list")


def seconds(value: int) -> float:
    return value / 1_000_000


def test_turns_pass_from_one_to_the_other() -> None:
    said = speech(t=[(0, 5), (6, 8), (20, 22)], c=[(9, 15), (24, 30)])
    talk = talk_of(meeting(region=span(0, 40)), said)
    assert [
        (one.person, seconds(one.interval.start), seconds(one.interval.end)) for one in talk.turns
    ] == [
        ("t", 0, 8),
        ("c", 9, 15),
        ("t", 20, 22),
        ("c", 24, 30),
    ]
    assert [(one.after, one.by, seconds(one.length)) for one in talk.latencies] == [
        ("t", "c", 1),
        ("c", "t", 5),
        ("t", "c", 2),
    ]


def test_silences_are_of_three_kinds() -> None:
    said = speech(t=[(5, 6), (10, 11)], c=[(20, 25)])
    talk = talk_of(meeting(region=span(0, 40)), said)
    assert [
        (one.kind, one.before, one.after, seconds(one.interval.length)) for one in talk.silences
    ] == [
        (SilenceKind.EDGE, "", "t", 5),
        (SilenceKind.WITHIN, "t", "t", 4),
        (SilenceKind.BETWEEN, "t", "c", 9),
        (SilenceKind.EDGE, "c", "", 15),
    ]
    shorter = talk_of(meeting(region=span(0, 40)), said, TalkRules(Micros(6_000_000)))
    assert len(shorter.silences) == 2


def test_who_falls_silent_again_takes_no_turn() -> None:
    said = speech(t=[(0, 20)], c=[(5, 6), (18, 25)])
    talk = talk_of(meeting(region=span(0, 40)), said)
    assert [one.person for one in talk.turns] == ["t", "c"]
    assert seconds(talk.latencies[0].length) == -2
    assert seconds(talk.overlap) == 1 + 2


def test_a_back_channel_neither_takes_the_turn_nor_ends_a_silence() -> None:
    said = speech(t=[(0, 5), (20, 30)], c=[(10, 10.4)])
    plain = talk_of(meeting(region=span(0, 30)), said)
    assert [one.person for one in plain.turns] == ["t", "c", "t"]
    assert len(plain.silences) == 2
    rules = TalkRules(back_channel=Micros(500_000))
    ruled = talk_of(meeting(region=span(0, 30)), said, rules)
    assert [one.person for one in ruled.turns] == ["t"]
    assert [seconds(one.interval.length) for one in ruled.silences] == [15]
    assert seconds(sum(one.length for one in ruled.spoken["c"])) == pytest.approx(0.4)
    assert "0.5 s (back-channel)" in " ".join(rules.told())


def test_nothing_reaches_across_excluded_spans() -> None:
    said = speech(t=[(0, 10), (31, 35)], c=[(12, 14)])
    session = meeting(region=span(0, 40), excluded=(span(14, 30),))
    talk = talk_of(session, said)
    assert [(one.person, seconds(one.interval.start)) for one in talk.turns] == [
        ("t", 0),
        ("c", 12),
        ("t", 31),
    ]
    assert len(talk.latencies) == 1
    assert [one.kind for one in talk.silences] == [SilenceKind.EDGE]


def test_tables_state_rules_and_denominators() -> None:
    said = speech(t=[(0, 30)], c=[(30, 40)])
    people, _, stretches = talk_tables("one", talk_of(meeting(region=span(0, 100)), said))
    rows: dict[Cell, dict[str, Cell]] = {row["person"]: row for row in people.records()}
    assert (rows["t"]["talk"], rows["t"]["of_time"], rows["t"]["share"]) == (30.0, 0.3, 0.75)
    assert (rows["c"]["turns"], rows["c"]["latency"]) == (1, 0.0)
    assert rows["t"]["latency"] is None
    assert rows["t"]["turns_per_min"] == pytest.approx(0.6)
    assert [row["what"] for row in stretches.records()] == ["turn", "turn", "silence"]
    assert any("3.0 s or more" in note for note in people.notes)


def test_nobody_speaks() -> None:
    talk = talk_of(meeting(region=span(0, 10)), speech(t=[]))
    people, quiet, _ = talk_tables("one", talk)
    row = people.records()[0]
    assert (row["talk"], row["share"], row["mean_turn"]) == (0.0, None, None)
    assert quiet.records()[0]["total"] == 10.0


def test_speech_from_tags_and_without_a_transcript() -> None:
    tags = (
        tag("a", "silence", 1, 2),
        Tag("b", "silence", Micros(5), Micros(5)),
        tag("c", "silence", 3, 4, ""),
    )
    session = meeting(coding(*sorted(tags, key=lambda one: one.start)))
    said = speech_of_tags(session, "pass-A", ["silence"])
    assert said.by_person == {"p1": (span(1, 2),), "silence": (span(3, 4),)}
    assert speech_of_transcript(session) is None


def test_the_balance_is_of_each_stretch_by_itself() -> None:
    said = speech(t=[(0, 30)], c=[(30, 40)])
    talk = talk_of(meeting(region=span(0, 90)), said)
    table = balance_table("one", talk, span(0, 90), Micros(35_000_000))
    shares = {(row["person"], row["from"]): row["share"] for row in table.records()}
    assert shares["t", 0.0] == pytest.approx(30 / 35)
    assert shares["c", 35.0] == 1.0
    assert shares["c", 70.0] is None


def test_the_sample_session_as_it_was_acted() -> None:
    """The acted voices are known to the millisecond: two silences, one of them within a turn."""
    truth = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    session = found_on_disk(SAMPLE / "first-session.session.json", may_write=False).session
    voices = {
        who: tuple(
            Interval(Micros(round(a * 1_000_000)), Micros(round(b * 1_000_000))) for a, b in own
        )
        for who, own in truth["voices"].items()
    }
    talk = talk_of(session, Speech(voices, "the script"))
    people, _, _ = talk_tables("first", talk)
    spoken = {row["person"]: row["talk"] for row in people.records()}
    assert spoken == {"client": pytest.approx(37.363), "therapist": pytest.approx(44.221)}
    assert [(one.kind, seconds(one.interval.length)) for one in talk.silences] == [
        (SilenceKind.BETWEEN, pytest.approx(3.5)),
        (SilenceKind.WITHIN, pytest.approx(6.0)),
    ]
    assert seconds(talk.overlap) == pytest.approx(truth["overlaps"][0]["length"])
