"""The failures of our own files, worded for the person who meets them."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.errors import StorageError
from annotator.model.rules import Problem

_SHOWN = 3


class FormatError(StorageError):
    """A file's text is not what its format asks for; `problems` names every place and value."""

    def __init__(self, problems: Sequence[Problem], subject: str = "This file") -> None:
        super().__init__(_told(problems, subject), _remedy(problems))
        self.problems = tuple(problems)

    def about(self, subject: str) -> FormatError:
        """Give the same failure, told of a named file."""
        return FormatError(self.problems, subject)


class DamagedError(FormatError):
    """A file is empty, cut off or scrambled, as after a power cut; not merely typed wrongly."""

    def about(self, subject: str) -> DamagedError:
        """Give the same failure, told of a named file."""
        return DamagedError(self.problems, subject)


class NewerFormatError(FormatError):
    """A file was written by a newer program in a shape that this one cannot read."""

    def __init__(self, version: int, subject: str = "This file") -> None:
        message = f"written in version {version} of the format, which this program cannot read"
        super().__init__([Problem("version", message)], subject)
        self.version = version
        self.remedy = "Open it with a newer version of annotator; the file was left as it is."

    def about(self, subject: str) -> NewerFormatError:
        """Give the same failure, told of a named file."""
        return NewerFormatError(self.version, subject)


class ChangedOutsideError(StorageError):
    """Another program has changed the session file since it was read."""


def _told(problems: Sequence[Problem], subject: str) -> str:
    if len(problems) == 1:
        return f"{subject} cannot be read: {problems[0]}."
    shown = "; ".join(str(problem) for problem in problems[:_SHOWN])
    more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    return f"{subject} cannot be read, it has {len(problems)} problems: {shown}{more}."


def _remedy(problems: Sequence[Problem]) -> str:
    if len(problems) > _SHOWN:
        return 'Run "annotator check" on it to see them all; the file was left as it is.'
    return "The file was left as it is."


_REASONS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space, or save elsewhere."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or save elsewhere."),
    errno.EFBIG: ("the file would grow larger than is allowed here", "Save elsewhere."),
    errno.EROFS: ("the disk can be read but not written", "Save elsewhere."),
    errno.EACCES: ("you are not allowed to", "Ask who looks after this folder, or save elsewhere."),
    errno.EPERM: ("you are not allowed to", "Ask who looks after this folder, or save elsewhere."),
    errno.ENOENT: ("it is not there any more", "Look where it was moved, or save elsewhere."),
    errno.ENOTDIR: ("its folder is not a folder", "Choose another place."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk reports a fault", "Save elsewhere at once and have the disk checked."),
    errno.ESTALE: ("the network drive has gone", "Connect it again, or save elsewhere."),
}


def storage_error(error: OSError, path: Path, doing: str) -> StorageError:
    """Tell a failure of the system in plain words; `doing` reads as "could not be written"."""
    told, remedy = _REASONS.get(
        error.errno or 0, (error.strerror or "the system gives no reason", "Save elsewhere.")
    )
    if error.errno == errno.ENOENT and not path.parent.is_dir():
        told = f"the folder {path.parent} is not there"
    if doing == "could not be read":
        remedy = remedy.replace(", or save elsewhere", "").replace("Save elsewhere", "Look there")
    return StorageError(f"“{path.name}” {doing}: {told}.", remedy)
