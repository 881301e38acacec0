from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import (
    ConsentScope,
    Interval,
    Mask,
    Masking,
    Micros,
    Session,
    Tag,
    tag_order,
)
from annotator.model.change import Change
from annotator.model.codebook import Codebook
from annotator.storage.codec import (
    decode_codebook,
    decode_session,
    encode_codebook,
    encode_session,
    read_session_text,
)
from annotator.storage.codec_change import decode_change, encode_change
from annotator.storage.codec_tags import TAG
from annotator.storage.codec_text import read_json, to_bytes, write_compact, write_indented
from annotator.storage.migrations import SESSION_MIGRATIONS, SESSION_VERSION, migrated
from tests.support.sessions import BOOKS, CHANGES, SESSIONS, TIMES, plain_session

THOROUGH = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@THOROUGH
@given(SESSIONS)
def test_a_session_comes_back_exactly(session: Session) -> None:
    assert decode_session(to_bytes(encode_session(session))) == session


@THOROUGH
@given(SESSIONS)
def test_writing_again_gives_the_same_bytes(session: Session) -> None:
    text = encode_session(session)
    assert encode_session(decode_session(text)) == text


@THOROUGH
@given(BOOKS)
def test_a_codebook_comes_back_exactly(book: Codebook) -> None:
    assert decode_codebook(encode_codebook(book)) == book


@THOROUGH
@given(CHANGES)
def test_a_change_comes_back_exactly(change: Change) -> None:
    line = write_compact(encode_change(change))
    assert "\n" not in line
    assert decode_change(read_json(line)) == change


@given(st.lists(TIMES, min_size=2, max_size=2).map(sorted))
def test_times_are_decimal_seconds_and_exact(ends: list[Micros]) -> None:
    session = replace(plain_session(), region=Interval(*ends))
    text = encode_session(session)
    region = json.loads(text, parse_float=Decimal)["region"]
    assert [int(region[key] * 1_000_000) for key in ("start", "end")] == ends
    assert "E" not in str(region["start"])
    assert decode_session(text).region == session.region


def test_the_layout_is_that_of_the_json_module() -> None:
    session = plain_session()
    session = replace(session, extra={"later": [1, {"deep": []}]})
    text = encode_session(session)
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_the_keys_stand_in_the_order_of_the_format() -> None:
    tree = json.loads(encode_session(plain_session()))
    assert list(tree) == [
        "format",
        "version",
        "id",
        "title",
        "recordings",
        "region",
        "excluded",
        "participants",
        "codebook",
        "passes",
    ]
    usual = [field.key for field in TAG.fields if not field.seldom]
    assert list(tree["passes"][0]["tags"][0]) == usual
    assert tree["codebook"]["ratings"][0]["min"] == 1
    assert tree["passes"][0]["tags"][1]["start"] == 1.0


def test_a_changed_tag_is_a_few_lines_of_a_diff() -> None:
    session = plain_session(50)
    one = session.passes[0]
    moved = replace(one.tags[20], note="look again", start=Micros(20_250_000))
    tags = (*one.tags[:20], moved, *one.tags[21:])
    changed = replace(session, passes=(replace(one, tags=tags),))
    before, after = (encode_session(value).splitlines() for value in (session, changed))
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 2


def test_the_swift_way_writes_what_the_slow_way_writes() -> None:
    tag = Tag("t", "c", Micros(1), Micros(-0), "p", 'é "\n\x00', {"depth": "complex"})
    session = plain_session(0)
    session = replace(session, passes=(replace(session.passes[0], tags=(tag,)),))
    assert write_indented(TAG.write(tag), " " * 8) in encode_session(session)


def test_null_means_empty_where_a_key_may_be_missing() -> None:
    tree = json.loads(encode_session(plain_session()))
    tree["passes"][0]["tags"][0]["participant"] = None
    tree["codebook"]["codes"][0]["group"] = None
    del tree["codebook"]["codes"][0]["key"]
    session = decode_session(json.dumps(tree))
    assert session.passes[0].tags[0].participant == ""
    assert (session.codebook.codes[0].group, session.codebook.codes[0].key) == ("", "")


