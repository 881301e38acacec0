"""What the windows of imports and exports say."""

from __future__ import annotations

from pathlib import Path

from annotator.gui.dialogs import import_words as words
from annotator.gui.dialogs.export_files import with_ending
from annotator.gui.dialogs.export_formats import FormatLine
from annotator.gui.dialogs.import_files import import_filters
from annotator.model.time import Micros
from annotator.storage.interchange.columns import Column, Layout, TimeForm
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import Outcome, Remark, Report
from tests.support.foreign import rich_session

LOST = (Remark(Outcome.NOT_CARRIED, "a link", ("line 3",)),)


def test_everything_that_can_be_chosen_has_words() -> None:
    assert set(words.USES) == set(TierUse)
    assert set(words.COLUMNS) == set(Column)
    assert set(words.TIMES) == set(TimeForm)
    assert set(words.LAYOUTS) == set(Layout)
    assert set(words.OUTCOMES) == set(Outcome)


def test_counts_say_what_comes_and_what_does_not() -> None:
    assert words.counts_words(Report(4, 4), "rows") == "All 4 rows in the file come along."
    assert "not everything that belongs to them" in words.counts_words(Report(4, 4, LOST), "rows")
    told = words.counts_words(Report(1204, 1203, LOST), "events")
    assert told == "1,203 of 1,204 events in the file come along; 1 does not: see the remarks."


def test_the_loss_of_a_session_is_said_in_one_sentence() -> None:
    assert words.loss_words(Report(3, 3)) == "All 3 tags, ratings and cues will be in the file."
    assert "without 1 kind of thing" in words.loss_words(Report(3, 3, LOST))
    assert words.loss_words(Report(3, 2, LOST)).startswith("2 of 3 tags")


def test_sessions_and_passes_say_what_is_in_them() -> None:
    session = rich_session()
    assert words.session_words(session) == "talk · 2 passes, 7 tags, 2 cues"
    assert words.pass_words(session.passes[0]) == "A · 5 tags, 1 rating"
    assert words.speech_words(session) == "What was said · 2 cues"


def test_what_is_to_be_known_is_told_as_far_as_it_can_be_read() -> None:
    told = words.told_words([f"thing {n}" for n in range(6)])
    assert told.splitlines()[0] == "Thing 0."
    assert told.splitlines()[-1] == "And 2 more, which the report tells."


def test_a_shift_is_written_as_it_can_be_typed() -> None:
    shifts = [words.shift_text(Micros(n)) for n in (0, 1_200_000, -40_000)]
    assert shifts == ["0", "+1.2", "-0.04"]


def test_made_sessions_are_told_with_their_place() -> None:
    session = rich_session()
    one = words.made_words([session], "a.eaf", Path("/x/talk.session.json"))
    assert one == "talk.session.json was made of a.eaf, with 7 tags."
    two = words.made_words([session, session], "a.eaf", Path("/x/talk.session.json"))
    assert "2 sessions were made of a.eaf, with 14 tags" in two


def test_filters_offer_all_each_ours_and_everything() -> None:
    filters = import_filters([("ELAN", (".eaf",)), ("Praat", (".textgrid",))]).split(";;")
    assert filters[0].startswith("All that can be imported (*.eaf *.EAF *.textgrid *.TEXTGRID")
    assert "*.TextGrid" in filters[0]
    assert "*.session.json" in filters[0]
    assert filters[1] == "ELAN (*.eaf *.EAF)"
    assert filters[-1] == "All files (*)"


def test_a_name_gets_the_ending_of_its_format_once() -> None:
    assert with_ending(Path("talk"), (".eaf",)) == Path("talk.eaf")
    assert with_ending(Path("talk.EAF"), (".eaf",)) == Path("talk.EAF")
    assert with_ending(Path("a.b"), (".labels.txt", ".txt")) == Path("a.b.labels.txt")


def test_a_format_says_what_it_cannot_hold() -> None:
    line = FormatLine("srt", "SubRip", (".srt",), ("ratings", "notes"))
    assert line.below == "Cannot hold ratings, notes"
    assert FormatLine("x", "X", (".x",), ()).below == "Can hold everything"
