"""The help pages that come with the program, found and put in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

KEYS_PAGE = "keys"
FIRST_PAGES = (
    *("first_steps", "coding", KEYS_PAGE, "settings", "recordings", "silences"),
    *("glossary", "file_format"),
)
"""The order of the contents; pages not named here follow by title."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page; `id` is made of its file's name by `page_id`, `text` is Markdown."""

    id: str
    title: str
    text: str


def shipped_pages() -> tuple[HelpPage, ...]:
    """Read the pages that come with the program, in the order of the contents."""
    folder = files("annotator").joinpath("help")
    if not folder.is_dir():
        return ()
    texts = {
        page_id(one.name): one.read_text(encoding="utf-8")
        for one in folder.iterdir()
        if one.name.endswith(".md")
    }
    return in_order(HelpPage(name, title_of(text, name), text) for name, text in texts.items())


def page_id(name: str) -> str:
    """Make a page's id of its file's name, so that `file-format.md` is `file_format`."""
    return name.rsplit("/", 1)[-1].removesuffix(".md").replace("-", "_")


def in_order(pages: Iterable[HelpPage]) -> tuple[HelpPage, ...]:
    """Sort pages as the contents list them."""
    return tuple(sorted(pages, key=_place))


def title_of(text: str, name: str) -> str:
    """Take a page's title from its first heading, or else from its file's name."""
    for line in text.splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return name.replace("_", " ").replace("-", " ").capitalize()


def _place(page: HelpPage) -> tuple[int, str]:
    known = page.id in FIRST_PAGES
    return (FIRST_PAGES.index(page.id) if known else len(FIRST_PAGES), page.title.casefold())


def headings_of(text: str) -> tuple[str, ...]:
    """Give the headings below the title of a page."""
    lines = (line for line in text.splitlines() if line.startswith("## "))
    return tuple(line[3:].strip() for line in lines)


def with_words(pages: Iterable[HelpPage], search: str) -> tuple[HelpPage, ...]:
    """Give the pages that have all words of a search, without regard to case; all for none."""
    words = search.casefold().split()
    return tuple(
        page
        for page in pages
        if all(word in f"{page.title} {page.text}".casefold() for word in words)
    )
