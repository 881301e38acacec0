"""The folder of a pack: all that was given is on its pages, escaped, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clip import Clip, Pause
from annotator.model.time import Interval, Micros
from annotator.reports.packs.folder import pack_files
from annotator.reports.packs.pack import Pack, PackClip, Row
from annotator.reports.packs.views import view_of
from annotator.reports.packs.words import (
    as_page_data,
    as_vtt,
    clock,
    cue_text,
    lines_in,
    one_line,
    plain,
)
from tests.support.packs import PNG, START, at, first_clip, sample_pack

PLANTED = "Zebulon"
NASTY = (
    "</script><script>alert(1)</script><!-- \"'`&amp; ${x} {{ 7 * 7 }} "
    "\u2028 שלום\u202e\nnext\x07\ud800"
)


def pack() -> Pack:
    return sample_pack(Path("/films/a.mp4"), Path("/films/b.webm"))


def files_of(given: Pack) -> dict[str, bytes | Path]:
    return {file.name: file.data for file in pack_files(given)}


def page(given: Pack, name: str = "index.html") -> str:
    data = files_of(given)[name]
    assert isinstance(data, bytes)
    return data.decode("utf-8")


class Reader(HTMLParser):
    """Reads a page's tags, shown text and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self._inside in {"script", "style"} else self.texts).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def test_a_folder_has_pages_films_stills_and_captions() -> None:
    files = files_of(pack())
    assert list(files) == [
        "index.html",
        "teacher.html",
        "media/clip-01.mp4",
        "media/clip-01.png",
        "media/clip-01.vtt",
        "media/clip-02.webm",
        "media/clip-02.vtt",
    ]
    assert files["media/clip-01.mp4"] == Path("/films/a.mp4")
    assert files["media/clip-01.png"] == PNG


def test_learners_read_what_is_meant_for_them() -> None:
    text = Reader(page(pack())).text
    for said in (
        "Meeting ambivalence",
        "Rolling with “resistance”",
        "Hear the difference",
        "What does the client want, and what keeps her from it?",
        "Is this a reflection or a question?",
        "What would you have said next?",
        "The client speaks of her late brother.",
        "You are tired of being told & <asked>.",
        "Complex reflection",
        "faces, voice",
        "Delete by 2027-01-31",
    ):
        assert said in text, said


def test_what_is_for_the_teacher_stands_on_her_page_alone() -> None:
    of_one = replace(pack(), clips=pack().clips[:1])
    learners, teachers = page(of_one), page(of_one, "teacher.html")
    for said in ("Let them answer before you go on.", "See chapter 4.", "S014", "0:01:23.480"):
        assert said in teachers
        assert said not in learners
    assert "teacher.html" not in learners


def test_clips_of_several_sessions_are_told_apart_by_the_codes_of_these() -> None:
    text = page(pack())
    for told in ("Therapist T01 \\u00b7 Session S014", "(T02, S021)", "<dd>S021</dd>"):
        assert told in text


def test_the_comparison_tells_no_name_where_the_team_is_told_one() -> None:
    one, other = pack().clips
    text = page(replace(pack(), clips=(replace(one, therapist_name="Dr Secretname"), other)))
    assert text.count("Secretname") == 2, "in the list of clips, and beside the film"
    for told in ("(T01, S014)", "Therapist T01 \\u00b7 Session S014"):
        assert told in text


def test_the_first_clip_is_compared_with_another_therapist_or_session() -> None:
    one, other = pack().clips
    unknown, same = replace(other, therapist=""), replace(other, therapist="T01")
    for clips, opposite in (
        ((one, one, other), 3),
        ((one, unknown, other), 3),
        ((one, one, same), 3),
        ((one, one, unknown), 3),
        ((one, one, one), 2),
    ):
        assert view_of(replace(pack(), clips=clips)).opposite == opposite