def test_tags_in_any_order_are_read_into_their_order() -> None:
    session = plain_session(20)
    tree = json.loads(encode_session(session))
    tree["passes"][0]["tags"].reverse()
    tags = decode_session(json.dumps(tree)).passes[0].tags
    assert list(tags) == sorted(tags, key=tag_order)
    assert tags == session.passes[0].tags


def test_keys_of_a_newer_minor_version_survive() -> None:
    tree = json.loads(encode_session(plain_session(1)))
    tree["later"] = {"a": 1.50}
    tree["region"]["why"] = "the first twenty minutes"
    tree["passes"][0]["tags"][0]["certainty"] = 0.1
    tree["codebook"]["codes"][0]["attributes"] = [
        {"id": "depth", "name": "Depth", "choices": [{"id": "a", "name": "A", "icon": "x"}]}
    ]
    tree["participants"][0]["consent"]["witness"] = "W"
    again = json.loads(encode_session(decode_session(json.dumps(tree))))
    assert again["later"] == {"a": 1.5}
    assert again["region"]["why"] == "the first twenty minutes"
    assert again["passes"][0]["tags"][0]["certainty"] == 0.1
    assert again["codebook"]["codes"][0]["attributes"][0]["choices"][0]["icon"] == "x"
    assert again["participants"][0]["consent"]["witness"] == "W"


def test_what_is_allowed_of_old_files_stands_as_it_was_written() -> None:
    tree = json.loads(encode_session(plain_session(0)))
    kept = {"status": "given", "scope": "learning", "date": "2026-01-05", "expires": ""}
    kept |= {"form": "3b", "note": "by telephone"}
    tree["participants"][0]["consent"] = kept
    session = decode_session(json.dumps(tree))
    (one,) = session.participants
    assert (one.consent.withheld, one.consent.masks, one.consent.withdrawn) == ((), (), "")
    again = json.loads(encode_session(session))["participants"][0]["consent"]
    assert list(again.items()) == list(kept.items())


def test_what_is_newly_said_of_a_consent_is_written_where_it_says_something() -> None:
    tree = json.loads(encode_session(plain_session(0)))
    said = {
        "status": "withdrawn",
        "scope": "learning",
        "withheld": ["authorized"],
        "masks": [{"level": "learning", "masks": ["faces", "voice"], "how": "blur"}],
        "researchers": "R1 and R2",
        "date": "2026-01-05",
        "expires": "",
        "withdrawn": "2026-05-01",
        "form": "",
        "note": "",
    }
    tree["participants"][0]["consent"] = said
    session = decode_session(json.dumps(tree))
    (one,) = session.participants
    masking = Masking(ConsentScope.LEARNING, (Mask.FACES, Mask.VOICE), {"how": "blur"})
    assert one.consent.withheld == (ConsentScope.AUTHORIZED,)
    assert one.consent.masks == (masking,)
    again = json.loads(encode_session(session))["participants"][0]["consent"]
    assert list(again.items()) == list(said.items())


def test_a_byte_order_mark_is_tolerated() -> None:
    session = plain_session()
    data = b"\xef\xbb\xbf" + encode_session(session).encode()
    assert decode_session(data) == session


def test_half_characters_of_file_names_survive() -> None:
    session = plain_session()
    film = replace(session.recordings[0], path="sitzung-\udcfc.mp4")
    session = replace(session, recordings=(film,))
    data = to_bytes(encode_session(session))
    assert decode_session(data) == session


def test_a_newer_major_version_is_read_as_far_as_it_goes() -> None:
    text = encode_session(plain_session()).replace('"version": 1', '"version": 2', 1)
    read = read_session_text(text)
    assert read.is_newer
    assert read.session == plain_session()


def test_an_older_version_is_lifted_step_by_step() -> None:
    def first(tree: dict[str, object]) -> dict[str, object]:
        return {**tree, "name": "lifted"}

    def second(tree: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in tree.items() if key != "name"} | {
            "title": tree["name"]
        }

    tree = migrated({"version": 1, "id": "s"}, 1, 3, {1: first, 2: second})
    assert tree == {"version": 3, "id": "s", "title": "lifted"}


def test_every_older_version_has_its_step() -> None:
    assert set(SESSION_MIGRATIONS) == set(range(1, SESSION_VERSION))
