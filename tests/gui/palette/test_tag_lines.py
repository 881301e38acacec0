"""Tags are found by code, note and time, among however many."""

from __future__ import annotations

import time
from dataclasses import replace

from annotator.gui.palette.ranking import folded
from annotator.gui.palette.tag_lines import CHUNK, TagLines
from annotator.model import Micros, Tag

NAMES = {"r": "Réflexion RS", "q": "Question QU"}


def tag(number: int, code: str = "r", note: str = "") -> Tag:
    start = Micros(number * 1_000_000)
    return Tag(f"t{number}", code, start, start, note=note)


def lines_of(*tags: Tag) -> TagLines:
    lines = TagLines()
    lines.begin(tags, NAMES)
    while not lines.go_on(0.01):
        pass
    return lines


def ids(lines: TagLines, query: str, most: int = 100) -> list[str]:
    return [one.id for one in lines.find(folded(query), most)[0]]


def test_code_note_and_time_find_a_tag_in_any_order_of_words() -> None:
    lines = lines_of(tag(1), tag(750, "q", "She leans\nin"), tag(751, "q"))
    assert ids(lines, "reflexion") == ["t1"]
    assert ids(lines, "LEANS quest") == ["t750"]
    assert ids(lines, "12:3") == ["t750", "t751"]
    assert ids(lines, "12:31 qu") == ["t751"]
    assert ids(lines, "nowhere") == []
    assert ids(lines, "") == []


def test_no_word_is_found_across_two_tags() -> None:
    lines = lines_of(tag(1, "r", "end"), tag(2, "q", "begin"))
    assert ids(lines, "end begin") == []


def test_at_most_so_many_are_given_and_it_says_that_there_are_more() -> None:
    lines = lines_of(*(tag(number) for number in range(2 * CHUNK + 5)))
    assert len(ids(lines, "refl", 10_000)) == 2 * CHUNK + 5
    first, are_more = lines.find("refl", 7)
    assert ([one.id for one in first], are_more) == ([f"t{number}" for number in range(7)], True)
    assert lines.find("refl", 2 * CHUNK + 5)[1] is False


def test_what_is_ready_can_be_searched_while_the_rest_is_made() -> None:
    lines = TagLines()
    lines.begin([tag(number) for number in range(3 * CHUNK)], NAMES)
    assert not lines.is_ready
    assert not lines.go_on(0)
    assert len(ids(lines, "refl", 10 * CHUNK)) == CHUNK
    assert lines.go_on(10)
    assert len(ids(lines, "refl", 10 * CHUNK)) == 3 * CHUNK


def test_a_changed_tag_or_name_is_found_as_it_is_now() -> None:
    tags = [tag(1), tag(2)]
    lines = lines_of(*tags)
    lines.begin((replace(tags[0], note="changed"), tags[1]), NAMES)
    lines.go_on(1)
    assert ids(lines, "changed") == ["t1"]
    lines.begin(tuple(tags), {"r": "Echo"})
    lines.go_on(1)
    assert ids(lines, "reflexion") == []
    assert ids(lines, "echo") == ["t1", "t2"]


def test_a_hundred_thousand_are_searched_at_once() -> None:
    many = (tag(number, "rq"[number % 2], f"note {number}") for number in range(100_000))
    lines = lines_of(*many)
    for query in ("note 99999", "quest 99999 note", "zzz", "e"):
        before = time.process_time()  # a machine with much else to do takes its time
        lines.find(query, 60)
        assert time.process_time() - before < 0.2, query
