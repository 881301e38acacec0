"""Packages for H5P and SCORM have the structure that those who take them in ask for."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from annotator.reports.packs.archive import write_zip
from annotator.reports.packs.folder import pack_files
from annotator.reports.packs.h5p import h5p_packages
from annotator.reports.packs.pack import Pack, PackFile
from annotator.reports.packs.scorm import scorm_files
from tests.support.packs import first_clip, sample_pack

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
NASTY = "</title>]]>&\"'<b>\x01\ud800 " + "long " * 99
ALLOWED_IN_H5P = {"json", "png", "jpg", "webm", "mp4", "vtt"}
"""Those of H5P's own list of allowed endings that we use."""


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    film = tmp_path / "Jane Doe.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom" + bytes(5000))
    return sample_pack(film, film)


def zipped(files: tuple[PackFile, ...]) -> bytes:
    out = io.BytesIO()
    write_zip(files, out, lambda _: None)
    return out.getvalue()


def manifest_of(pack: Pack) -> ET.Element:
    file = scorm_files(pack)[0]
    assert file.name == "imsmanifest.xml"
    assert isinstance(file.data, bytes)
    return ET.fromstring(file.data)  # noqa: S314 we wrote it


def content_of(pack: Pack, number: int = 1) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    package = h5p_packages(pack)[number - 1]
    files = {file.name: file.data for file in package.files}
    about, content = files["h5p.json"], files["content/content.json"]
    assert isinstance(about, bytes)
    assert isinstance(content, bytes)
    return json.loads(about), json.loads(content), set(files)


def test_the_manifest_is_that_of_scorm_1_2(pack: Pack) -> None:
    root = manifest_of(pack)
    assert root.tag == f"{CP}manifest"
    assert [one.tag for one in root] == [
        f"{CP}{n}" for n in ("metadata", "organizations", "resources")
    ]
    assert root.findtext(f"{CP}metadata/{CP}schema") == "ADL SCORM"
    assert root.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    organizations = root.find(f"{CP}organizations")
    assert organizations is not None
    (organization,) = organizations
    assert organizations.get("default") == organization.get("identifier")
    (item,) = organization.iter(f"{CP}item")
    (resource,) = root.iter(f"{CP}resource")
    assert item.get("identifierref") == resource.get("identifier")
    assert (resource.get("type"), resource.get(f"{ADLCP}scormtype")) == ("webcontent", "sco")
    assert resource.get("href") == "index.html"


def test_identifiers_are_xml_ids_and_each_its_own(pack: Pack) -> None:
    ids = [one.get("identifier", "") for one in manifest_of(pack).iter() if one.get("identifier")]
    assert len(set(ids)) == len(ids) == 4
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one, re.ASCII) for one in ids)


def test_the_manifest_lists_every_file_and_no_teachers_page(pack: Pack) -> None:
    listed = [one.get("href") for one in manifest_of(pack).iter(f"{CP}file")]
    written = [file.name for file in scorm_files(pack)]
    assert written == ["imsmanifest.xml", *listed]
    assert "teacher.html" not in written


def test_hostile_titles_keep_the_manifest_whole(pack: Pack) -> None:
    root = manifest_of(replace(pack, title=NASTY))
    title = root.findtext(f"{CP}organizations/{CP}organization/{CP}title")
    assert title is not None
    assert title.startswith("</title>]]>&\"'<b>")


def test_only_the_page_for_a_platform_talks_to_it(pack: Pack) -> None:
    page = next(file.data for file in scorm_files(pack) if file.name == "index.html")
    plain = next(file.data for file in pack_files(pack) if file.name == "index.html")
    assert isinstance(page, bytes)
    assert isinstance(plain, bytes)
    for call in (b"LMSInitialize", b"LMSSetValue", b"cmi.core.lesson_status", b"LMSFinish"):
        assert call in page
        assert call not in plain


def test_h5p_says_what_it_needs(pack: Pack) -> None:
    about, _, names = content_of(pack)
    assert about["licenseExtras"] == "For learners only.\nDelete by 2027-01-31."
    assert about["mainLibrary"] == "H5P.InteractiveVideo"
    needed = {
        f"{one['machineName']} {one['majorVersion']}.{one['minorVersion']}"
        for one in about["preloadedDependencies"]
    }
    assert {"H5P.InteractiveVideo 1.28", "H5P.Video 1.6", "H5P.Text 1.1"} <= needed
    assert re.fullmatch(r"[-a-zA-Z]{1,10}", about["language"])
    assert re.fullmatch(r".{1,255}", about["title"])
    assert about["embedTypes"] == ["iframe"]
    assert about["license"] == "U"
    assert {name.rsplit(".", 1)[1] for name in names} <= ALLOWED_IN_H5P


