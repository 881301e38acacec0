"""Which version a codebook has once it has been changed."""

from __future__ import annotations

import re
from collections.abc import Collection

from annotator.model.codebook import Codebook

_LAB = re.compile(r"(.*)-lab\.([0-9]+)", re.DOTALL)
_LAST_NUMBER = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


def next_version(version: str, *, published: bool = False) -> str:
    """Give the version after this one.

    A published book is not ours to number, so a changed one is a version of the lab's own:
    "4.2.1" becomes "4.2.1-lab.1" and that "4.2.1-lab.2". Any other counts its last number up:
    "1" becomes "2", "2.9" becomes "2.10", "draft" becomes "draft-2", and nothing becomes "1".
    """
    if own := _LAB.fullmatch(version):
        return f"{own[1]}-lab.{int(own[2]) + 1}"
    if published and version:
        return f"{version}-lab.1"
    if counted := _LAST_NUMBER.fullmatch(version):
        return f"{counted[1]}{int(counted[2]) + 1}"
    return f"{version}-2" if version else "1"


def version_after(before: Codebook, after: Codebook, published: Collection[str] = ()) -> str:
    """Give the version that a changed book must have; `published` are ids of published books.

    It keeps its own where that is new already, or where nothing else was changed.
    """
    if before == after or before.version != after.version:
        return after.version
    return next_version(before.version, published=before.id in published)
