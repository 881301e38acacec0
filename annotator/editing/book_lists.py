"""The lists of a codebook as values: put in, exchange, take out and shift a member."""

from __future__ import annotations

from typing import Protocol, TypeVar

from annotator.errors import EditError


class HasId(Protocol):
    """What stands in the lists of a codebook."""

    @property
    def id(self) -> str:
        """The id, unique in its list."""
        ...


M = TypeVar("M", bound=HasId)


def found(members: tuple[M, ...], member_id: str, noun: str) -> M:
    """Find a member by id; raises EditError, with `noun` for what it is, where there is none."""
    return members[place_of(members, member_id, noun)]


def place_of(members: tuple[M, ...], member_id: str, noun: str) -> int:
    """Find a member's index; raises EditError as `found` does."""
    for index, one in enumerate(members):
        if one.id == member_id:
            return index
    raise EditError(f'The codebook has no {noun} "{member_id}".')


def with_added(members: tuple[M, ...], member: M, index: int | None) -> tuple[M, ...]:
    """Put a member in at an index, at the end where that is None."""
    at = len(members) if index is None else max(0, index)
    return (*members[:at], member, *members[at:])


def with_exchanged(members: tuple[M, ...], member_id: str, new: M, noun: str) -> tuple[M, ...]:
    """Put a member in the place of another; raises EditError as `found` does."""
    at = place_of(members, member_id, noun)
    return (*members[:at], new, *members[at + 1 :])


def without(members: tuple[M, ...], member_id: str, noun: str) -> tuple[M, ...]:
    """Take a member out; raises EditError as `found` does."""
    at = place_of(members, member_id, noun)
    return (*members[:at], *members[at + 1 :])


def with_shifted(members: tuple[M, ...], member_id: str, index: int, noun: str) -> tuple[M, ...]:
    """Move a member so that it stands at an index; raises EditError as `found` does."""
    member = found(members, member_id, noun)
    rest = without(members, member_id, noun)
    return with_added(rest, member, min(index, len(rest)))
