"""Where the palette gets its items from: the table, the codebook, the settings and the help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.gui.actions import ACTIONS, Actions, key_words
from annotator.gui.dialogs.help_pages import HelpPage, headings_of
from annotator.gui.palette.items import Item, Kind
from annotator.model.codebook import Codebook
from annotator.model.coding import Tag
from annotator.model.time import to_clock
from annotator.storage.settings import Settings
from annotator.storage.settings_shown import shown_settings

PALETTE = "palette"  # finds everything but itself


def action_items(actions: Actions) -> Iterator[Item]:
    """Give every action of the table as it is now."""
    for spec in ACTIONS:
        if spec.id == PALETTE:
            continue
        action = actions.by_id[spec.id]
        text = action.text().replace("&&", "&")
        keys = _printed(key.toString() for key in action.shortcuts())
        menu = spec.menu.value.replace("&", "")
        yield Item(Kind.ACTION, spec.id, text, menu, keys, actions.why_not(spec.id))


def code_items(actions: Actions, why_not: str) -> Iterator[Item]:
    """Give the codes that can be tagged; `why_not` says why none can be now, or is empty."""
    book = actions.book
    groups = {group.id: group.name for group in book.groups} if book is not None else {}
    for code in book.codes if book is not None else ():
        if code.id in actions.by_code:
            keys = _printed(actions.key_map.of_code(code.id))
            beside = " · ".join(
                part for part in (code.abbreviation, groups.get(code.group, "")) if part
            )
            yield Item(Kind.CODE, code.id, code.name, beside, keys, why_not, code.colour)


def setting_items() -> Iterator[Item]:
    """Give the settings that people can change."""
    for name, shown in shown_settings(Settings()).items():
        yield Item(Kind.SETTING, name, shown.label.replace("…", "").strip(), shown.page.value)


def help_items(pages: Iterable[HelpPage]) -> Iterator[Item]:
    """Give the pages of help, and their parts by `page#heading`."""
    for page in pages:
        yield Item(Kind.HELP, page.id, page.title)
        for heading in headings_of(page.text):
            yield Item(Kind.HELP, f"{page.id}#{heading}", heading, page.title)


def tag_item(tag: Tag, book: Codebook) -> Item:
    """Give a tag as the palette shows it."""
    code = book.code(tag.code)
    name = code.name if code is not None else tag.code
    colour = code.colour if code is not None else ""
    return Item(Kind.TAG, tag.id, name, tag.note, to_clock(tag.start), "", colour)


def code_names(book: Codebook | None) -> Mapping[str, str]:
    """Give what tags are searched by, beside their note and time."""
    codes = book.codes if book is not None else ()
    return {code.id: f"{code.name} {code.abbreviation}" for code in codes}


def _printed(keys: Iterable[str]) -> str:
    return " or ".join(key_words(key) for key in keys)