def test_h5p_finds_its_film_still_and_captions(pack: Pack) -> None:
    _, content, names = content_of(pack)
    video = content["interactiveVideo"]["video"]
    (film,) = video["files"]
    (track,) = video["textTracks"]["videoTrack"]
    assert film == {"path": "videos/clip-01.mp4", "mime": "video/mp4"}
    assert (track["kind"], track["srcLang"], track["label"]) == ("captions", "en", "Captions")
    assert {f"content/{film['path']}", f"content/{track['track']['path']}"} <= names
    assert "poster" not in video["startScreenOptions"], "the clip may distress"
    calm = first_clip(pack.clips[0].media)
    calm = replace(calm, clip=replace(calm.clip, warning=""))
    _, content, names = content_of(replace(pack, clips=(calm,)))
    poster = content["interactiveVideo"]["video"]["startScreenOptions"]["poster"]
    assert f"content/{poster['path']}" in names


def test_h5p_stops_for_each_question(pack: Pack) -> None:
    _, content, _ = content_of(pack)
    assets = content["interactiveVideo"]["assets"]
    stops = [
        (one["duration"]["from"], one["action"]["params"]["text"]) for one in assets["interactions"]
    ]
    assert [time for time, _ in stops] == [0, 1, 2, 2.7]
    assert "late brother" in stops[0][1], "both stand at the start, and none may hide the other"
    assert "What does the client want,<br>and what keeps her" in stops[0][1]
    assert "Is this a reflection or a question?" in stops[1][1]
    assert "What would you have said next?" in stops[3][1]
    for one in assets["interactions"]:
        assert one["pause"] is True
        assert one["action"]["library"] == "H5P.Text 1.1"
        assert 0 <= one["duration"]["from"] < one["duration"]["to"] <= 3
        assert re.fullmatch(
            r"[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}", one["action"]["subContentId"]
        )
    ids = [one["action"]["subContentId"] for one in assets["interactions"]]
    assert len(set(ids)) == len(ids)


def test_h5p_keeps_a_warning_apart_from_the_question_before(pack: Pack) -> None:
    _, content, _ = content_of(pack)
    (first, *_) = content["interactiveVideo"]["assets"]["interactions"]
    assert first["action"]["params"]["text"] == (
        "<p><strong>May distress</strong></p>\n"
        "<p>The client speaks of her late brother.</p>\n"
        "<p><strong>Before you watch</strong></p>\n"
        "<p>What does the client want,<br>and what keeps her from it?</p>\n"
    )
    assert first["action"]["metadata"]["title"] == "May distress, Before you watch"
    one = pack.clips[0]
    pauses = tuple(replace(pause, time=one.clip.pauses[0].time) for pause in one.clip.pauses)
    one = replace(one, clip=replace(one.clip, pauses=pauses))
    _, content, _ = content_of(replace(pack, clips=(one,)))
    (_, both, _) = content["interactiveVideo"]["assets"]["interactions"]
    assert both["action"]["params"]["text"].count("<strong>Stop at 0:01</strong>") == 1


def test_h5p_has_a_bookmark_for_each_tag(pack: Pack) -> None:
    _, content, _ = content_of(pack)
    assert content["interactiveVideo"]["assets"]["bookmarks"] == [
        {"time": 0.9, "label": "Complex reflection"},
        {"time": 2.0, "label": "Silence"},
    ]


def test_h5p_texts_are_escaped_where_they_become_markup(pack: Pack) -> None:
    one = pack.clips[0]
    marks = (replace(one.marks[0], label=NASTY),)
    one = replace(one, clip=replace(one.clip, title=NASTY, question_before=NASTY), marks=marks)
    about, content, _ = content_of(replace(pack, clips=(one,)))
    assert "<b>" not in json.dumps(content["interactiveVideo"])
    assert len(about["title"]) <= 255


def test_no_source_is_named_anywhere(pack: Pack) -> None:
    packages = [scorm_files(pack), *(package.files for package in h5p_packages(pack))]
    for files in packages:
        data = zipped(files)
        assert b"Jane" not in data
        with ZipFile(io.BytesIO(data)) as archive:
            assert all(b"Jane" not in archive.read(name) for name in archive.namelist())


def test_zips_are_the_same_each_time_with_films_stored(pack: Pack) -> None:
    data = zipped(pack_files(pack))
    pack.clips[0].media.touch()
    assert zipped(pack_files(pack)) == data
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert kinds["media/clip-01.mp4"] == kinds["media/clip-01.png"] == ZIP_STORED
    assert kinds["index.html"] == ZIP_DEFLATED
