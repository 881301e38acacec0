"""The steps that lift a file of an older version of the format to the present one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Tree = dict[str, object]
Migration = Callable[[Tree], Tree]

SESSION_VERSION = 1
CODEBOOK_VERSION = 1

SESSION_MIGRATIONS: Mapping[int, Migration] = {}
"""By version: the function that makes of a file of that version one of the next; none yet."""

CODEBOOK_MIGRATIONS: Mapping[int, Migration] = {}
"""The same for codebook files."""


def migrated(tree: Tree, version: int, present: int, migrations: Mapping[int, Migration]) -> Tree:
    """Lift a tree read from JSON, step by step, from `version` to `present`; newer stays as it is.

    Raises KeyError where a step is missing from the table, which a test rules out.
    """
    for step in range(version, present):
        tree = {**migrations[step](tree), "version": step + 1}
    return tree
