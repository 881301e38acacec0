"""Makes the pictures of the README and the help page of keys, by running the program itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from clips_picture import picture_of_clips
from import_picture import picture_of_import
from PyQt6.QtGui import QImage

from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.keys_page import keys_page
from annotator.gui.tour import run_tour

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
KEYS = HERE.parent / "annotator" / "help" / "keys.md"
WANTED = {"1-welcome": "welcome", "3-tagged": "window"}


def main() -> int:
    """Write the pictures and the page; returns the exit code."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        toured = run_tour(Path(folder))
        for picture in toured.pictures:
            if picture.stem in WANTED:
                target = PICTURES / f"{WANTED[picture.stem]}.png"
                shutil.copyfile(picture, target)
                image = QImage(str(target)).convertToFormat(QImage.Format.Format_RGB888)
                image.save(str(target), "PNG", 0)
                print(target)
        for name, make in (("import", picture_of_import), ("clips", picture_of_clips)):
            picture = PICTURES / f"{name}.png"
            make(Path(folder) / name).save(str(picture), "PNG", 0)
            print(picture)
    KEYS.write_text(keys_page(ACTIONS, None), encoding="utf-8")
    print(KEYS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
