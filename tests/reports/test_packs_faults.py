"""What no pack can be made of, and zips that would leave their folder."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.reports.packs.archive import write_zip
from annotator.reports.packs.folder import pack_files
from annotator.reports.packs.h5p import h5p_packages
from annotator.reports.packs.pack import Pack, PackFile
from tests.support.packs import first_clip


def test_a_pack_has_a_clip() -> None:
    with pytest.raises(AnnotatorError, match="no clip"):
        pack_files(Pack("None", ()))


@pytest.mark.parametrize("name", ["a.avi", "a", "a.mp4.exe"])
def test_what_no_browser_shows_is_refused(name: str) -> None:
    with pytest.raises(AnnotatorError, match="Clip 1 is a file that browsers cannot show"):
        pack_files(Pack("P", (first_clip(Path(name)),)))


def test_a_still_is_a_picture() -> None:
    one = replace(first_clip(Path("a.mp4")), poster=b"<svg onload='x'>")
    with pytest.raises(AnnotatorError, match="still of clip 1"):
        pack_files(Pack("P", (one,)))


def test_sound_is_no_interactive_video() -> None:
    with pytest.raises(AnnotatorError, match="sound only"):
        h5p_packages(Pack("P", (first_clip(Path("a.m4a")),)))


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../b", "C:a", "a\\b", "", "a//b", "-y.mp4", ".hidden", "a\nb", "ä.mp4", "a/"],
)
def test_no_name_leaves_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        write_zip([PackFile(name, b"x")], io.BytesIO(), lambda _: None)
