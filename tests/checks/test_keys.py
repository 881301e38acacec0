"""README's list of keys is the table of actions."""

from __future__ import annotations

from pathlib import Path

from annotator.gui.dialogs.keys_page import short_table

README = Path(__file__).parents[2] / "README.md"


def test_readme_has_the_keys_of_the_table() -> None:
    assert short_table() in README.read_text(encoding="utf-8")