def test_nothing_is_written_but_what_is_to_be_shown() -> None:
    media = Path(f"/home/{PLANTED}/{PLANTED} 1987.mp4")
    clip = replace(
        first_clip(media).clip,
        id=PLANTED,
        tags=(PLANTED,),
        extra={"client": PLANTED},
        pauses=(
            Pause(at(1), "Inside?", {"who": PLANTED}),
            Pause(at(-1), PLANTED),
            Pause(at(3), PLANTED),
        ),
    )
    outside = (Row(at(-5), at(0), PLANTED, PLANTED), Row(at(3), at(9), PLANTED, PLANTED))
    one = replace(first_clip(media), clip=clip, captions=outside, transcript=outside)
    files = files_of(replace(pack(), clips=(one,)))
    written = b"".join(data for data in files.values() if isinstance(data, bytes))
    assert PLANTED.encode() not in written
    assert PLANTED not in "".join(files)
    assert b"Inside?" in written


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pack_files(pack()) == pack_files(pack())


def nasty_pack() -> Pack:
    row = Row(START, at(1), NASTY, NASTY)
    clip = Clip("c", START, at(3), NASTY, NASTY, NASTY, NASTY, NASTY, (Pause(at(1), NASTY),), NASTY)
    one = PackClip(clip, Path("a.mp4"), None, (row,), (row,), (), NASTY, NASTY, NASTY, NASTY, NASTY)
    return Pack(NASTY, (one, one), NASTY, NASTY, NASTY, NASTY)


@pytest.mark.parametrize("name", ["index.html", "teacher.html"])
def test_hostile_texts_stay_texts(name: str) -> None:
    text = page(nasty_pack(), name)
    reader = Reader(text)
    kinds = [tag for tag, _ in reader.tags]
    assert kinds.count("script") == (2 if name == "index.html" else 0)
    assert "alert(1)</script>" not in text
    assert "49" not in reader.text
    assert "</script><script>alert(1)</script><!--" in reader.text
    assert "\x07" not in text


def test_the_pages_data_survives_hostile_texts() -> None:
    found = re.search(r'id="pack-data">(.*?)</script>', page(nasty_pack()), re.DOTALL)
    assert found
    assert found.group(1).isascii()
    assert not set("<>&") & set(found.group(1))
    (clip, _) = json.loads(found.group(1))["clips"]
    assert clip["before"] == plain(NASTY)
    assert clip["stops"] == [{"at": 1.0, "clock": "0:01", "text": plain(NASTY)}]
    assert "<" not in clip["cues"][0][2]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Hello שלום", "T01: Hello"), ("… שלם", "\u2068T01\u2069: …"), ("12", "T01: 12")],
)
def test_a_speakers_code_does_not_turn_what_runs_from_the_right(text: str, shown: str) -> None:
    (line,) = lines_in([Row(Micros(0), Micros(5), "T01", text)], Interval(Micros(0), Micros(9)))
    assert cue_text(line).startswith(shown)


@given(st.text())
def test_any_text_can_stand_in_a_script_element(text: str) -> None:
    written = as_page_data({"said": text})
    assert json.loads(written) == {"said": text}
    assert not set("<>&\u2028\u2029") & set(written)


@given(st.text())
def test_plain_text_can_be_written_and_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert once.encode("utf-8").decode("utf-8") == once
    assert plain(once) == once
    assert "\n" not in one_line(text)
    assert len(one_line(text)) <= 250


@pytest.mark.parametrize("name", ["index.html", "teacher.html"])
def test_the_policy_allows_this_page_and_nothing_from_a_network(name: str) -> None:
    reader = Reader(page(pack(), name))
    (policy,) = [a["content"] for t, a in reader.tags if a.get("http-equiv")]
    rules = dict(part.split(" ", 1) for part in (policy or "").split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"https?:|\*|unsafe|data:|blob:", policy or "")
    sources = re.findall(
        r"<(?:style|script)>(.*?)</(?:style|script)>", page(pack(), name), re.DOTALL
    )
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in sources]
    assert rules["style-src"] == f"'sha256-{hashes[0]}'"
    assert rules["script-src"] == (f"'sha256-{hashes[1]}'" if hashes[1:] else "'none'")
    assert not any(
        "style" in attrs or any(n.startswith("on") for n in attrs) for _, attrs in reader.tags
    )


