"""The page about files of other programs names every format as the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format

PAGE = Path(__file__).parents[2] / "annotator" / "help" / "interchange.md"


def row_of(form: Format) -> list[str]:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    (row,) = [line for line in rows if f"`{form.id}`" in line]
    return [cell.strip() for cell in row.strip("|").split("|")]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_a_format_stands_in_the_table_with_what_it_can(form: Format) -> None:
    _name, endings, read, written, _ids = row_of(form)
    assert form.suffixes[0].casefold() in endings.casefold()
    assert (read != "no") == (form.read is not None)
    assert (written == "yes") == (form.write is not None)


def test_each_format_has_its_own_name_and_says_what_it_loses() -> None:
    ids = [form.id for form in FORMATS]
    assert len(set(ids)) == len(ids) > 20
    assert [form.id for form in FORMATS if form.write is not None and not form.loses] == []
