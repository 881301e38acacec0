"""`annotator doctor`: what this machine has and lacks, and the package that brings it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module

import click

from annotator.cli.findings import (
    Finding,
    Level,
    ask_qt,
    environment,
    find_display,
    find_fonts,
    find_pictures,
    find_sound,
    find_versions,
    find_window,
)
from annotator.cli.libraries import Need, missing_libraries, this_system
from annotator.cli.plain import PlainCommand
from annotator.cli.screen import explain_import
from annotator.cli.window import Window

_COLOURS = {Level.OK: "green", Level.ADVICE: "yellow", Level.MISSING: "red"}


@click.command(cls=PlainCommand)
@click.option("--json", "as_json", is_flag=True, help="Write the findings as JSON.")
@click.pass_obj
def doctor(window: Window, *, as_json: bool) -> int:
    """Tell what this machine has and what it lacks, with the package to install for each.

    Looks at the screen, Qt, sound outputs, codecs, fonts and versions. What
    is marked "missing" stands in the way of watching and tagging; what is
    marked "advice" does not.

    Exit code 0 when nothing is missing, else 1.
    """
    findings = tuple(_findings(window))
    ready = all(one.level is not Level.MISSING for one in findings)
    if as_json:
        record = {"ready": ready, "findings": [asdict(one) for one in findings]}
        click.echo(json.dumps(record, indent=2))
    else:
        _write(findings, ready=ready)
    return 0 if ready else 1


def _findings(window: Window) -> Iterator[Finding]:
    system, environ = this_system(), environment()
    lacks_window = missing_libraries(Need.WINDOW)
    display = find_display(environ)
    report = ask_qt(window.health_module, environ, on_screen=display.level is Level.OK)
    yield display
    yield find_window(report, lacks_window, system)
    yield find_sound(report, missing_libraries(Need.SOUND), system)
    yield _codecs()
    yield find_fonts(report, system)
    yield find_pictures(missing_libraries(Need.PICTURE), system)
    yield from find_versions()


def _codecs() -> Finding:
    """Tell whether films of the usual kinds can be decoded, and clips be written.

    The package that decodes is loaded here, so that the doctor can say when it does not load.
    """
    try:
        codecs = import_module("annotator.media.codecs")
    except ImportError as error:
        return Finding("Codecs", Level.MISSING, "films cannot be read", explain_import(error))
    checks = codecs.check_codecs()
    lacking = [f"{one.name} ({'writing' if one.writes else 'reading'})" for one in checks]
    lacking = [name for name, one in zip(lacking, checks, strict=True) if not one.present]
    if not lacking:
        detail = f"{len(checks)} of {len(checks)}, H.264, HEVC, VP9 and AAC among them"
        return Finding("Codecs", Level.OK, f"{detail} (libavcodec {codecs.library_version()})")
    basic = all(one.present for one in checks if one.name in {"h264", "aac"} and not one.writes)
    level = Level.ADVICE if basic else Level.MISSING
    remedy = "pip install --force-reinstall --only-binary av av"
    return Finding("Codecs", level, f"lacking: {', '.join(lacking)}", remedy)


def _write(findings: tuple[Finding, ...], *, ready: bool) -> None:
    for one in findings:
        level = click.style(f"{one.level.value:8}", fg=_COLOURS[one.level])
        click.echo(f"{level} {one.topic:14} {one.detail}")
        if one.remedy:
            click.echo(f"{'':23} → {one.remedy}")
    click.echo()
    lacking = [one.topic.lower() for one in findings if one.level is Level.MISSING]
    click.echo(
        "All that is needed to watch and tag films is here."
        if ready
        else f"To watch and tag films in the window, see to: {', '.join(lacking)}."
    )
