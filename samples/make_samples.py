"""Makes samples/first-session again from nothing: film, transcript, truth and coded session.

Needs espeak-ng, and the annotator package itself. Run it as `python samples/make_samples.py`;
the same espeak-ng gives the same transcript, truth and tags, byte for byte. The codebooks beside
it are written by hand and are not touched.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from talk_acting import FPS
from talk_film import write_film
from talk_papers import transcript, truth
from talk_session import coded_session
from talk_voices import Talk, make_talk

from annotator.errors import AnnotatorError
from annotator.jobs.prepare import prepare_recording
from annotator.model import RecordingRole
from annotator.storage.codec import decode_codebook, encode_session

HERE = Path(__file__).resolve().parent
NAME = "first-session"


def main() -> None:
    """Read the command line and make what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / NAME, help="folder to write to")
    parser.add_argument("--keep-film", action="store_true", help="leave the film as it is")
    wanted = parser.parse_args()
    if shutil.which("espeak-ng") is None:
        parser.exit(1, "espeak-ng is missing: apt-get install espeak-ng\n")
    wanted.out.mkdir(parents=True, exist_ok=True)
    talk = make_talk(1000 // FPS)
    try:
        _write(talk, wanted.out, film_too=not wanted.keep_film)
    except AnnotatorError as error:
        parser.exit(1, f"{error}\n")


def _write(talk: Talk, folder: Path, *, film_too: bool) -> None:
    film = folder / f"{NAME}.mp4"
    if film_too:
        print(f"Painting {talk.duration * FPS // 1000} frames …")
        write_film(talk, film)
    papers = {
        f"{NAME}.vtt": transcript(talk),
        "truth.json": truth(talk, film.name),
        f"{NAME}.session.json": _session(talk, film),
    }
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>9,} bytes  {path.name}")


def _session(talk: Talk, film: Path) -> str:
    recording = prepare_recording(film, film.parent)
    recording = replace(recording, id="room", role=RecordingRole.ROOM)
    source = HERE / "codebooks" / "starter.codebook.json"
    book = decode_codebook(source.read_text(encoding="utf-8"))
    return encode_session(coded_session(talk, recording, book))


if __name__ == "__main__":
    main()
