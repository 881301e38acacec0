"""CACTI's configuration: the codes on its buttons and its ratings, as a codebook and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from annotator.model.codebook import Code, Codebook, RatingItem, Speaker
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.storage.interchange.drafting import SessionDraft, id_of_word
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.json_reading import members
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import read_xml
from annotator.storage.interchange.xml_writing import held_by_xml

CACTI = "cacti"
LEAST, MOST = 1.0, 5.0
SPEAKERS = {"therapist": Speaker.THERAPIST, "client": Speaker.CLIENT}
_ROOTS = ("userconfiguration", "usercodes")
_LONGEST_NAME = 8
_IN_A_ROW = 4


@dataclass(slots=True)
class Configuration:
    """What a configuration tells: codes by their names, ratings by theirs, and how many there are.

    `carried` of the `counted` codes and ratings are here.
    """

    codes: dict[str, Code] = field(default_factory=dict)
    panels: dict[str, str] = field(default_factory=dict)
    ratings: dict[str, RatingItem] = field(default_factory=dict)
    counted: int = 0

    @property
    def carried(self) -> int:
        """How many codes and ratings came through."""
        return len(self.codes) + len(self.ratings)

    def put_into(self, draft: SessionDraft) -> None:
        """Make the codes and ratings of a session."""
        for name, code in self.codes.items():
            panel = self.panels.get(name, "")
            draft.code(name, replace(code, group=draft.group(panel)))
        draft.book = replace(draft.book, ratings=(*draft.book.ratings, *self.ratings.values()))


def code_of(name: str, value: int | None) -> Code:
    """Make a code as CACTI has it; a short name is its abbreviation as well."""
    short = name if len(name) <= _LONGEST_NAME else ""
    extra = {} if value is None else {CACTI: {"value": value}}
    return Code("", name, short, extra=extra)


def claims_config(source: Source) -> bool:
    """Tell whether a file is a configuration of CACTI, by its first element."""
    match = re.search(r"<\s*(userConfiguration|userCodes)[\s>]", source.head)
    return match is not None and "<code" in source.head


def read_config(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a configuration as a session that has a codebook alone."""
    found = configuration_of(source, notes)
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    found.put_into(draft)
    session = draft.session()
    sessions = (session,) if found.carried else ()
    return Found(sessions, found.counted, found.carried, "codes and ratings")


def configuration_of(source: Source, notes: Notes) -> Configuration:
    """Read a configuration; raises ForeignFileError where it is none."""
    root = read_xml(source)
    if root.tag.lower() not in _ROOTS:
        raise ForeignFileError(
            f"“{source.name}” is no configuration of CACTI.",
            "It is usually called userConfiguration.xml.",
        )
    found = Configuration()
    for node in root.iterfind("codes/code"):
        _add_code(found, node, notes)
    for controls in (*root.iter("codeControls"), *root.iter("controls")):
        _add_buttons(found, controls, notes)
    for name in found.codes:
        if name not in found.panels:
            notes.noticed("a code is on no button of CACTI", f"code “{name}”")
    for node in root.iterfind("globals/global"):
        _add_rating(found, node, notes)
    return found


