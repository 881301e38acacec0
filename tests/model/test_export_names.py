"""File names of exports: codes only, safe everywhere, never two alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import ConsentScope, Micros
from annotator.model.export_names import (
    FIELDS,
    LONGEST_NAME,
    USUAL_TEMPLATE,
    Named,
    TemplateError,
    file_names,
    read_template,
)

ONE = Named("s1", 1, "reflection", Micros(83_480_999), Micros(90_000_000), ConsentScope.LEARNING)


def name_of(template: str, **changes: object) -> str:
    return file_names(read_template(template), [replace(ONE, **changes)], ".mp4")[0]


def test_the_usual_name_tells_session_number_code_and_start() -> None:
    assert name_of(USUAL_TEMPLATE) == "s1-01-reflection-0h01m23s480.mp4"


def test_every_field_can_be_used() -> None:
    template = "_".join(f"{{{field}}}" for field in FIELDS)
    assert name_of(template) == "s1_1_reflection_0h01m23s480_0h01m30s000_learners.mp4"
    assert name_of("{number:03}") == "001.mp4"
    assert name_of("{number:2}{{x}}") == "1-x.mp4"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{title}", "can tell who somebody is"),
        ("{coder}", "can tell who somebody is"),
        ("{tilte}", "nothing called {tilte}"),
        ("{}", "nothing called {}"),
        ("{0}", "nothing called {0}"),
        ("{session.title}", r"nothing called {session.title}"),
        ("{session[0]}", "nothing called"),
        ("{code!r}", "nothing called {code}"),
        ("{code:>9}", "does not fit {code}"),
        ("{number:x}", "does not fit {number}"),
        ("{number:99}", "does not fit {number}"),
        ("{number:{code}}", "does not fit {number}"),
        ("{number", "not closed"),
        ("number}", "not closed"),
    ],
)
def test_what_is_no_field_of_ours_is_refused(template: str, told: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(told)) as refused:
        read_template(template)
    assert "{session}, {number}, {code}, {start}, {end}, {purpose}" in refused.value.remedy


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("../../etc/passwd", "etc-passwd.mp4"),
        ("-y", "y.mp4"),
        ("$(rm x)\n`y`", "rm-x-y.mp4"),
        ('a:b|c?*<>"\\', "a-b-c.mp4"),
        ("", "clip.mp4"),
        ("...", "clip.mp4"),
        ("NUL", "clip-NUL.mp4"),
        ("con.txt", "clip-con.txt.mp4"),
        ("COM¹", "clip-COM¹.mp4"),
        ("\u202egnp", "gnp.mp4"),
        ("e\u0301", "é.mp4"),
        ("שתיקה", "שתיקה.mp4"),
        ("沉默", "沉默.mp4"),
        ("हाँ", "हाँ.mp4"),
        ("\ud800x", "x.mp4"),
    ],
)
def test_a_hostile_code_makes_a_harmless_name(code: str, name: str) -> None:
    assert name_of("{code}", code=code) == unicodedata.normalize("NFC", name)


def test_long_codes_leave_room_for_the_time() -> None:
    name = name_of(USUAL_TEMPLATE, session="s" * 300, code="沉" * 300)
    assert name == f"{'s' * 60}-01-{'沉' * 20}-0h01m23s480.mp4"
    assert len(name_of("x" * 500).encode()) == LONGEST_NAME
    assert name_of("x" * 195 + "..." + "y" * 20) == "x" * 195 + ".mp4"


def test_names_that_any_system_takes_for_the_same_are_told_apart() -> None:
    codes = ["Silence", "silence", "SILENCE", "ﬁne", "fine"]
    named = [replace(ONE, code=code) for code in codes]
    taken = ["silence-2.MP4"]
    assert file_names(read_template("{code}"), named, ".mp4", taken) == (
        "Silence.mp4",
        "silence-3.mp4",
        "SILENCE-4.mp4",
        "ﬁne.mp4",
        "fine-2.mp4",
    )


def test_only_an_ending_is_taken_for_one() -> None:
    for ending in ("mp4", "", "/../x", ".MP4", ".a b"):
        with pytest.raises(ValueError, match="ending"):
            file_names(read_template("{code}"), [ONE], ending)


ANY_TEXT = st.text(max_size=90) | st.sampled_from(["con", "AUX.", "-", " . ", "é" * 300, "a"])
TEMPLATES = st.lists(
    ANY_TEXT.map(lambda text: text.replace("{", "{{").replace("}", "}}"))
    | st.sampled_from([f"{{{field}}}" for field in FIELDS]),
    max_size=6,
).map("".join)
ANY_NAMED = st.builds(
    Named,
    ANY_TEXT,
    st.integers(0, 10**9),
    ANY_TEXT,
    st.integers(-(10**12), 10**14).map(Micros),
    st.integers(-(10**12), 10**14).map(Micros),
    st.sampled_from(list(ConsentScope)),
)


@given(TEMPLATES, st.lists(ANY_NAMED, max_size=6), st.sampled_from([".mp4", ".en.vtt"]))
def test_every_name_is_safe_and_its_own(template: str, batch: list[Named], ending: str) -> None:
    names = file_names(read_template(template), batch, ending)
    assert len(names) == len(batch)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)
    for name in names:
        assert name.endswith(ending)
        assert len(name.encode()) <= LONGEST_NAME
        assert not set(name) & set("<>:\"/\\|?*{}$`'&;! \t\n\r\x00")
        assert all(unicodedata.category(sign)[0] in "LMN" or sign in "-_." for sign in name)
        assert name[0] not in "-. "
        assert not name.removesuffix(ending).endswith((".", " "))
        assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert file_names(read_template(template), batch, ending) == names
