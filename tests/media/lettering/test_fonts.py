"""A font is found by the letters it has; where none has them, that is said before anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageFont, features

from annotator.media.lettering import fonts
from annotator.media.lettering.coverage import coverages
from annotator.media.lettering.fonts import Weight, font_for, own_font, require_drawable
from annotator.media.lettering.letters import UndrawableError
from tests.support.fonts_made import make_font, make_font_of_all_weights

RARE = "\U00012000"  # a cuneiform sign
RARER = "\U00012001"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let fonts be looked for in one folder alone."""
    _forget()
    monkeypatch.setattr(fonts, "font_folders", lambda: [tmp_path])
    yield tmp_path
    _forget()


def _forget() -> None:
    for one in (fonts.system_fonts, fonts._elsewhere, fonts.covered, fonts.own_font, fonts.opened):
        one.cache_clear()


def test_the_own_font_has_latin_greek_cyrillic_hebrew_and_arabic() -> None:
    for text in ("Straße čeština", "Ελληνικά", "Терапевт", "שלום", "معالج"):
        assert own_font(Weight.REGULAR).has(text)
    assert not own_font(Weight.REGULAR).has("漢")


def test_a_font_elsewhere_is_found_by_its_letters(folder: Path) -> None:
    made = make_font(folder / "Rare.ttf", [RARE])
    found = font_for(f"{RARE}")
    assert found is not None
    assert found.path == made
    require_drawable([f"plain and {RARE}"])


def test_letters_without_a_font_are_named(folder: Path) -> None:
    make_font(folder / "Rare.ttf", [RARE])
    with pytest.raises(UndrawableError, match=r"U\+12001.*Noto Sans"):
        require_drawable(["plain", f"a {RARER}"])


def test_of_many_letters_only_some_are_named(folder: Path) -> None:
    assert not list(folder.iterdir())
    with pytest.raises(UndrawableError, match="and others"):
        require_drawable([chr(0x12000 + at) for at in range(50)])


def test_a_mark_and_its_letter_must_be_in_one_font(folder: Path) -> None:
    make_font(folder / "Base.ttf", [RARE])
    make_font(folder / "Mark.ttf", ["\u0301"])
    with pytest.raises(UndrawableError):
        require_drawable([f"{RARE}\u0301"])


def test_upright_letters_go_before_others(folder: Path) -> None:
    for name in ("A-BoldItalic", "B-Serif", "NotoSansRare-Regular", "C"):
        make_font(folder / f"{name}.ttf", [RARE])
    found = font_for(RARE)
    assert found is not None
    assert found.path.stem == "NotoSansRare-Regular"


def test_a_font_of_all_weights_is_drawn_in_the_usual_one(folder: Path) -> None:
    path = make_font_of_all_weights(folder / "Variable.ttf", RARE)
    found = font_for(RARE)
    assert found is not None
    assert found.coverage.axes == (400.0,)
    thin = sum(ImageFont.truetype(str(path), 100).getmask(RARE))
    assert 2 < sum(fonts.opened(found, 100).getmask(RARE)) / thin < 3


@pytest.mark.parametrize("damage", [b"", b"\0" * 200, b"ttcf\0\0\0\0\xff\xff\xff\xff", b"text"])
def test_a_broken_font_is_passed_over(folder: Path, damage: bytes) -> None:
    (folder / "Broken.ttf").write_bytes(damage)
    whole = make_font(folder / "Whole.ttf", [RARE])
    half = whole.read_bytes()
    (folder / "Half.ttf").write_bytes(half[: len(half) // 3])
    found = font_for(RARE)
    assert found is not None
    assert found.path == whole


def test_holes_in_a_map_are_no_letters(tmp_path: Path) -> None:
    letters = [chr(0x4E00 + at) for at in (0, 1, 5, 9, 300)]
    (one,) = coverages(make_font(tmp_path / "Holes.ttf", letters))
    has = [at for at in range(0x4DFF, 0x4F80) if one.has(at)]
    assert has == [ord(letter) for letter in letters]


def test_where_nothing_can_shape_what_must_be_shaped_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(features, "check", lambda name: name != "raqm")
    require_drawable(["Plain letters, Ελληνικά"])
    with pytest.raises(UndrawableError, match="FriBiDi"):
        require_drawable(["معالج"])
