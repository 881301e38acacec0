"""The manifest says all that is asked of it, and no name."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from annotator.errors import StorageError
from annotator.model import Consent, ConsentScope, Mask, Masking
from annotator.model.consent_rules import Ground
from annotator.model.disclosure import MaskDuty, RefusedError
from annotator.model.export_record import ExportRecord, Logged
from annotator.model.telling import session_code
from annotator.storage.codec_text import read_json
from annotator.storage.export_log import log_export
from annotator.storage.manifest import hash_file, manifest_bytes
from tests.support.exports import CLIP, CODER, GIVEN, NAMES, TITLE, exported, told_session

SCHEMA = json.loads((files("annotator.storage") / "manifest.schema.json").read_text("utf-8"))


def manifest_of(record: ExportRecord) -> dict[str, object]:
    text = manifest_bytes(told_session(), Logged(record, "E1", 1))
    tree = json.loads(text)
    Draft202012Validator(SCHEMA).validate(read_json(text))
    assert isinstance(tree, dict)
    return tree


def test_it_says_when_for_whom_and_from_what() -> None:
    masks = (MaskDuty("p1", (Mask.FACES, Mask.NAMES)),)
    consent = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.FACES,)),))
    tree = manifest_of(exported(told_session(consent), masks=masks))
    assert list(tree) == list(SCHEMA["properties"])
    assert tree["id"] == "x1"
    assert tree["who"] == "E1"
    assert tree["session"] == "s1"
    assert (tree["purpose"], tree["level"]) == ("learning", "learning")
    assert tree["spans"] == [{"start": 10.0, "end": 25.000001}]
    assert tree["shown"] == [{"participant": "P1", "role": "client", "allows": "learning"}]
    assert tree["masks"] == [{"participant": "P1", "masks": ["faces", "names"]}]
    assert (tree["override"], tree["overridden"]) == ("", [])
    assert tree["settings"] == {"mode": "exact", "size": "as filmed"}
    digest = sha256(b"r1").hexdigest()
    assert tree["sources"] == [{"name": "r1", "sha256": digest, "size": 2}]
    assert [one["name"] for one in tree["results"]] == ["s1-x1.mp4", "s1-x1.vtt"]
    assert tree["delete_by"] == "2027-03-01"
    assert tree["notice"] == (
        "Made for learners and for nobody else. Masked: faces, names. A recording always holds "
        "something by which people can be recognised. Delete it and every copy by 2027-03-01."
    )


@pytest.mark.parametrize("level", list(ConsentScope)[1:4])
def test_no_planted_name_is_in_it(level: ConsentScope) -> None:
    session = told_session(GIVEN, Consent())
    record = exported(
        session, level=level, spans=(CLIP, session.excluded[0].interval), override="x"
    )
    assert {one.ground for one in record.overridden} == {Ground.UNKNOWN, Ground.EXCLUDED}
    text = manifest_bytes(session, Logged(record, "E1", 1)).decode().casefold()
    assert [name for name in NAMES if name.casefold() in text] == []


def test_ids_that_are_names_stand_in_it_as_codes() -> None:
    session = told_session(
        GIVEN, replace(GIVEN, masks=(Masking(ConsentScope.PRIVATE, (Mask.VOICE,)),))
    )
    people = tuple(
        replace(one, id=name)
        for one, name in zip(session.participants, ("Grabowski", "Anna"), strict=True)
    )
    session = replace(session, id="miller-friday", participants=people)
    masks = (MaskDuty("Anna", (Mask.FACES,)),)
    record = exported(session, masks=masks, override="x")
    assert record.session == "miller-friday"
    text = manifest_bytes(session, Logged(record, "E1", 1)).decode()
    assert [name for name in NAMES if name.casefold() in text.casefold()] == []
    tree = json.loads(text)
    assert [one["participant"] for one in tree["shown"]] == ["P1", "P2"]
    assert tree["masks"] == [{"participant": "P2", "masks": ["faces"]}]
    assert tree["overridden"] == [{"ground": "mask", "participant": "P2", "span": None}]
    assert tree["session"] == session_code(session)


def test_a_recording_whose_id_may_be_a_name_stands_in_it_as_a_code() -> None:
    record = exported(told_session())
    named = tuple(replace(record.sources[0], name=one) for one in ("0f1e2d3c4b5a", "miller-cam"))
    sources = manifest_of(replace(record, sources=named))["sources"]
    assert isinstance(sources, list)
    assert [one["name"] for one in sources] == ["0f1e2d3c4b5a", "R2"]


def test_within_the_team_it_says_who() -> None:
    assert manifest_of(exported(told_session(), level=ConsentScope.PRIVATE))["who"] == CODER


@pytest.mark.parametrize(
    "reason", [f"{CODER} said so", "anna  KOWALSKI, by mail", f"for “{TITLE}”"]
)
def test_a_reason_with_a_name_in_it_is_sent_back(reason: str) -> None:
    session = told_session(Consent())
    record = exported(session, override=reason)
    with pytest.raises(RefusedError, match="names “"):
        manifest_bytes(session, Logged(record, "E1", 1))
    in_setting = replace(record, override="x", settings={"watermark": reason})
    with pytest.raises(RefusedError, match="names “"):
        manifest_bytes(session, Logged(in_setting, "E1", 1))


def test_a_reason_without_names_stands_in_it() -> None:
    record = exported(told_session(Consent()), override="Annasthesia, court of Millerton")
    tree = manifest_of(record)
    assert tree["override"] == "Annasthesia, court of Millerton"
    assert tree["overridden"] == [{"ground": "unknown", "participant": "P1", "span": None}]
    assert tree["level"] == "private"


def test_the_code_is_the_one_of_the_log(tmp_path: Path) -> None:
    session_path = tmp_path / "talk.session.json"
    log_export(session_path, replace(exported(told_session(), "x0"), who="B"))
    logged = log_export(session_path, exported(told_session()))
    assert json.loads(manifest_bytes(told_session(), logged))["who"] == "E2"


def test_the_hash_is_that_of_the_whole_file(tmp_path: Path) -> None:
    film = tmp_path / "Miller.mp4"
    film.write_bytes(bytes(range(256)) * 10_000)
    seen: list[int] = []
    found = hash_file(film, "r1", seen.append)
    assert found.sha256 == sha256(film.read_bytes()).hexdigest()
    assert (found.name, found.size) == ("r1", 2_560_000)
    assert seen == [1 << 20, 2 << 20, 2_560_000]
    assert hash_file(film).name == "Miller.mp4"


def test_a_file_that_is_gone_has_no_hash(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be read: it is not there any more"):
        hash_file(tmp_path / "gone.mp4")
