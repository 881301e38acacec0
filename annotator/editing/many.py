"""One change made to many tags of a pass, as one step that is undone at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.editing.edit import Edit, joined
from annotator.errors import EditError
from annotator.model.coding import Tag

MakeEdit = Callable[[Tag], Edit | None]


def change_many(tags: Sequence[Tag], what: str, make: MakeEdit) -> Edit | None:
    """Make one edit of what `make` does to each tag; None where it changes none of them.

    `what` is said of the edit, as in "code of 3 tags". Raises EditError where one of the tags
    cannot be changed so, and says how many the others are: then none is.
    """
    made: list[Edit] = []
    for tag in tags:
        try:
            edit = make(tag)
        except EditError as error:
            if len(tags) == 1:
                raise
            raise EditError(
                f"None of the {len(tags)} selected tags was changed.", str(error)
            ) from error
        if edit is not None:
            made.append(edit)
    if len(made) <= 1:
        return made[0] if made else None
    return joined(f"{what} of {len(made)} tags", *made)
