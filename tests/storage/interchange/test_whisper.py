"""What Whisper and its kin heard becomes a transcript, with the times of its words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from annotator.model.session import Session
from annotator.model.transcript import Cue
from annotator.storage.codec import session_bytes
from annotator.storage.interchange.exchange import (
    Imported,
    form_named,
    form_of,
    read_foreign,
)
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Outcome
from annotator.storage.interchange.source import Source
from tests.support.foreign import coded_sessions, lost, places, read, repaired, rich_session, write

NAME = "talk.whisper.json"
OPENAI = {
    "text": " How are you? Tired.",
    "segments": [
        {
            "id": 0,
            "seek": 0,
            "start": 0.0,
            "end": 2.48,
            "text": " How are you?",
            "tokens": [50364, 1012, 366, 291, 30, 50488],
            "temperature": 0.0,
            "avg_logprob": -0.21,
            "compression_ratio": 0.9,
            "no_speech_prob": 0.01,
        },
        {"id": 1, "seek": 0, "start": 2.48, "end": 3.1, "text": " Tired.", "avg_logprob": -1.31},
    ],
    "language": "en",
}
WHISPERX = {
    "segments": [
        {
            "start": 0.66,
            "end": 4.0,
            "text": "I am 42 years old.",
            "speaker": "SPEAKER_00",
            "words": [
                {"word": "I", "start": 0.66, "end": 0.8, "score": 0.9, "speaker": "SPEAKER_00"},
                {"word": "am", "start": 0.8, "end": 1.0, "score": 0.8, "speaker": "SPEAKER_00"},
                {"word": "42"},
                {"word": "years", "start": 2.0, "end": 2.5, "score": 0.7, "speaker": "SPEAKER_01"},
                {"word": "old.", "start": 2.5, "end": 4.0, "score": 0.7, "speaker": "SPEAKER_00"},
            ],
        }
    ],
    "word_segments": [{"word": "I", "start": 0.66, "end": 0.8}],
    "language": "en",
}
WHISPER_CPP = {
    "systeminfo": "AVX = 1",
    "model": {"type": "base"},
    "params": {"model": "models/ggml-base.bin", "language": "auto"},
    "result": {"language": "de"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,000", "to": "00:00:02,400"},
            "offsets": {"from": 0, "to": 2400},
            "text": " Müde, sehr.",
            "speaker": "1",
            "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}, "id": 50364},
                {"text": " M", "offsets": {"from": 0, "to": 500}},
                {"text": "üde", "offsets": {"from": 500, "to": 1000}},
                {"text": ",", "offsets": {"from": 1000, "to": 1100}},
                {"text": " sehr", "offsets": {"from": 1100, "to": 2300}},
                {"text": ".", "offsets": {"from": 2300, "to": 2400}},
                {"text": "[_TT_120]", "offsets": {"from": 2400, "to": 2400}},
            ],
        },
        {
            "timestamps": {"from": "00:01:02,400", "to": "00:01:03,000"},
            "text": " Ja.",
            "speaker": "?",
        },
    ],
}


def heard(told: object, name: str = NAME) -> Imported:
    found = read(json.dumps(told), name)
    lost_count = sum(
        len(one.places) or 1 for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED
    )
    assert found.report.counted_in == found.report.counted_out + lost_count
    return found


def cues(found: Imported) -> list[Cue]:
    return [cue for one in found.sessions[0].transcripts for cue in one.cues]


def spoken(found: Imported) -> list[tuple[int, int, str, str]]:
    return [(one.start, one.end, one.text, one.speaker) for one in cues(found)]


def test_segments_become_cues_with_their_language() -> None:
    found = heard(OPENAI)
    assert spoken(found) == [
        (0, 2_480_000, "How are you?", ""),
        (2_480_000, 3_100_000, "Tired.", ""),
    ]
    assert found.sessions[0].transcripts[0].language == "en"
    assert (found.sessions[0].id, found.unit, found.report.counted_in) == ("talk", "segments", 2)


def test_segments_are_tags_where_a_person_says_so() -> None:
    told = {"segments": [{"start": n, "end": n + 1, "text": "MI"} for n in range(3)]}
    found = read(json.dumps(told), NAME, as_tags=True)
    assert [one.code for one in found.sessions[0].passes[0].tags] == ["MI"] * 3
    assert found.sessions[0].transcripts == ()
    assert (found.unit, found.report.counted_out) == ("segments", 3)


def test_what_whisper_was_unsure_of_is_told_and_kept() -> None:
    found = heard(OPENAI)
    assert places(found.report, "unsure") == ("segment 2",)
    assert cues(found)[1].extra == {"whisper": {"avg_logprob": "-1.31"}}
    assert cues(found)[0].extra == {}


def test_words_have_their_times_and_numerals_an_estimate() -> None:
    found = heard(WHISPERX)
    (cue,) = cues(found)
    assert cue.speaker == "SPEAKER_00"
    assert [(one.text, one.start, one.end, one.estimated) for one in cue.words] == [
        ("I", 660_000, 800_000, False),
        ("am", 800_000, 1_000_000, False),
        ("42", 1_000_000, 2_000_000, True),
        ("years", 2_000_000, 2_500_000, False),
        ("old.", 2_500_000, 4_000_000, False),
    ]
    assert places(found.report, "words without a time") == ("segment 1",)
    assert places(found.report, "another speaker's") == ("segment 1",)


def test_a_speaker_told_by_words_alone_is_taken() -> None:
    segment = dict(WHISPERX["segments"][0])
    del segment["speaker"]
    (cue,) = cues(heard({"segments": [segment]}))
    assert cue.speaker == "SPEAKER_00"


def test_tokens_of_whisper_cpp_make_words() -> None:
    found = heard(WHISPER_CPP)
    assert spoken(found) == [
        (0, 2_400_000, "Müde, sehr.", "1"),
        (62_400_000, 63_000_000, "Ja.", ""),
    ]
    first = cues(found)[0]
    assert [(one.text, one.start, one.end) for one in first.words] == [
        ("Müde,", 0, 1_000_000),
        ("sehr.", 1_100_000, 2_300_000),
    ]
    assert found.sessions[0].transcripts[0].language == "de"


def test_half_letters_of_whisper_cpp_do_not_spoil_the_rest() -> None:
    text = json.dumps(WHISPER_CPP, ensure_ascii=False).encode()
    data = text.replace("üde".encode(), b"\xc3", 1).replace("Müde".encode(), b"M\xc3\xbcde")
    broken = text.replace('"text": "üde"'.encode(), b'"text": "\xc3"')
    found = read(broken, NAME)
    assert data != broken
    assert cues(found)[0].text == "Müde, sehr."
    assert "halves of letters in the text became \N{REPLACEMENT CHARACTER}" in repaired(
        found.report
    )
    assert places(found.report, "words are not those of the text") == ("segment 1",)


def test_words_of_another_text_are_left_out_and_told() -> None:
    told = {
        "segments": [
            {"start": 0, "end": 1, "text": "a b", "words": [{"word": "c", "start": 0, "end": 1}]}
        ]
    }
    found = heard(told)
    assert cues(found)[0].words == ()
    assert places(found.report, "words are not those of the text") == ("segment 1",)


def test_words_without_blanks_between_them_are_joined() -> None:
    told = {
        "segments": [
            {
                "start": 1,
                "end": 3,
                "text": "你好 吗",
                "words": [
                    {"word": "你", "start": 1, "end": 1.5},
                    {"word": "好", "start": 1.5, "end": 2},
                    {"word": "吗", "start": 2, "end": 3},
                ],
            }
        ]
    }
    (cue,) = cues(heard(told))
    assert [(one.text, one.start, one.end) for one in cue.words] == [
        ("你好", 1_000_000, 2_000_000),
        ("吗", 2_000_000, 3_000_000),
    ]


@pytest.mark.parametrize("key", ["words", "word_segments"])
def test_words_that_stand_apart_find_their_segments(key: str) -> None:
    told = {
        "segments": [
            {"start": 0, "end": 1, "text": "Oh, no."},
            {"start": 1, "end": 2, "text": "Yes!"},
        ],
        key: [
            {"word": "oh", "start": 0, "end": 0.5},
            {"word": "no", "start": 0.5, "end": 1},
            {"word": "yes", "start": 1, "end": 1.5},
        ],
    }
    first, second = cues(heard(told))
    assert [(one.text, one.start) for one in first.words] == [("Oh,", 0), ("no.", 500_000)]
    assert [(one.text, one.end) for one in second.words] == [("Yes!", 1_500_000)]


def test_words_alone_are_cut_into_sentences_at_pauses_and_between_speakers() -> None:
    told = [
        {"word": "Oh.", "start": 0, "end": 0.5, "speaker": "A"},
        {"word": "And", "start": 0.6, "end": 0.8, "speaker": "A"},
        {"word": "you?", "start": 0.8, "end": 1, "speaker": "B"},
        {"word": "me", "start": 3, "end": 4, "speaker": "B"},
        {"word": "too", "start": 5.5, "end": 6, "speaker": "B"},
    ]
    for file in (told, {"word_segments": told}, {"text": "…", "words": told, "segments": []}):
        found = heard(file)
        assert spoken(found) == [
            (0, 500_000, "Oh.", "A"),
            (600_000, 800_000, "And", "A"),
            (800_000, 1_000_000, "you?", "B"),
            (3_000_000, 4_000_000, "me", "B"),
            (5_500_000, 6_000_000, "too", "B"),
        ]


def test_rows_that_are_single_words_are_put_together() -> None:
    told = [{"text": f"w{n}" + "." * (n % 5 == 4), "start": n, "end": n + 0.5} for n in range(40)]
    found = heard(told)
    assert len(cues(found)) == 8
    assert cues(found)[0].text == "w0 w1 w2 w3 w4."
    slow = [one | {"end": n + 1} for n, one in enumerate(told)]
    assert len(cues(heard(slow))) == 40
    assert len(cues(heard([*told, {"text": "two words", "start": 50, "end": 51}]))) == 41


def test_chunks_and_bare_lists_are_segments_too() -> None:
    chunks = {
        "text": "x y",
        "chunks": [
            {"timestamp": [0.0, 1.5], "text": " x"},
            {"timestamp": [1.5, None], "text": " y"},
        ],
    }
    found = heard(chunks)
    assert spoken(found) == [(0, 1_500_000, "x", ""), (1_500_000, 2_500_000, "y", "")]
    assert places(found.report, "no end") == ("segment 2",)
    tuples = [
        [
            1,
            0,
            0.5,
            1.5,
            " x y",
            [1, 2],
            0.0,
            -0.2,
            1.0,
            0.1,
            [[0.5, 1.0, " x", 0.9], [1.0, 1.5, " y", 0.9]],
        ]
    ]
    (cue,) = cues(heard({"segments": tuples}))
    assert [(one.text, one.start) for one in cue.words] == [("x", 500_000), ("y", 1_000_000)]


def test_missing_times_are_found_and_told() -> None:
    told = {
        "segments": [
            {"start": 1, "end": 2, "text": "one"},
            {"text": "two", "end": 3},
            {"start": 3, "text": "three", "words": [{"word": "three", "start": 3, "end": 3.5}]},
            {"start": 9, "end": 8, "text": "back"},
            {"start": 8.5, "end": 9, "text": "over"},
        ]
    }
    found = heard(told)
    assert [one[:3] for one in spoken(found)] == [
        (1_000_000, 2_000_000, "one"),
        (2_000_000, 3_000_000, "two"),
        (3_000_000, 3_500_000, "three"),
        (8_000_000, 9_000_000, "back"),
        (8_500_000, 9_000_000, "over"),
    ]
    assert places(found.report, "has no start") == ("segment 2",)
    assert places(found.report, "ends with its last word") == ("segment 3",)
    assert places(found.report, "exchanged") == ("segment 4",)
    assert places(found.report, "begins before the one above it ends") == ("segment 5",)


def test_not_a_number_is_told_and_hurts_nothing() -> None:
    found = read('{"segments": [{"start": 0, "end": 1, "text": "a", "avg_logprob": NaN}]}', NAME)
    assert len(cues(found)) == 1
    assert any("NaN" in one.message for one in found.report.remarks)


def test_empty_segments_and_what_is_none_are_counted_as_lost() -> None:
    told = {
        "segments": [{"start": 0, "end": 0, "text": ""}, 7, {"start": 1, "end": 2, "text": "a"}]
    }
    found = heard(told)
    assert (found.report.counted_in, found.report.counted_out) == (3, 1)
    assert places(found.report, "no text") == ("segment 1",)
    assert places(found.report, "no segment") == ("segment 2",)


def test_a_long_text_before_the_segments_does_not_hide_them() -> None:
    told = {"text": "word " * 4000} | {"segments": OPENAI["segments"]}
    source = Source("export.json", json.dumps(told).encode())
    assert "segments" not in source.head
    assert form_of(source).id == "whisper"


@pytest.mark.parametrize("format_id", ["whisper", "via", "web-annotation", "otio"])
def test_other_json_is_not_claimed(format_id: str) -> None:
    ours = session_bytes(heard(OPENAI).sessions[0])
    boris = {"time_format": "hh:mm:ss", "behaviors_conf": {}, "observations": {"o": {"events": []}}}
    others = [
        ours,
        session_bytes(rich_session()),
        json.dumps(boris).encode(),
        b"{}",
        b"[]",
        b"text",
    ]
    assert b"avg_logprob" in ours
    assert not any(form_named(format_id).claims(Source("x.json", one)) for one in others)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_claimed(encoding: str) -> None:
    source = Source("export.json", json.dumps(OPENAI).encode(encoding))
    assert len(read_foreign(source, Wishes()).sessions[0].transcripts[0].cues) == 2


LOST = {
    "a tag",
    "a rating",
    "a rating's question and scale",
    "a participant",
    "a code without tags",
    "a coding pass without tags",
    "a recording",
    "the region that is coded",
    "the session's id",
    "the codebook's name",
    "the codebook's version",
    "what a pass is for",
    "the ids of passes",
}


def test_what_was_said_comes_back_and_all_else_is_told() -> None:
    session = rich_session()
    made = write(session, NAME)
    assert lost(made.report) == LOST - {"a coding pass without tags", "what a pass is for"}
    again = read(made.data, NAME).sessions[0]
    before, after = session.transcripts[0], again.transcripts[0]
    assert [(one.start, one.end, one.text, one.speaker) for one in after.cues] == [
        (one.start, one.end, one.text, one.speaker) for one in before.cues
    ]
    assert after.language == before.language


@settings(max_examples=20, deadline=None)
@given(session=coded_sessions())
def test_tags_are_told_to_be_lost(session: Session) -> None:
    assert lost(write(session, NAME).report) <= LOST | {"a session is not in the file"}


@pytest.mark.parametrize("told", [OPENAI, WHISPERX, WHISPER_CPP])
def test_a_transcript_read_and_written_is_the_same(told: dict[str, object]) -> None:
    first = heard(told)
    made = write(first.sessions[0], NAME)
    assert made.report.is_lossless
    again = read(made.data, NAME)
    assert cues(again) == cues(first)
