"""What a session has that clips can be made of, in words, and what of it cannot be masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotator.errors import MediaError
from annotator.media.faces import model_path
from annotator.model.coding import UNNAMED, CodingPass
from annotator.model.session import Session


def code_lines(session: Session, seen: Sequence[CodingPass]) -> list[tuple[str, str]]:
    """Give the codes that have tags, in the codebook's order, with their names and counts."""
    counts = Counter(tag.code for one in seen for tag in one.tags)
    names = {code.id: code.name for code in session.codebook.codes}
    names[UNNAMED] = "Without a name"
    ordered = [
        *(one for one in names if one in counts),
        *(one for one in counts if one not in names),
    ]
    return [(one, f"{names.get(one, one)} · {_tags(counts[one])}") for one in ordered]


def researchers(session: Session) -> str:
    """Give who the researchers are that consents name."""
    named = (one.consent.researchers.strip() for one in session.participants)
    return "; ".join(dict.fromkeys(filter(None, named)))


def _tags(count: int) -> str:
    return "1 tag" if count == 1 else f"{count:,} tags"


def faces_trouble() -> str:
    """Say why faces cannot be masked; empty where they can."""
    try:
        model_path()
    except MediaError as error:
        return str(error)
    return ""
