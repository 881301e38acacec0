"""Small pieces of XML as EXMARaLDA has them: elements, and pairs of a name and a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from annotator.storage.interchange.json_reading import items

_STRANGE = "\N{REPLACEMENT CHARACTER}"
_FORBIDDEN = [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
_IN_TEXT = dict.fromkeys(_FORBIDDEN, _STRANGE) | {38: "&amp;", 60: "&lt;", 62: "&gt;", 13: "\n"}
_IN_QUOTES = _IN_TEXT | {34: "&quot;", 9: "&#9;", 10: "&#10;", 13: "&#10;"}


def in_text(text: str) -> str:
    """Write a text so that it can stand in an element; what XML forbids becomes U+FFFD."""
    return text.replace("\r\n", "\n").translate(_IN_TEXT)


def in_quotes(text: str) -> str:
    """Write a text so that it can stand in the quotes of an attribute, as `in_text` does."""
    return text.replace("\r\n", "\n").translate(_IN_QUOTES)


def element(tag: str, text: str) -> str:
    """Write an element with a text."""
    return f"<{tag}>{in_text(text)}</{tag}>"


def empty(tag: str, **attributes: object) -> str:
    """Write an element with attributes alone."""
    inner = "".join(f' {key}="{in_quotes(str(value))}"' for key, value in attributes.items())
    return f"<{tag}{inner}/>"


def pairs_of(parent: Element | None) -> list[tuple[str, str]]:
    """Give the pairs of a name and a text that stand in an element, None where it is missing."""
    if parent is None:
        return []
    found = ((one.get("attribute-name", ""), one.text or "") for one in parent)
    return [(name, text) for name, text in found if name or text.strip()]


def pairs_written(tag: str, kept: object, ours: Sequence[tuple[str, str]] = ()) -> Iterator[str]:
    """Write pairs in an element of that name: those kept of an earlier file, and ours."""
    yield f"<{tag}>{informations([*_pairs_in(kept), *ours])}</{tag}>"


def informations(pairs: Iterable[tuple[str, object]]) -> str:
    """Write pairs, each of a name and a text."""
    return "".join(
        f'<ud-information attribute-name="{in_quotes(name)}">{in_text(str(text))}</ud-information>'
        for name, text in pairs
    )


def _pairs_in(kept: object) -> Iterator[tuple[str, str]]:
    for pair in items(kept):
        match pair:
            case [name, text]:
                yield str(name), str(text)
