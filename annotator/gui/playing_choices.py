"""What a person chooses about playing; kept in the settings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.storage.settings import Settings


@dataclass(frozen=True, slots=True)
class PlayingChoices:
    """How playing goes on this machine.

    `scrub` lets a short piece of sound be heard with each step; `replay` is how many seconds
    are played again, `around` how many before and after a tag; `output` is the id of the sound
    output, empty for the system's own choice.
    """

    scrub: bool = True
    replay: float = 3.0
    around: float = 1.0
    output: str = ""


def choices_of(settings: Settings) -> PlayingChoices:
    """Read the choices from the settings."""
    return PlayingChoices(
        settings.scrub,
        settings.replay_seconds,
        settings.around_seconds,
        settings.sound_output,
    )


def with_choices(settings: Settings, choices: PlayingChoices) -> Settings:
    """Give the settings with these choices."""
    return replace(
        settings,
        scrub=choices.scrub,
        replay_seconds=choices.replay,
        around_seconds=choices.around,
        sound_output=choices.output,
    )
