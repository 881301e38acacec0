"""The reader's own copy of the sample session, so that trying things out harms nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from platformdirs import user_documents_path

from annotator.errors import StorageError
from annotator.storage.paths import SESSION_ENDING, shipped

SAMPLE = "first-session"
SESSION_NAME = f"{SAMPLE}{SESSION_ENDING}"


def sample_copy() -> Path:
    """Give the session file of the copy in the person's documents, made on first use.

    Raises StorageError where it cannot be written.
    """
    return copy_sample(user_documents_path() / "annotator sample")


def copy_sample(folder: Path) -> Path:
    """Copy the sample session into a folder, leaving what is there already as it is.

    Returns the session file in it. Raises StorageError where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(shipped(SAMPLE).iterdir()):
            target = folder / source.name
            if not target.exists():
                shutil.copyfile(source, target)
    except OSError as error:
        raise StorageError(
            f"The sample session could not be copied to {folder} ({error.strerror}).",
            "Make room there, or choose another folder with --out.",
        ) from error
    return folder / SESSION_NAME
