"""The palette's order is simple enough to be foretold."""

from __future__ import annotations

import pytest

from annotator.gui.palette.items import Entry, Item, Kind, found
from annotator.gui.palette.ranking import Rank, folded, rank_of


@pytest.mark.parametrize(
    ("query", "title", "beside", "rank"),
    [
        ("undo", "undo", "", Rank.EXACT),
        ("un", "undo", "", Rank.START),
        ("one b", "one frame back", "", Rank.WORDS),
        ("fr ba", "one frame back", "", Rank.WORDS),
        ("ram", "one frame back", "", Rank.WITHIN),
        ("back play", "one frame back", "play", Rank.BESIDE),
        ("ofb", "one frame back", "", Rank.LETTERS),
        ("fbk", "one frame back", "", Rank.LETTERS),
        ("rba", "one frame back", "", None),
        ("z", "one frame back", "", None),
    ],
)
def test_how_well_it_answers(query: str, title: str, beside: str, rank: Rank | None) -> None:
    assert rank_of(query, title, beside) == rank


def test_case_accents_and_spaces_do_not_matter() -> None:
    assert folded("  Réflexion  SIMPLE\n") == "reflexion simple"


def entry(name: str, kind: Kind = Kind.ACTION, why_not: str = "") -> Entry:
    return Entry.of(Item(kind, name, name, why_not=why_not))


def names(entries: list[Entry], query: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [item.id for item in found(entries, query, recent)]


def test_better_ranks_come_first_then_what_is_possible_then_recent_then_kind() -> None:
    entries = [
        entry("Not save"),
        entry("Save all", why_not="no"),
        entry("Save b", Kind.SETTING),
        entry("Save c"),
        entry("Save d"),
    ]
    assert names(entries, "save") == ["Save c", "Save d", "Save b", "Save all", "Not save"]
    assert names(entries, "save", ("action:Save d",))[0] == "Save d"
    assert names(entries, "", ("setting:Save b",))[0] == "Save b"


def test_equals_keep_the_order_of_the_table() -> None:
    assert names([entry("b"), entry("a")], "") == ["b", "a"]
