"""The films of a session as a BORIS observation plays them, eight at the same time at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from annotator.model.recording import Recording, RecordingRole
from annotator.model.time import Micros, to_seconds_text
from annotator.storage.interchange.boris_media import frame_at, plain_path, players_of, rate_of
from annotator.storage.interchange.boris_opening import FORMAT_ID
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.micros import rate_told

PLAYERS = tuple(str(number) for number in range(1, 9))


def seconds(micros: int) -> float:
    """Give microseconds as a number of seconds."""
    return float(to_seconds_text(Micros(micros)))


@dataclass(frozen=True, slots=True)
class Films:
    """The files and facts of films as an observation holds them.

    `begins` is the session's time at which the first player's first film begins.
    """

    file: object
    media_info: Mapping[str, object]
    begins: int
    first: tuple[Recording, ...] = ()

    def frame(self, time: int, kept: object) -> object:
        """Tell which frame of the first player's film is shown, "NA" where nobody knows.

        What is kept of an earlier file is right, whatever the film's rate.
        """
        one = next((one for one in reversed(self.first) if one.offset <= time), None)
        rate = self._rate(one)
        if isinstance(kept, int) or kept == "NA":
            return kept
        return "NA" if one is None or rate is None else frame_at(time - one.offset, rate)

    def _rate(self, one: Recording | None) -> Fraction | None:
        if one is None:
            return None
        if one.video is not None:
            return rate_told(one.video.rate) if one.video.constant else None
        return rate_of(self.media_info, _path(one))


def films_of(recordings: tuple[Recording, ...], kept: Mapping[str, object]) -> Films:
    """Give the films of a session, as they were where they are the same ones still."""
    usual: dict[str, list[Recording]] = {}
    for one in recordings:
        wanted = word(members(one.extra.get(FORMAT_ID)).get("player"))
        free = (each for each in PLAYERS if each not in usual)
        player = (
            wanted if wanted in PLAYERS and _follows(usual.get(wanted), one) else next(free, "")
        )
        if player:
            usual.setdefault(player, []).append(one)
    first = tuple(usual.get("1", ()))
    begins = first[0].offset if first else 0
    paths = {player: [_path(one) for one in usual.get(player, ())] for player in PLAYERS}
    if not recordings:
        return Films([] if kept.get("file") == [] else {}, {}, 0)
    info = members(kept.get("media_info"))
    if {key: value for key, value in paths.items() if value} != players_of(kept):
        return Films(paths, _info(usual, begins, info), begins, first)
    file = kept.get("file") if isinstance(kept.get("file"), dict) else paths
    if not _is_whole(info, paths):
        info = _info(usual, begins, info)
    return Films(file, info, begins, first)


def _is_whole(info: Mapping[str, object], paths: Mapping[str, list[str]]) -> bool:
    """Tell whether the facts of films are all there, which projects before format 7.0 lack."""
    named = {path for each in paths.values() for path in each}
    played = {player for player, each in paths.items() if each}
    facts = (members(info.get(key)).keys() for key in ("length", "fps"))
    return all(named <= each for each in facts) and played <= members(info.get("offset")).keys()


def _follows(before: list[Recording] | None, one: Recording) -> bool:
    """Tell whether a film begins where the last of its player ends, as in BORIS it has to."""
    return not before or before[-1].offset + before[-1].duration == one.offset


def _path(one: Recording) -> str:
    old = word(members(one.extra.get(FORMAT_ID)).get("path"))
    return old if old and plain_path(old) == one.path else one.path


def _info(
    usual: Mapping[str, list[Recording]], begins: int, kept: Mapping[str, object]
) -> dict[str, object]:
    all_of = [one for each in usual.values() for one in each]
    offsets = {player: seconds(each[0].offset - begins) for player, each in usual.items()}
    rates = members(kept.get("fps"))
    return {
        **kept,
        "length": {_path(one): seconds(one.duration) for one in all_of},
        "fps": {_path(one): _fps(one, rates.get(_path(one))) for one in all_of},
        "hasVideo": {_path(one): _has_picture(one) for one in all_of},
        "hasAudio": {_path(one): one.audio is not None or one.video is None for one in all_of},
        "offset": {player: offsets.get(player, 0.0) for player in PLAYERS},
        "display": {_path(one): "Nothing" for one in all_of},
    }


def _fps(one: Recording, kept: object) -> object:
    rate = rate_told(one.video.rate) if one.video is not None else None
    return round(float(rate), 6) if rate is not None else kept or 0


def _has_picture(one: Recording) -> bool:
    return one.video is not None or (one.audio is None and one.role is not RecordingRole.SOUND)
