"""One thing a person did to a session, which can be done and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from annotator.errors import EditError
from annotator.model.change import Change, apply_changes
from annotator.model.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """A named list of changes; `label` reads after "Undo", as in "Undo add Reflection".

    One that is lasting cannot be taken back, and nothing done before it either: it stands for
    what happened outside the program, such as that somebody saw something.
    """

    label: str
    changes: tuple[Change, ...]
    is_lasting: bool = False

    def apply(self, session: Session) -> Session:
        """Make the session as it is after the edit.

        Raises EditError where the edit does not fit the session.
        """
        return apply_changes(session, self.changes)

    def revert(self, session: Session) -> Session:
        """Make the session as it was before the edit.

        Raises EditError where the edit is lasting, or is not the last thing that happened.
        """
        if self.is_lasting:
            raise EditError("This cannot be undone.")
        return apply_changes(session, self.reversed().changes)

    def reversed(self) -> Edit:
        """Give the edit that takes this one back."""
        return Edit(self.label, tuple(change.reversed() for change in reversed(self.changes)))


def joined(label: str, *edits: Edit) -> Edit:
    """Make one edit, undone in one step, of several done in order."""
    changes = tuple(change for edit in edits for change in edit.changes)
    return Edit(label, changes, is_lasting=any(edit.is_lasting for edit in edits))


def index_in(members: tuple[T, ...], member: T) -> int:
    """Find a member's index; raises EditError where the session no longer has it."""
    try:
        return members.index(member)
    except ValueError as error:
        raise EditError(
            "What you want to change is no longer part of the session.", "Choose it again."
        ) from error