def _whole(node: Element, name: str) -> int | None:
    text = (node.get(name) or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _add_code(found: Configuration, node: Element, notes: Notes) -> None:
    found.counted += 1
    name = (node.get("name") or node.get("label") or "").strip()
    place = f"code “{name}”"
    if not name or name in found.codes:
        notes.not_carried("a code without a name, or with another's", place)
        return
    value = _whole(node, "value")
    taken = [members(one.extra.get(CACTI)).get("value") for one in found.codes.values()]
    if value is None or value in taken:
        notes.repaired("the number of a code is missing or another's; it has none here", place)
        value = None
    found.codes[name] = code_of(name, value)


def _add_buttons(found: Configuration, controls: Element, notes: Notes) -> None:
    label = (controls.get("label") or controls.get("panel") or "").strip()
    speaker = SPEAKERS.get(label.split(" ")[0].lower())
    if speaker is None and controls.get("panel", "").lower() in SPEAKERS:
        speaker = SPEAKERS[controls.get("panel", "").lower()]
    if speaker is None:
        told = "the label of a panel begins with neither “Therapist” nor “Client”"
        notes.noticed(told, f"panel “{label}”")
    for panel, button in _buttons(controls, label):
        name = (button.get("code") or button.get("label") or "").strip()
        code = found.codes.get(name)
        if code is None:
            notes.noticed("a button is for a code that there is not", f"button “{name}”")
            continue
        key = (button.get("key") or "").strip()
        key = key if len(key) == 1 else ""
        found.codes[name] = replace(code, speaker=speaker or Speaker.NONE, key=key)
        found.panels.setdefault(name, panel)


def _buttons(controls: Element, label: str) -> Iterator[tuple[str, Element]]:
    """Give the buttons of a panel, each with its group's label or else the panel's."""
    for row in controls.iter("row"):
        for cell in row:
            if cell.tag == "group":
                yield from ((cell.get("label") or label, one) for one in cell)
            elif cell.tag in {"button", "code"}:
                yield label, cell


def _add_rating(found: Configuration, node: Element, notes: Notes) -> None:
    found.counted += 1
    name = (node.get("name") or "").strip()
    place = f"rating “{name}”"
    if not name or name in found.ratings:
        notes.not_carried("a rating without a name, or with another's", place)
        return
    least, most = _whole(node, "minRating"), _whole(node, "maxRating")
    minimum = LEAST if least is None else least
    maximum = MOST if most is None else most
    default = _whole(node, "defaultRating")
    usual = LEAST if default is None else default
    if maximum < minimum:
        notes.repaired("a rating's scale was upside down; its ends were exchanged", place)
        minimum, maximum = maximum, minimum
    if not minimum <= usual <= maximum:
        notes.repaired("what a rating is at first lies beyond its scale; it is its lowest", place)
        usual = minimum
    value = _whole(node, "value")
    extra = {CACTI: {"value": value, "name": name}}
    label = (node.get("label") or name).strip()
    found.ratings[name] = RatingItem(
        id_of_word(name), label, "", minimum, maximum, usual, extra=extra
    )


def name_of(code: Code) -> str:
    """Give what CACTI shall call a code: its abbreviation, as its buttons are small, or name."""
    return code.abbreviation or code.name or code.id


def numbered(codes: Sequence[Code] | Sequence[RatingItem], first: int) -> list[int]:
    """Give the number of each code or rating: its own of CACTI, or one that is free."""
    told = [members(one.extra.get(CACTI)).get("value") for one in codes]
    taken: set[int] = set()
    found: list[int] = []
    for value in told:
        is_free = isinstance(value, int) and value >= first and value not in taken
        found.append(value if is_free and isinstance(value, int) else -1)
        taken.add(found[-1])
    number = first
    for place, value in enumerate(found):
        if value == -1:
            while number in taken:
                number += 1
            found[place] = number
            taken.add(number)
    return found


def is_client(code: Code) -> bool:
    """Tell whether a code stands on the client's side; all that is not said to stands left."""
    return code.speaker is Speaker.CLIENT


def write_config(sessions: Sequence[Session], _wishes: Wishes, notes: Notes) -> bytes:
    """Write the codes and ratings of a codebook as a configuration of CACTI."""
    book = sessions[0].codebook
    root = Element("userConfiguration")
    codes = SubElement(root, "codes")
    names = names_of(book, notes)
    for code, value in zip(book.codes, numbered(book.codes, 1), strict=True):
        SubElement(codes, "code", name=names[code.id], value=str(value))
    for panel, label, of_client in (("left", "Therapist", False), ("right", "Client", True)):
        controls = SubElement(root, "codeControls", panel=panel, label=label)
        _write_rows(controls, book, names, of_client=of_client)
    ratings = SubElement(root, "globals")
    left = SubElement(root, "globalControls", panel="left")
    SubElement(root, "globalControls", panel="right")
    for item, value in zip(book.ratings, numbered(book.ratings, 0), strict=True):
        name = rating_name(item)
        made = SubElement(ratings, "global", name=name, label=_plain(item.name) or name)
        made.attrib |= {"value": str(value), "minRating": f"{item.minimum:.0f}"}
        made.set("maxRating", f"{item.maximum:.0f}")
        usual = item.minimum if item.default is None else item.default
        made.set("defaultRating", f"{usual:.0f}")
        SubElement(left, "slider").set("global", name)
    indent(root)
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _write_rows(
    controls: Element, book: Codebook, names: dict[str, str], *, of_client: bool
) -> None:
    """Write the buttons of a panel: each group of codes begins a row, of four at most."""
    row: Element | None = None
    last = None
    for code in book.codes_in_use:
        if is_client(code) is not of_client:
            continue
        if row is None or code.group != last or len(row) >= _IN_A_ROW:
            row = SubElement(controls, "row")
        last = code.group
        button = SubElement(row, "button", code=names[code.id])
        if code.key:
            button.set("key", _plain(code.key))


def names_of(book: Codebook, notes: Notes) -> dict[str, str]:
    """Give each code, by its id, a name of its own that XML can hold."""
    found: dict[str, str] = {}
    for code in book.codes:
        wanted = _plain(name_of(code)) or code.id
        name = unused_name(wanted, found.values(), "_{}")
        if name != wanted:
            notes.repaired("two codes have one abbreviation; a number stands behind it", name)
        found[code.id] = name
    return found


def rating_name(item: RatingItem) -> str:
    """Give what CACTI calls a rating: the name it had, or its id."""
    told = members(item.extra.get(CACTI)).get("name")
    return _plain(told) if isinstance(told, str) else _plain(item.id)


def _plain(text: str) -> str:
    return held_by_xml(text).strip()
