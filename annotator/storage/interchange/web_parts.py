"""What single annotations consist of: bodies that say something, and targets that have a time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from annotator.model.time import Micros
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.web_times import Fragment, read_fragment

ID = "web-annotation"

OF_CODES = frozenset({"tagging", "classifying", "identifying", "categorizing"})
OF_SPEECH = frozenset({"transcribing", "supplementing", "captioning", "subtitling"})

_SPATIAL = frozenset({"SvgSelector", "XywhSelector", "ImageApiSelector", "BoxSelector"})
_MARKUP = re.compile(r"<[^<>]*>")

_USUAL_SELECTOR = {"type", "conformsTo", "value"}

Node = Mapping[str, object]


class Body(NamedTuple):
    """Something that is said of a film, for a purpose such as "tagging"; empty where not told."""

    text: str
    purpose: str = ""
    language: str = ""


class Target(NamedTuple):
    """What an annotation is about: a film by its address, and a part of it."""

    source: str
    part: Fragment
    length: Micros | None = None


def listed(value: object) -> list[object]:
    """Give the items of what may be a list, one thing alone, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def get(node: Node, *keys: str) -> object:
    """Give the first of these members that is there, with or without the prefix "oa:"."""
    for key in keys:
        if key in node:
            return node[key]
    for key in keys:
        if f"oa:{key}" in node:
            return node[f"oa:{key}"]
    return None


def local(value: object) -> str:
    """Give the last part of a name such as "oa:tagging", or of the address of a term."""
    return _local(value) if isinstance(value, str) else ""


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return re.split(r"[:#/]", name)[-1]


def types(node: Node) -> set[str]:
    """Give the types of a node without their prefixes."""
    kinds = node.get("type") or node.get("@type")
    return {_local(kinds)} if isinstance(kinds, str) else {local(one) for one in listed(kinds)}


def name_of(value: object) -> str:
    """Give the name of a person or the label of a thing, in whichever shape it stands."""
    for one in listed(value):
        if isinstance(one, str) and one.strip():
            return " ".join(one.split())
        told = members(one)
        for key in ("nickname", "name", "label", "@value", "value", "id", "@id", *told):
            found = name_of(told.get(key)) if _is_shallow(told.get(key)) else ""
            if found:
                return found
    return ""


def _is_shallow(value: object) -> bool:
    """Tell whether a value is a text, or a list of texts: names are no deeper."""
    return all(isinstance(one, str) for one in listed(value))


def bodies_of(node: Node) -> Iterator[Body]:
    """Give the bodies of an annotation that say something.

    FrameTrail's tags stand beside them, and what is written inside of them.
    """
    usual = _purpose(get(node, "motivation"))
    if "frametrail:tags" in node:
        for tag in listed(node["frametrail:tags"]):
            if word(tag).strip():
                yield Body(word(tag), "tagging")
    plain = get(node, "bodyValue")
    if plain is not None and word(plain):
        yield Body(word(plain), usual)
    for one in listed(get(node, "body", "hasBody", "resource")):
        body = _body(one, usual)
        if body is not None and body.text.strip():
            yield body


def _purpose(value: object) -> str:
    if isinstance(value, str):
        return _local(value)
    purposes = [local(one) for one in listed(value)]
    known = [one for one in purposes if one in OF_CODES or one in OF_SPEECH]
    return next(iter([*known, *purposes]), "")


def _body(value: object, usual: str) -> Body | None:
    if isinstance(value, str):
        return Body(_of_address(value, usual), usual)
    told = members(value)
    text, purpose, language = told.get("value"), told.get("purpose"), told.get("language")
    is_plain = "format" not in told or told["format"] == "text/plain"
    if is_plain and text and isinstance(text, str) and isinstance(purpose, str):
        return Body(text, _local(purpose), "" if language is None else name_of(language))
    choices = [one for one in listed(told.get("items") or told.get("default")) if members(one)]
    if choices and not word(told.get("value")):
        return _body({**members(choices[0]), "items": None, "default": None}, usual)
    purpose = _purpose(get(told, "purpose", "hasPurpose", "motivation")) or usual
    text = _text(told)
    if not text:
        address = get(told, "source", "id", "@id")
        address = get(members(address), "id", "@id") if isinstance(address, dict) else address
        text = name_of(told.get("label")) or _of_address(word(address), purpose)
    return Body(text, purpose, name_of(told.get("language")))


def _text(told: Node) -> str:
    for key in ("value", "chars", "cnt:chars", "rdf:value"):
        text = word(told.get(key))
        if text:
            is_html = "html" in word(told.get("format"))
            return html.unescape(_MARKUP.sub("", text)) if is_html else text
    inside = html.unescape(word(members(told.get("frametrail:attributes")).get("text")))
    return html.unescape(_MARKUP.sub("", inside)) or word(told.get("frametrail:name"))


def _of_address(address: str, purpose: str) -> str:
    """Give what an address stands for: its last part for a code, else itself."""
    if purpose not in OF_CODES:
        return address
    return unquote(re.split(r"[#/]", address.rstrip("/#"))[-1]) or address


def targets_of(node: Node) -> Iterator[Target]:
    """Give the targets of an annotation, each with its time or the reason why it has none."""
    for one in listed(get(node, "target", "hasTarget", "on")):
        if isinstance(one, str):
            source, _, fragment = one.partition("#")
            yield Target(source, read_fragment(fragment))
        elif isinstance(one, dict):
            yield _specific(one)


def _specific(told: Node) -> Target:
    whole, selector = told.get("source"), told.get("selector")
    if isinstance(whole, str) and isinstance(selector, dict) and "#" not in whole:
        return Target(whole, _selected(selector))  # as nearly all are
    whole = get(told, "source", "hasSource", "full")
    whole = told if whole is None else whole
    address = word(get(members(whole), "id", "@id")) if isinstance(whole, dict) else word(whole)
    source, _, fragment = address.partition("#")
    parts = [_selected(one) for one in listed(get(told, "selector", "hasSelector"))]
    if fragment or not parts:
        parts.append(read_fragment(fragment))
    best = next((one for one in parts if not one.fault), parts[0])
    if any(one.is_spatial for one in parts):
        best = best._replace(is_spatial=True)
    length = micros_of(members(whole).get("duration")) if "duration" in members(whole) else None
    return Target(source, best, length)


def _selected(value: object) -> Fragment:
    """Read a selector; a point in time that refines another is where that is."""
    if isinstance(value, str):
        return read_fragment(value)
    told = members(value)
    is_usual = told.keys() == _USUAL_SELECTOR and told["type"] == "FragmentSelector"
    text = word(told["value"]) if is_usual else ""
    return read_fragment(text) if text else _selected_oddly(told)


def _selected_oddly(told: Node) -> Fragment:
    inner = members(get(told, "refinedBy"))
    point = micros_of(told.get("t")) if "t" in told else None
    if point is not None:
        return Fragment(point, point, "", (), "x" in told)
    point = micros_of(inner.get("t")) if "t" in inner else None
    if point is not None:
        return Fragment(point, point, "", (), "x" in inner)
    kind = next(iter(types(told)), "")
    if word(get(told, "value")) and kind not in _SPATIAL:
        found = read_fragment(word(get(told, "value")))
        return found._replace(is_spatial=True) if types(inner) & _SPATIAL else found
    if kind in _SPATIAL:
        return Fragment(is_spatial=True)
    return Fragment(fault=f"no time is told by a selector of the kind “{kind}”")
