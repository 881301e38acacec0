"""Help: the pages that are shipped, and the page of keys that writes itself."""

from __future__ import annotations

import re

import pytest
from PyQt6.QtCore import QUrl
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import __version__
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.about import AboutDialog
from annotator.gui.dialogs.about_text import citation, part_versions, report_text
from annotator.gui.dialogs.help import HelpWindow
from annotator.gui.dialogs.help_pages import (
    KEYS_PAGE,
    HelpPage,
    in_order,
    page_id,
    shipped_pages,
    title_of,
)
from annotator.gui.dialogs.keys_page import keys_page
from annotator.gui.theme import dark, light
from annotator.model import Code, Codebook
from tests.support.edits import BOOK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PAGES = (
    HelpPage("other", "Other", "# Other\n\nSee [the keys](keys.md)."),
    HelpPage("first_steps", "First steps", "# First steps\n\nOpen a film."),
)


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    made = HelpWindow(light(), ACTIONS, PAGES)
    qtbot.addWidget(made)
    return made


def test_every_action_with_a_key_is_on_the_page_of_keys() -> None:
    page = keys_page(ACTIONS, None)
    for spec in ACTIONS:
        assert (f"| {spec.text.rstrip('…')} |" in page) == bool(spec.keys)
    assert "Open a session" in page


def test_the_codes_of_the_book_are_on_the_page_of_keys() -> None:
    page = keys_page(ACTIONS, BOOK)
    assert "## Codes of A book" in page
    assert "| Silence | **S** | a stretch |" in page


def test_names_and_keys_cannot_break_the_table() -> None:
    book = Codebook("b", "1", "A | B", codes=(Code("x", "One | *two*", key="|"),))
    (row,) = re.findall(r"^\| One.*$", keys_page((), book), re.MULTILINE)
    assert row == r"| One \| \*two\* | **\|** | a moment |"


def test_pages_come_in_the_order_in_which_they_are_needed() -> None:
    pages = [HelpPage(name, name, "") for name in ("zebra", "glossary", "apple", "first_steps")]
    assert [page.id for page in in_order(pages)] == ["first_steps", "glossary", "apple", "zebra"]


def test_ids_and_titles() -> None:
    assert page_id("help/file-format.md") == "file_format"
    assert title_of("intro\n# The file #1\n", "file_format") == "The file #1"
    assert title_of("nothing", "file_format") == "File format"


def test_the_shipped_pages_hold_what_the_menu_opens() -> None:
    ids = {page.id for page in shipped_pages()} | {KEYS_PAGE}
    assert {"first_steps", "glossary", "file_format"} <= ids


def test_the_page_on_recordings_names_the_actions_as_the_menus_do() -> None:
    page = next(one for one in shipped_pages() if one.id == "recordings")
    specs = {spec.id: spec for spec in ACTIONS}
    named = ("add_recording", "recordings", "wall_large", "wall_side", "wall_one", "snapshot")
    for name in named:
        assert f"**{specs[name].text}**" in page.text
    for name in ("recordings", "next_lead", "snapshot"):
        assert f"`{specs[name].keys[0]}`" in page.text


def test_turning_pages_by_list_link_and_name(window: HelpWindow) -> None:
    assert window._shown == "first_steps"
    window.contents.setCurrentIndex(window.contents.model().index(2, 0))
    assert window._shown == "other"
    window.browser.anchorClicked.emit(QUrl("keys.md"))
    assert window._shown == KEYS_PAGE
    assert window.contents.currentIndex().row() == 1
    window.show_page("first-steps")
    assert window._shown == "first_steps"
    window.show_page(KEYS_PAGE)
    window.show_page("nowhere")
    assert window._shown == KEYS_PAGE


def test_the_page_of_keys_follows_the_codebook_and_the_theme(window: HelpWindow) -> None:
    window.show_page(KEYS_PAGE)
    window.set_codebook(BOOK)
    assert "Silence" in window.browser.toPlainText()
    window.set_theme(dark())
    window.set_codebook(None)
    assert "Silence" not in window.browser.toPlainText()
    window.show()
    assert not window.grab().isNull()


def test_the_versions_can_be_copied(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    copied = QApplication.clipboard().text()
    assert copied == report_text(__version__, part_versions())
    assert f"annotator {__version__}" in copied
    assert "PyQt6 6" in copied


def test_how_to_cite_names_the_version() -> None:
    assert "Version 1.2.3" in citation("1.2.3")
