"""ELAN documents for tests: short ways to make them, and the rules of form 3.0 they must keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION = f"{{{XSI}}}noNamespaceSchemaLocation"
_BELOW: Mapping[str, tuple[str, ...]] = {
    "ANNOTATION_DOCUMENT": (
        "LICENSE",
        "HEADER",
        "TIME_ORDER",
        "TIER",
        "LINGUISTIC_TYPE",
        "LOCALE",
        "LANGUAGE",
        "CONSTRAINT",
        "CONTROLLED_VOCABULARY",
        "LEXICON_REF",
        "REF_LINK_SET",
        "EXTERNAL_REF",
    ),
    "HEADER": ("MEDIA_DESCRIPTOR", "LINKED_FILE_DESCRIPTOR", "PROPERTY"),
    "TIME_ORDER": ("TIME_SLOT",),
    "TIER": ("ANNOTATION",),
    "ANNOTATION": ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"),
    "ALIGNABLE_ANNOTATION": ("ANNOTATION_VALUE",),
    "REF_ANNOTATION": ("ANNOTATION_VALUE",),
    "CONTROLLED_VOCABULARY": ("DESCRIPTION", "CV_ENTRY_ML"),
    "CV_ENTRY_ML": ("CVE_VALUE",),
    "REF_LINK_SET": ("CROSS_REF_LINK", "GROUP_REF_LINK"),
}
_ATTRIBUTES: Mapping[str, tuple[str, str]] = {  # required, optional
    "ANNOTATION_DOCUMENT": ("DATE AUTHOR VERSION", f"FORMAT {_LOCATION}"),
    "LICENSE": ("", "LICENSE_URL"),
    "HEADER": ("", "MEDIA_FILE TIME_UNITS"),
    "MEDIA_DESCRIPTOR": ("MEDIA_URL MIME_TYPE", "RELATIVE_MEDIA_URL TIME_ORIGIN EXTRACTED_FROM"),
    "LINKED_FILE_DESCRIPTOR": (
        "LINK_URL MIME_TYPE",
        "RELATIVE_LINK_URL TIME_ORIGIN ASSOCIATED_WITH",
    ),
    "PROPERTY": ("", "NAME"),
    "TIME_ORDER": ("", ""),
    "TIME_SLOT": ("TIME_SLOT_ID", "TIME_VALUE"),
    "TIER": (
        "TIER_ID LINGUISTIC_TYPE_REF",
        "PARTICIPANT ANNOTATOR DEFAULT_LOCALE PARENT_REF EXT_REF LANG_REF",
    ),
    "ANNOTATION": ("", ""),
    "ALIGNABLE_ANNOTATION": (
        "ANNOTATION_ID TIME_SLOT_REF1 TIME_SLOT_REF2",
        "SVG_REF EXT_REF LANG_REF CVE_REF",
    ),
    "REF_ANNOTATION": (
        "ANNOTATION_ID ANNOTATION_REF",
        "PREVIOUS_ANNOTATION EXT_REF LANG_REF CVE_REF",
    ),
    "ANNOTATION_VALUE": ("", ""),
    "LINGUISTIC_TYPE": (
        "LINGUISTIC_TYPE_ID",
        "TIME_ALIGNABLE CONSTRAINTS GRAPHIC_REFERENCES CONTROLLED_VOCABULARY_REF EXT_REF",
    ),
    "LOCALE": ("LANGUAGE_CODE", "COUNTRY_CODE VARIANT"),
    "LANGUAGE": ("LANG_ID", "LANG_DEF LANG_LABEL"),
    "CONSTRAINT": ("STEREOTYPE", "DESCRIPTION"),
    "CONTROLLED_VOCABULARY": ("CV_ID", "EXT_REF"),
    "DESCRIPTION": ("LANG_REF", ""),
    "CV_ENTRY_ML": ("CVE_ID", "EXT_REF"),
    "CVE_VALUE": ("LANG_REF", "DESCRIPTION"),
    "LEXICON_REF": (
        "LEX_REF_ID NAME TYPE URL LEXICON_ID LEXICON_NAME",
        "DATCAT_ID DATCAT_NAME",
    ),
    "REF_LINK_SET": ("LINK_SET_ID", "LINK_SET_NAME EXT_REF LANG_REF CV_REF"),
    "CROSS_REF_LINK": (
        "REF1 REF2",
        "REF_LINK_ID REF_LINK_NAME EXT_REF LANG_REF CVE_REF REF_TYPE DIRECTIONALITY",
    ),
    "GROUP_REF_LINK": ("REFS", "REF_LINK_ID REF_LINK_NAME EXT_REF LANG_REF CVE_REF REF_TYPE"),
    "EXTERNAL_REF": ("EXT_REF_ID TYPE VALUE", ""),
}
_IDS = ("ANNOTATION_ID", "TIME_SLOT_ID", "EXT_REF_ID", "LEX_REF_ID", "LINK_SET_ID", "REF_LINK_ID")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def faults(data: bytes) -> list[str]:
    """List which rules of form 3.0, and of ELAN beyond it, a document breaks."""
    root = fromstring(data)  # noqa: S314 the tests' own
    return [*_shape(root), *_identity(root), *_references(root), *_times(root), *_constraints(root)]


def _shape(root: Element) -> Iterator[str]:
    if root.tag != "ANNOTATION_DOCUMENT":
        yield f"the root is {root.tag}"
    if not _DATE.fullmatch(root.get("DATE", "")):
        yield f"{root.get('DATE')} is no date"
    for element in root.iter():
        name = str(element.tag)
        if name not in _ATTRIBUTES:
            yield f"{name} is unknown"
            continue
        required, optional = (set(text.split()) for text in _ATTRIBUTES[name])
        yield from (f"{name} has no {one}" for one in sorted(required - set(element.attrib)))
        strange = set(element.attrib) - required - optional
        yield from (f"{name} has a {one}" for one in sorted(strange))
        order = _BELOW.get(name, ())
        places = [order.index(str(one.tag)) if one.tag in order else -1 for one in element]
        if -1 in places or places != sorted(places):
            yield f"what is in {name} is out of order"
    for name in ("HEADER", "TIME_ORDER"):
        if len(root.findall(name)) != 1:
            yield f"there is not one {name}"
    for one in root.iter("ANNOTATION"):
        if len(one) != 1 or len(one[0]) != 1:
            yield "an annotation has not one member with one value"


def _identity(root: Element) -> Iterator[str]:
    ids = Counter(one.get(name, "") for one in root.iter() for name in _IDS if name in one.attrib)
    yield from (f"id {one} stands {count} times" for one, count in ids.items() if count > 1)
    yield from (f"{one!r} is no id" for one in ids if not _NAME.fullmatch(one))
    for element, name in (
        ("TIER", "TIER_ID"),
        ("LINGUISTIC_TYPE", "LINGUISTIC_TYPE_ID"),
        ("CONTROLLED_VOCABULARY", "CV_ID"),
        ("LANGUAGE", "LANG_ID"),
        ("CONSTRAINT", "STEREOTYPE"),
    ):
        found = Counter(one.get(name) for one in root.iter(element))
        yield from (f"{name} {one} stands twice" for one, count in found.items() if count > 1)
    for one in root.iter("CONTROLLED_VOCABULARY"):
        entries = [entry.get("CVE_ID") for entry in one.iter("CV_ENTRY_ML")]
        if len(set(entries)) < len(entries):
            yield f"an entry of {one.get('CV_ID')} stands twice"


def _references(root: Element) -> Iterator[str]:
    def known(element: str, name: str) -> set[str]:
        return {one.get(name, "") for one in root.iter(element)}

    annotations = known("ALIGNABLE_ANNOTATION", "ANNOTATION_ID")
    annotations |= known("REF_ANNOTATION", "ANNOTATION_ID")
    kinds = {
        "LINGUISTIC_TYPE_REF": known("LINGUISTIC_TYPE", "LINGUISTIC_TYPE_ID"),
        "PARENT_REF": known("TIER", "TIER_ID"),
        "TIME_SLOT_REF1": known("TIME_SLOT", "TIME_SLOT_ID"),
        "TIME_SLOT_REF2": known("TIME_SLOT", "TIME_SLOT_ID"),
        "ANNOTATION_REF": annotations,
        "PREVIOUS_ANNOTATION": annotations,
        "REF1": annotations,
        "REF2": annotations,
        "CONTROLLED_VOCABULARY_REF": known("CONTROLLED_VOCABULARY", "CV_ID"),
        "LANG_REF": known("LANGUAGE", "LANG_ID"),
        "EXT_REF": known("EXTERNAL_REF", "EXT_REF_ID"),
        "CONSTRAINTS": known("CONSTRAINT", "STEREOTYPE"),
        "DEFAULT_LOCALE": known("LOCALE", "LANGUAGE_CODE"),
    }
    for element in root.iter():
        for name, there in kinds.items():
            if name in element.attrib and element.attrib[name] not in there:
                yield f"{name} {element.attrib[name]} is nowhere"


def _times(root: Element) -> Iterator[str]:
    slots = root.findall("TIME_ORDER/TIME_SLOT")
    values = [one.get("TIME_VALUE", "") for one in slots if "TIME_VALUE" in one.attrib]
    yield from (f"{one} is no time" for one in values if not re.fullmatch(r"\d{1,10}", one))
    numbers = [int(one) for one in values]
    if numbers != sorted(numbers):
        yield "the slots are out of order"
    order = {one.get("TIME_SLOT_ID", ""): place for place, one in enumerate(slots)}
    times = {one.get("TIME_SLOT_ID", ""): one.get("TIME_VALUE") for one in slots}
    used = set()
    for tier in root.iter("TIER"):
        spans = []
        for one in tier.iter("ALIGNABLE_ANNOTATION"):
            first, last = one.get("TIME_SLOT_REF1", ""), one.get("TIME_SLOT_REF2", "")
            used |= {first, last}
            if order[first] >= order[last] or times[first] == times[last] is not None:
                yield f"annotation {one.get('ANNOTATION_ID')} has no length"
            if times[first] is not None and times[last] is not None:
                spans.append((int(times[first] or 0), int(times[last] or 0)))
        if any(end > start for (_, end), (start, _) in pairwise(spans)):
            yield f"annotations of {tier.get('TIER_ID')} overlap or are out of order"
    yield from (f"nobody uses slot {one}" for one in sorted(set(order) - used))


def _constraints(root: Element) -> Iterator[str]:
    """Tell where tiers are not as the stereotype of their type wants them."""
    types = {one.get("LINGUISTIC_TYPE_ID"): one for one in root.iter("LINGUISTIC_TYPE")}
    for tier in root.iter("TIER"):
        kind = types[tier.get("LINGUISTIC_TYPE_REF")]
        constraint, name = kind.get("CONSTRAINTS", ""), tier.get("TIER_ID")
        if bool(constraint) != ("PARENT_REF" in tier.attrib):
            yield f"tier {name} has a parent or a constraint alone"
        is_symbolic = constraint.startswith("Symbolic")
        wrong = "ALIGNABLE_ANNOTATION" if is_symbolic else "REF_ANNOTATION"
        if tier.find(f"ANNOTATION/{wrong}") is not None:
            yield f"tier {name} holds a {wrong}"
        parents = [one.get("ANNOTATION_REF") for one in tier.iter("REF_ANNOTATION")]
        if constraint == "Symbolic_Association" and len(set(parents)) < len(parents):
            yield f"tier {name} has two annotations for one"


def eaf(
    tiers: str,
    slots: Mapping[str, int | None] | None = None,
    *,
    header: str = "",
    parts: str = "",
    types: str = "",
) -> str:
    """Make a document of tiers as they stand, with slots in milliseconds; None has no time."""
    rows = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{name}"' + ("/>" if time is None else f' TIME_VALUE="{time}"/>')
        for name, time in (slots or {}).items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0" '
        f'xmlns:xsi="{XSI}" '
        'xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">'
        f"{header or HEADER}<TIME_ORDER>{rows}</TIME_ORDER>{tiers}"
        f"{types or TYPES}{parts}</ANNOTATION_DOCUMENT>"
    )


HEADER = '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>'
TYPES = "".join(
    f'<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="{name}" {more}/>'
    for name, more in (
        ("plain", 'TIME_ALIGNABLE="true"'),
        ("parts", 'TIME_ALIGNABLE="true" CONSTRAINTS="Time_Subdivision"'),
        ("inside", 'TIME_ALIGNABLE="true" CONSTRAINTS="Included_In"'),
        ("pieces", 'TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Subdivision"'),
        ("beside", 'TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Association"'),
        ("listed", 'TIME_ALIGNABLE="true" CONTROLLED_VOCABULARY_REF="list"'),
    )
)


def tier(name: str, *marks: str, kind: str = "plain", more: str = "") -> str:
    """Make a tier of that name and type."""
    return f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}" {more}>{"".join(marks)}</TIER>'


def aligned(name: str, first: str, last: str, value: str = "", more: str = "") -> str:
    """Make an annotation between two slots."""
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{first}" '
        f'TIME_SLOT_REF2="{last}" {more}><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def referring(name: str, parent: str, value: str = "", previous: str = "") -> str:
    """Make an annotation below another."""
    before = f'PREVIOUS_ANNOTATION="{previous}"' if previous else ""
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{parent}" {before}>'
        f"<ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def vocabulary(name: str, *entries: tuple[str, str], more: str = "") -> str:
    """Make a vocabulary of values and meanings, with the one language it needs."""
    rows = "".join(
        f'<CV_ENTRY_ML CVE_ID="cve{number}"><CVE_VALUE LANG_REF="und" DESCRIPTION="{meaning}">'
        f"{value}</CVE_VALUE></CV_ENTRY_ML>"
        for number, (value, meaning) in enumerate(entries)
    )
    return f'<CONTROLLED_VOCABULARY CV_ID="{name}" {more}>{rows}</CONTROLLED_VOCABULARY>'
