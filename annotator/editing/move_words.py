"""A move to another codebook in plain words: what becomes of each code and of each rating."""

from __future__ import annotations

from annotator.editing.book_move import Move, MoveLine
from annotator.editing.fates import Fate
from annotator.model.book_compare import Part


def counted(count: int, part: Part = Part.CODE) -> str:
    """Write how many tags, or answers to a rating, there are."""
    noun = "answer" if part is Part.RATING else "tag"
    return f"{count} {noun}{'' if count == 1 else 's'}"


def becomes(line: MoveLine, move: Move) -> str:
    """Say in a few words what a code or rating becomes, such as "Question (Q)"."""
    match line.fate:
        case Fate.DELETE:
            return "deleted"
        case Fate.RETIRE:
            return "kept, retired"
        case None if line.new_id == line.old_id:
            return "stays"
    return named(move, line.part, line.new_id)


def named(move: Move, part: Part, one: str) -> str:
    """Give the name of a code or rating of the new book with its id in brackets."""
    found = move.book.rating(one) if part is Part.RATING else move.book.code(one)
    return f"{found.name} ({one})" if found and found.name != one else one


def remarks(line: MoveLine) -> tuple[str, ...]:
    """Say what else becomes of the tags of a code; empty where all stays as it is."""
    told: list[str] = []
    if line.lengthened:
        told.append(f"{counted(line.lengthened)} of a moment get a length")
    if line.shortened:
        told.append(f"{counted(line.shortened)} cut down to the start")
    if line.left_behind:
        why = "on another scale" if line.part is Part.RATING else "of a moment"
        many = counted(line.left_behind, line.part)
        told.append(f'{many} {why} kept under "{line.left_id}", retired')
    if line.unknown:
        plural = "" if line.unknown == 1 else "s"
        told.append(f"{line.unknown} attribute{plural} kept that the new code does not know")
    return tuple(told)


def summary(move: Move) -> str:
    """Say in one sentence what a move does to tags and answers."""
    counts = (
        ("stay", move.count(None)),
        ("get another code or rating", move.count(Fate.RECODE)),
        ("are kept under what is retired", move.count(Fate.RETIRE)),
        ("are deleted", move.deleted),
    )
    told = [f"{count} {what}" for what, count in counts if count]
    return f"Of tags and answers {', '.join(told)}." if told else "There are no tags or answers."