@pytest.mark.parametrize("name", ["index.html", "teacher.html"])
def test_all_that_a_page_leads_to_is_in_the_folder(name: str) -> None:
    files = files_of(pack())
    tags = Reader(page(pack(), name)).tags
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    places = [
        attrs[key] for _, attrs in tags for key in ("src", "href", "poster") if attrs.get(key)
    ]
    assert len(ids) == len([1 for _, attrs in tags if "id" in attrs])
    assert places
    for place in places:
        assert place
        assert place[1:] in ids if place.startswith("#") else place in files
    named = [
        attrs[key]
        for _, attrs in tags
        for key in ("aria-labelledby", "aria-describedby", "for")
        if attrs.get(key)
    ]
    assert set(named) <= ids


def test_headings_and_landmarks_are_in_order() -> None:
    tags = Reader(page(pack())).tags
    kinds = [tag for tag, _ in tags]
    assert all(kinds.count(one) == 1 for one in ("main", "header", "footer", "nav", "h1"))
    levels = [int(tag[1]) for tag in kinds if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert next(attrs for tag, attrs in tags if tag == "a")["href"] == "#main"


def test_a_still_is_hidden_until_a_warning_was_read() -> None:
    videos = [attrs for tag, attrs in Reader(page(pack())).tags if tag == "video"]
    assert "poster" not in videos[0]
    calm = replace(
        first_clip(Path("a.mp4")), clip=replace(first_clip(Path("a.mp4")).clip, warning="")
    )
    videos = [a for t, a in Reader(page(replace(pack(), clips=(calm,)))).tags if t == "video"]
    assert videos[0]["poster"] == "media/clip-01.png"
    assert len(videos) == 1, "one clip cannot be compared"


@pytest.mark.parametrize("language", ["", "Deutsch!", '"><b>', "de_AT"])
def test_no_language_is_made_up(language: str) -> None:
    text = page(replace(pack(), language=language))
    assert 'lang="und"' in text
    assert "<b>" not in text.split("Reflection")[0].split("<h1")[1].split("</h1>")[0]


def test_captions_are_read_by_another_hand(tmp_path: Path) -> None:
    data = files_of(pack())["media/clip-01.vtt"]
    assert isinstance(data, bytes)
    (tmp_path / "a.vtt").write_bytes(data)
    captions = webvtt.read(str(tmp_path / "a.vtt")).captions
    assert [one.start for one in captions] == ["00:00:00.100", "00:00:00.900", "00:00:02.000"]
    assert captions[0].text == "Client: I do not know. Everyone says I should stop."
    assert "T01: You are tired of being told &amp; &lt;asked&gt;." in data.decode()


def test_a_caption_cannot_break_its_file() -> None:
    rows = [Row(Micros(0), Micros(5), "A\n\nB-->", "1\n\n00:00:00.000 --> 00:00:09.000\n\nx")]
    text = as_vtt(lines_in(rows, Interval(Micros(0), Micros(9)))).decode()
    assert text.count("-->") == 1
    assert text.count("\n\n") == 1


@given(st.integers(-20, 40), st.integers(0, 40), st.integers(0, 20), st.integers(1, 20))
def test_no_row_lies_outside_its_clip(start: int, length: int, begin: int, span: int) -> None:
    row = Row(Micros(start), Micros(start + length), "", "x")
    bounds = Interval(Micros(begin), Micros(begin + span))
    lines = lines_in([row], bounds)
    assert bool(lines) == (start < bounds.end and start + length > bounds.start)
    assert all(0 <= one.start <= one.end <= span / 1e6 for one in lines)


@pytest.mark.parametrize(
    ("time", "shown"),
    [(0, "0:00"), (59_999_999, "0:59"), (61_000_000, "1:01"), (3_787_000_000, "1:03:07")],
)
def test_times_are_told_as_people_say_them(time: int, shown: str) -> None:
    assert clock(Micros(time)) == shown
