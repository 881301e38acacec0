"""Every tag as a row, for other programs to count and for figures to draw."""

from __future__ import annotations

from annotator.analysis.summary import Named
from annotator.model.coding import CodingPass
from annotator.model.table import Cell, Column, Place, Table
from annotator.model.time import SECOND

EVENT_COLUMNS = (
    Column("session", "Session", definition="The session's name."),
    Column("coder", "Coder", definition="Who coded."),
    Column("purpose", "Purpose", definition="What the coding pass is for."),
    Column("tag", "Tag", definition="The tag's id."),
    Column("code", "Code", definition="The code's id; ? where it waits for one."),
    Column("name", "Name", definition="What the code is called."),
    Column("group", "Group", definition="The id of the code's group."),
    Column("participant", "Participant", definition="The id of whom it is about."),
    Column("start", "Start", "s", "On the session's clock.", 6),
    Column("end", "End", "s", "On the session's clock; an instant ends where it starts.", 6),
    Column("length", "Length", "s", "From start to end.", 6),
    Column("counted", "Counts", definition="1 where it begins in the counted time, else 0."),
    Column("attributes", "Attributes", definition="Choices, as attribute=choice; …"),
    Column("origin", "Origin", definition="Where the tag came from."),
)


def event_table(named: Named, coding_pass: CodingPass) -> Table:
    """List a pass's tags in order of time, those that do not count too; without their notes."""
    session = named.session
    codes = {code.id: code for code in session.codebook.codes}
    counted = {tag.id for tag in session.counted(coding_pass.tags)}
    rows: list[tuple[Cell, ...]] = []
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    for tag in coding_pass.tags:
        code = codes.get(tag.code)
        behind[len(rows), -1] = (Place(named.name, tag.interval, (tag.id,)),)
        rows.append(
            (
                named.name,
                coding_pass.coder,
                coding_pass.purpose.value,
                tag.id,
                tag.code,
                code.name if code else tag.code,
                code.group if code else "",
                tag.participant,
                tag.start / SECOND,
                tag.end / SECOND,
                (tag.end - tag.start) / SECOND,
                int(tag.id in counted),
                "; ".join(f"{key}={value}" for key, value in sorted(tag.attributes.items())),
                tag.origin.value,
            )
        )
    return Table("tags", "Tags", EVENT_COLUMNS, tuple(rows), (), behind)
