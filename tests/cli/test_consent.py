"""`annotator consent`: shown, judged and written down in plain words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from annotator.model import Consent, ConsentScope, ConsentStatus, Mask, Masking
from annotator.model.stamps import today
from annotator.storage.codec import decode_session
from annotator.storage.export_log import export_log_path, log_export, log_given_up, read_log
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine
from tests.support.exports import CODER, WHEN, exported, told_session

GIVEN = Consent(ConsentStatus.GIVEN, ConsentScope.LEARNING, "2026-01-05", form="3b")


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "told.session.json"
    SessionStore.create(path, told_session(GIVEN, GIVEN), "test").close()
    return path


def consent_of(path: Path) -> Consent:
    return decode_session(path.read_bytes()).participants[0].consent


def test_what_is_not_known_is_shown_as_such(annotator: CommandLine, session_file: Path) -> None:
    before = session_file.read_bytes()
    said = annotator("consent", session_file, "--on", "2026-06-01")
    refused = "no: What C07 allows is not known; until it is, only the team sees it."
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "C07 (client): consent not known",
        "",
        "What may be shown, as on 2026-06-01, to:",
        "  team         yes",
        f"  researchers  {refused}",
        f"  supervision  {refused}",
        f"  learners     {refused}",
        f"  public       {refused}",
    ]
    assert annotator("consent", "show", session_file, "--on", "2026-06-01").out == said.out
    assert session_file.read_bytes() == before


def test_all_that_is_written_down_is_shown(annotator: CommandLine, session_file: Path) -> None:
    words = ("--status", "given", "--level", "learners", "--not-for", "researchers")
    words += ("--mask", "supervision=names", "--mask", "learners=voice,faces")
    words += ("--date", "2026-01-05", "--expires", "2099-01-05", "--form", "3b", "--note", "[b]é")
    said = annotator("consent", "set", session_file, "c07", *words)
    assert said.code == 0, said.err
    assert said.out.splitlines() == [
        "C07 may be shown to: team, supervision, learners.",
        "C07's consent leaves out named researchers.",
    ]
    assert consent_of(session_file) == Consent(
        ConsentStatus.GIVEN,
        ConsentScope.LEARNING,
        "2026-01-05",
        "2099-01-05",
        "3b",
        "[b]é",
        (ConsentScope.AUTHORIZED,),
        (
            Masking(ConsentScope.SUPERVISION, (Mask.NAMES,)),
            Masking(ConsentScope.LEARNING, (Mask.FACES, Mask.VOICE)),
        ),
    )
    shown = annotator("consent", session_file).out
    assert shown.startswith(
        "C07 (client): consent given on 2026-01-05\n"
        "  as far as learners, but not named researchers\n"
        "  masked from supervision on: names\n"
        "  masked from learners on: faces, voice\n"
        "  last day: 2099-01-05\n  form: 3b\n  note: [b]é\n"
    )
    assert "learners     yes, until 2099-01-05; masked: C07 faces, voice, names\n" in shown


def test_what_is_not_given_stays_and_none_clears(
    annotator: CommandLine, session_file: Path
) -> None:
    first = ("--status", "given", "--level", "public", "--expires", "2099-01-05", "--form", "3b")
    first += ("--not-for", "team", "--mask", "public=picture", "--mask", "team=names")
    assert annotator("consent", "set", session_file, "client", *first).code == 0
    second = ("--expires", "none", "--not-for", "none", "--mask", "team=none", "--level", "private")
    assert annotator("consent", "set", session_file, "client", *second).code == 0
    assert consent_of(session_file) == Consent(
        ConsentStatus.GIVEN,
        form="3b",
        masks=(Masking(ConsentScope.PUBLIC, (Mask.PICTURE,)),),
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("C09", "--status", "given"),
            "called “C09”.\nThere is: client (C07).",
        ),
        (("C07",), "Say what to write down"),
        (("C07", "--status", "withdrawn"), "not one of"),
        (
            ("C07", "--level", "everybody"),
            "none of team, researchers, supervision",
        ),
        (("C07", "--expires", "1.5.2026"), "“1.5.2026” is not a day such as 2026-03-01"),
        (("C07", "--mask", "faces"), "not such as learners=faces,voice"),
        (("C07", "--mask", "learners=hands"), "“hands” is none of faces, voice, names, picture"),
    ],
)
def test_what_cannot_be_written_down_changes_nothing(
    annotator: CommandLine, session_file: Path, words: tuple[str, ...], why: str
) -> None:
    before = session_file.read_bytes()
    said = annotator("consent", "set", session_file, *words)
    assert said.code == 2
    assert why in said.err
    assert session_file.read_bytes() == before


def test_a_session_open_elsewhere_is_left_alone(annotator: CommandLine, session_file: Path) -> None:
    opened = SessionStore.open(session_file, "somebody")
    said = annotator("consent", "set", session_file, "C07", "--status", "given")
    opened.store.close()
    assert said.code == 2
    assert "opened by somebody" in said.err
    assert consent_of(session_file) == Consent()


def test_check_says_yes_with_what_to_heed(annotator: CommandLine, told: Path) -> None:
    words = ("--mask", "team=faces", "--expires", "2027-03-01")
    assert annotator("consent", "set", told, "C02", *words).code == 0
    asked = ("consent", "check", told, "--purpose", "learners", "--on", "2027-03-01")
    said = annotator(*asked, "--start", "10", "--end", "0:25")
    assert (said.code, said.out.splitlines()) == (
        0,
        [
            "Allowed for learners from 0:00:10.000 to 0:00:25.000.",
            "Must be masked: C02 faces.",
            "To be deleted by 2027-03-01.",
        ],
    )
    assert annotator(*asked, "--present", "p1").out == "Allowed for learners.\n"


def test_check_says_no_with_every_reason(annotator: CommandLine, told: Path) -> None:
    assert annotator("consent", "set", told, "C02", "--status", "unknown").code == 0
    asked = ("consent", "check", told, "--purpose", "public", "--start", "4", "--end", "7")
    said = annotator(*asked)
    where = "0:00:05.000 to 0:00:06.000"
    reasons = [
        "Refused for the public from 0:00:04.000 to 0:00:07.000:",
        "- C01's consent goes as far as learners, not to the public.",
        "- What C02 allows is not known; until it is, only the team sees it.",
        f"- The stretch from {where} is excluded (“said Grabowski”) and may be in no export.",
    ]
    assert (said.code, said.out.splitlines()) == (1, reasons)
    said = annotator(*asked, "--json")
    tree = json.loads(said.out)
    assert (said.code, tree["allowed"], tree["level"]) == (1, False, "private")
    assert tree["spans"] == [{"start": 4.0, "end": 7.0}]
    assert [one["ground"] for one in tree["refusals"]] == ["level", "unknown", "excluded"]


def test_a_stretch_that_ends_before_it_begins_is_no_question(
    annotator: CommandLine, told: Path
) -> None:
    said = annotator("consent", "check", told, "--purpose", "team", "--start", "9", "--end", "9")
    assert (said.code, said.out) == (2, "")
    assert "ends before it begins" in said.err


def test_everything_is_told_as_json(annotator: CommandLine, told: Path) -> None:
    tree = json.loads(annotator("consent", told, "--json", "--on", "2026-06-01").out)
    assert tree["participants"][0] == {
        "id": "p1",
        "label": "C01",
        "role": "client",
        "status": "given",
        "scope": "learning",
        "withheld": [],
        "masks": [],
        "date": "2026-01-05",
        "expires": None,
        "withdrawn": None,
        "form": "3b",
        "researchers": "",
        "note": "",
    }
    assert [one["allowed"] for one in tree["purposes"]] == [True] * 4 + [False]
    assert tree["excluded"] == [{"start": 5.0, "end": 6.0, "reason": "said Grabowski"}]


def test_withdrawing_lists_what_to_call_back(annotator: CommandLine, told: Path) -> None:
    session = told_session(GIVEN, GIVEN)
    one = exported(session, "x1")
    log_export(told, one)
    log_export(told, replace(exported(session, "x2"), shown=one.shown[:1]))
    log_export(told, exported(session, "x3"))
    log_given_up(told, "x3", WHEN)
    said = annotator("consent", "withdraw", told, "C02", "--on", "2026-05-01")
    assert said.code == 0, said.err
    assert said.out.splitlines() == [
        "C02 withdrew consent on 2026-05-01. No export may show C02 any more.",
        f"x1, {WHEN}, for learners by {CODER} (E1)",
        "  shows: 0:00:10.000 to 0:00:25.000",
        "  files: s1-x1.mp4, s1-x1.vtt",
        "  in: /home/anna/Miller",
        "  given to: Grabowski's course",
        "  TO BE CALLED BACK:",
        "  - C02 withdrew consent on 2026-05-01.",
        "Once a clip and its copies are deleted: annotator consent recalled SESSION EXPORT",
    ]
    after = decode_session(told.read_bytes()).participants[1].consent
    expected = replace(GIVEN, status=ConsentStatus.WITHDRAWN, withdrawn="2026-05-01")
    assert after == expected
    assert "C02 (client): consent withdrawn on 2026-05-01\n" in annotator("consent", told).out
    assert annotator("consent", "check", told, "--purpose", "team").code == 1
    assert annotator("consent", "recalled", told, "s1-x1.mp4").out == "Noted: x1 was called back.\n"
    assert annotator("consent", "log", told, "--recall").out == "0 exports\n"


def test_consent_given_again_takes_the_withdrawal_off(annotator: CommandLine, told: Path) -> None:
    said = annotator("consent", "withdraw", told, "C01")
    assert f"C01 withdrew consent on {today()}." in said.out
    assert "The export log holds nothing that is to be called back." in said.out
    said = annotator("consent", "set", told, "C01", "--status", "given")
    assert said.out.startswith("C01 may be shown to: team, researchers, supervision, learners.\n")
    assert consent_of(told) == GIVEN


def test_a_withdrawal_to_come_is_sent_back(annotator: CommandLine, told: Path) -> None:
    day = today() + timedelta(days=1)
    said = annotator("consent", "withdraw", told, "C01", "--on", day)
    assert (said.code, consent_of(told)) == (2, GIVEN)
    assert "still to come" in said.err
    assert isinstance(day, date)


def test_a_clip_is_found_by_its_content_name_or_hash(
    annotator: CommandLine, told: Path, tmp_path: Path
) -> None:
    session = told_session(GIVEN, GIVEN)
    for number in (1, 2):
        log_export(told, exported(session, f"x{number}"))
    renamed = tmp_path / "from the stick.mp4"
    renamed.write_bytes(b"s1-x2.mp4")  # what the record's hash was made of
    digest = read_log(told).exports[1].record.results[0].sha256
    for wanted in (renamed, "s1-x2.mp4", "/media/stick/S1-X2.MP4", digest[:12], "x2"):
        said = annotator("consent", "log", told, "--find", wanted, "--json")
        assert [one["id"] for one in json.loads(said.out)["exports"]] == ["x2"]
    assert annotator("consent", "log", told, "--find", "s1-x9.mp4").out == "0 exports\n"


def test_a_log_that_was_changed_is_told(annotator: CommandLine, told: Path) -> None:
    log_export(told, exported(told_session(GIVEN, GIVEN)))
    path = export_log_path(told)
    assert annotator("consent", "log", told).code == 0
    path.write_bytes(path.read_bytes().replace(b'"learning"', b'"private"', 1))
    said = annotator("consent", "log", told)
    assert said.code == 1
    assert said.err.startswith("Line 1 does not follow from the one before it")
    assert said.out.endswith("1 export\n")


def test_only_what_is_in_the_log_is_called_back(annotator: CommandLine, told: Path) -> None:
    said = annotator("consent", "recalled", told, "x1")
    assert (said.code, export_log_path(told).exists()) == (2, False)
    assert "No export is called “x1” in the log." in said.err


def test_a_mistyped_command_is_met_with_the_nearest(annotator: CommandLine) -> None:
    said = annotator("consent", "chek", "x.session.json")
    assert said.code == 2
    assert "Did you mean “annotator consent check”?" in said.err


def test_a_withdrawal_is_certified_with_codes_alone(
    annotator: CommandLine, told: Path, tmp_path: Path
) -> None:
    log_export(told, exported(told_session(GIVEN, GIVEN), "x1"))
    refused = annotator("consent", "certificate", told, "C01")
    assert (refused.code, "C01 has not withdrawn consent" in refused.err) == (2, True)
    annotator("consent", "withdraw", told, "C01", "--on", "2026-05-01")
    page = tmp_path / "C01.md"
    said = annotator("consent", "certificate", told, "C01", "-o", page)
    assert (said.code, said.out) == (0, f"Wrote {page}\n")
    text = page.read_text(encoding="utf-8")
    assert "C01 (client) withdrew consent on 2026-05-01." in text
    assert CODER not in text
    again = annotator("consent", "certificate", told, "C01", "-o", page)
    assert (again.code, page.read_text(encoding="utf-8")) == (2, text)
    assert "Export x1" in annotator("consent", "certificate", told, "x1").out


@pytest.fixture
def copied(told: Path) -> Path:
    """A copy of a session, made in a file manager, with an export in the log of the first."""
    log_export(told, exported(told_session(GIVEN, GIVEN), "x1"))
    copy = told.with_name("ren.session.json")
    copy.write_bytes(told.read_bytes())
    return copy


def test_a_copied_session_calls_back_what_stands_in_the_log_of_the_first(
    annotator: CommandLine, told: Path, copied: Path
) -> None:
    said = annotator("consent", "withdraw", copied, "C01")
    assert "“told.exports.jsonl” holds 1 export of this session" in said.out
    assert "Leave it in this folder" in said.out
    assert "  TO BE CALLED BACK:" in said.out
    listed = annotator("consent", "log", copied, "--recall")
    assert listed.out.startswith("x1, ")
    assert "“told.exports.jsonl” holds 1 export" in listed.err
    assert json.loads(annotator("consent", "log", copied, "--json").out)["elsewhere"]
    assert annotator("consent", "recalled", copied, "x1").code == 0
    assert read_log(told).exports[0].recalled
    assert annotator("consent", "log", copied, "--recall").out == "0 exports\n"


def test_a_certificate_of_a_copied_session_counts_what_the_first_exported(
    annotator: CommandLine, copied: Path
) -> None:
    said = annotator("consent", "certificate", copied, "x1")
    assert said.code == 0, said.err
    assert "“told.exports.jsonl” holds 1 export" in said.err


def test_check_asks_who_gets_it_where_researchers_are_named(
    annotator: CommandLine, told: Path
) -> None:
    assert annotator("consent", "set", told, "C01", "--researchers", "R1").code == 0
    asked = ("consent", "check", told, "--purpose", "researchers")
    assert annotator(*asked).code == 0
    assert annotator(*asked, "--recipient", "R1").code == 0
    said = annotator(*asked, "--recipient", "R2")
    assert said.code == 1
    assert "C01's consent names as researchers “R1”, and “R2” is not among them." in said.out
