"""A pack opened from disk in Chromium: films, captions, questions, keys, and not one request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.jobs.packing import keep_folder
from annotator.reports.packs.folder import pack_files
from annotator.reports.packs.pack import Pack
from annotator.reports.packs.scorm import scorm_files
from tests.support.packs import sample_pack
from tests.support.timing_clips import ClipKind, TimingClip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or ""
playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Debian's chromium")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000
STAGE = "#clip-1 [data-stage]"
FILM = "document.querySelector('#clip-1 video')"
OTHER = "document.querySelector('#clip-2 video')"
ASKED = "document.getElementById('question')"
FOCUS = "document.activeElement"
FASTER = """document.querySelectorAll('video').forEach((video) => {
  video.defaultPlaybackRate = video.playbackRate = 3;
})"""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente" * 4


@dataclass
class Opened:
    """A page, and all that it asked for, said and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def is_true(self, script: str) -> bool:
        return bool(self.page.evaluate(f"Boolean({script})"))

    def wait(self, script: str) -> None:
        """Look again and again until something is true; the page allows no helper's own scripts."""
        assert self.page.evaluate(
            f"""() => new Promise((done) => {{
              const look = () => {{
                if ({script}) {{ done(true); }}
                else if (performance.now() > until) {{ done(false); }}
                else {{ setTimeout(look, 10); }}
              }};
              const until = performance.now() + {PATIENCE_MS};
              look();
            }})"""
        ), f"it never came true: {script}"

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, script: str) -> None:
        """Press Tab until the element that has the focus is as wished."""
        for _ in range(60):
            self.press("Tab")
            if self.is_true(script):
                return
        raise AssertionError(f"the focus never came to: {script}")


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def pack(clip_of: Callable[[ClipKind], TimingClip]) -> Pack:
    return sample_pack(clip_of(ClipKind.FPS_25).path, clip_of(ClipKind.FPS_29_97).path)


@pytest.fixture
def show(browser: Browser, tmp_path: Path, pack: Pack) -> Iterator[Open]:
    """Write a pack and open a page of it; nothing may be asked of a network, or complained of."""
    all_opened: list[Opened] = []

    def opened(
        given: Pack = pack,
        name: str = "index.html",
        *,
        scorm: bool = False,
        init: str = "",
        **options: object,
    ) -> Opened:
        files = scorm_files(given) if scorm else pack_files(given)
        place = keep_folder(files, tmp_path / f"a pack #{len(all_opened)}")
        context = browser.new_context(offline=True, **options)
        page = context.new_page()
        seen = Opened(page)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda said: seen.complaints.append(said.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        if init:
            page.add_init_script(init)
        page.goto((place / name).as_uri())
        page.evaluate(FASTER)
        all_opened.append(seen)
        return seen

    yield opened
    for one in all_opened:
        assert [url for url in one.requests if not url.startswith("file:///")] == []
        assert one.complaints == []
        one.page.context.close()


def calm(pack: Pack) -> Pack:
    """Give the pack without a warning and a question before."""
    one = pack.clips[0]
    clip = replace(one.clip, warning="", question_before="")
    return replace(pack, clips=(replace(one, clip=clip), *pack.clips[1:]))


def test_a_clip_from_warning_to_last_question_by_keyboard_alone(show: Open) -> None:
    seen = show()
    seen.tab_to(f"{FOCUS}.hasAttribute('data-show')")
    assert seen.page.inner_text(f"{STAGE} .cover").startswith("Before you watch")
    seen.press("Enter")
    seen.wait(f"{FOCUS} === document.querySelector('{STAGE}')")
    seen.press(" ")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("#question-text") == (
        "What does the client want,\nand what keeps her from it?"
    )
    assert seen.is_true(f"{ASKED}.contains({FOCUS}) && {FILM}.paused && {FILM}.currentTime === 0")
    seen.press("Enter")
    for at, words in ((1, "Is this a reflection or a question?"), (2, "What does the silence do?")):
        seen.wait(f"{ASKED}.open && !{FILM}.seeking")
        assert seen.is_true(f"{FILM}.paused")
        assert seen.page.evaluate(f"{FILM}.currentTime") == pytest.approx(at, abs=0.001)
        assert seen.page.inner_text("#question-text") == words
        assert seen.is_true(f"{FOCUS}.hasAttribute('data-go')")
        seen.wait(f"document.getElementById('question-told').textContent.endsWith('{words}')")
        seen.press("Enter")
    seen.wait(f"{ASKED}.open && {FILM}.ended")
    assert seen.page.inner_text("#question-text") == "What would you have said next?"
    seen.press("Enter")
    assert seen.is_true(f"!{ASKED}.open && {FOCUS} === document.querySelector('{STAGE}')")


def test_escape_lets_the_film_stand_and_space_goes_on(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    seen.page.focus(STAGE)
    seen.press(" ")
    seen.wait(f"{ASKED}.open")
    seen.press("Escape")
    seen.wait(f"!{ASKED}.open")
    assert seen.is_true(f"{FILM}.paused && Math.abs({FILM}.currentTime - 1) < 0.001")
    seen.press(" ")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("#question-head") == "The film has stopped at 0:02"


def test_the_part_before_a_question_can_be_watched_again(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    seen.page.focus(STAGE)
    seen.press(" ")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("[data-again]") == "Watch again from the start"
    seen.press("Tab", "Enter")
    seen.wait(f"!{FILM}.paused")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("#question-head") == "The film has stopped at 0:01"


def test_jumping_over_a_question_does_not_ask_it(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    seen.page.focus(STAGE)
    seen.press("Shift+ArrowRight", "Shift+ArrowRight")
    seen.wait(f"!{FILM}.seeking && {FILM}.currentTime === 2")
    seen.press(" ")
    seen.wait(f"{FILM}.ended && {ASKED}.open")
    assert seen.page.inner_text("#question-head") == "After the film"
    seen.press("Tab", "Enter")
    seen.wait(f"{ASKED}.open && !{FILM}.ended")
    assert seen.page.inner_text("#question-head") == "The film has stopped at 0:01"


def test_captions_come_with_the_page(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    assert seen.is_true(f"{FILM}.textTracks[0].mode === 'hidden'")
    seen.page.focus(STAGE)
    seen.press("c")
    assert seen.is_true(f"{FILM}.textTracks[0].mode === 'showing'")
    assert seen.page.get_attribute("#clip-1 [data-captions]", "aria-pressed") == "true"
    seen.wait("document.getElementById('told').textContent === 'Captions on'")
    seen.press("Shift+ArrowRight")
    seen.wait(f"{FILM}.textTracks[0].activeCues?.length === 1")
    shown = f"{FILM}.textTracks[0].activeCues[0].getCueAsHTML().textContent"
    assert seen.page.evaluate(shown) == "T01: You are tired of being told & <asked>."
    said = seen.page.inner_text("#clip-1 [data-from][aria-current]", timeout=PATIENCE_MS)
    assert "tired" in said or seen.is_true("!document.querySelector('#clip-1 .fold[open]')")
    seen.press("C")
    assert seen.is_true(f"{FILM}.textTracks[0].mode === 'hidden'")


def test_the_transcript_leads_into_the_film(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    seen.page.click("#clip-1 summary:has-text('Transcript')")
    seen.page.click("#clip-1 [data-jump='0.9']")
    seen.wait(f"!{FILM}.seeking && {FILM}.currentTime === 0.9")
    line = "#clip-1 [aria-current='true']"
    assert "You are tired of being told & <asked>." in seen.page.inner_text(line)


def test_sound_full_screen_and_help_have_their_keys(show: Open, pack: Pack) -> None:
    seen = show(calm(pack))
    seen.page.focus(STAGE)
    seen.press("m")
    assert seen.is_true(f"{FILM}.muted")
    seen.wait("document.querySelector('#clip-1 [data-sound]').ariaPressed === 'false'")
    seen.press("f")
    seen.wait("document.fullscreenElement?.hasAttribute('data-film')")
    seen.press("f")
    seen.wait("!document.fullscreenElement")
    seen.press("?")
    seen.wait("document.getElementById('help').open")
    assert seen.is_true(f"document.getElementById('help').contains({FOCUS})")
    seen.press("Escape")
    assert seen.is_true(
        f"!document.getElementById('help').open && {FOCUS} === document.querySelector('{STAGE}')"
    )


def test_what_has_the_focus_is_framed_and_all_has_a_name(show: Open) -> None:
    seen = show()
    seen.press("Tab")
    assert seen.is_true(f"{FOCUS}.classList.contains('skip')")
    seen.press("Enter")
    assert seen.is_true(f"{FOCUS}.id === 'main'")
    unframed, reached = [], 0
    for _ in range(60):
        seen.press("Tab")
        if seen.is_true(f"{FOCUS} === document.body"):
            break
        reached += 1
        if not seen.is_true(f"getComputedStyle({FOCUS}).outlineStyle !== 'none'"):
            unframed.append(seen.page.evaluate(f"{FOCUS}.outerHTML"))
    assert unframed == []
    assert reached > 20
    nameless = seen.page.evaluate(
        """[...document.querySelectorAll('button, select, input, [role=group], dialog')].filter(
          (one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length
            || document.getElementById(one.getAttribute('aria-labelledby'))))
          .map((one) => one.outerHTML)"""
    )
    assert nameless == []


def test_two_clips_play_side_by_side(show: Open) -> None:
    seen = show()
    left, right = (
        f"document.querySelector('[data-pane={side}] video')" for side in ("left", "right")
    )
    seen.page.click("[data-together]")
    assert seen.is_true(f"{left}.paused && {right}.paused"), "the warning was not read yet"
    seen.page.click("[data-pane=left] [data-show]")
    assert seen.is_true(f"document.querySelector('{STAGE} .cover').hidden"), "asked only once"
    seen.page.click("[data-together]")
    seen.wait(f"{left}.currentTime > 0 && {right}.currentTime > 0")
    assert seen.is_true(f"!{left}.muted && {right}.muted")
    seen.page.check("[name=heard][value=right]")
    assert seen.is_true(f"{left}.muted && !{right}.muted")
    seen.page.click("[data-halt]")
    assert seen.is_true(f"{left}.paused && {right}.paused")
    assert seen.page.inner_text("[data-pane=left] [data-whose]") == "Therapist T01 · Session S014"
    seen.page.click("[data-in-turn]")
    seen.wait(f"{left}.currentTime > 0")
    assert seen.is_true(f"{right}.paused && {right}.currentTime === 0")
    seen.wait(f"{left}.ended && !{right}.paused")
    seen.page.focus("#clip-2 [data-stage]")
    seen.press(" ")
    seen.wait(f"!{OTHER}.paused")
    seen.wait(f"{right}.paused")  # only one film is heard at a time


def test_two_therapists_are_compared_and_told_apart(show: Open, pack: Pack) -> None:
    one, other = calm(pack).clips
    seen = show(replace(pack, clips=(one, one, other)))
    chosen = [seen.page.input_value(f"#choose-{side}") for side in ("left", "right")]
    assert chosen == ["1", "3"], "the first clip, and the first of another therapist"
    whose = [seen.page.inner_text(f"[data-pane={side}] [data-whose]") for side in ("left", "right")]
    assert whose == ["Therapist T01 · Session S014", "Therapist T02 · Session S021"]
    offered = seen.page.locator("#choose-right option").all_inner_texts()
    assert offered[2] == "3 · Arguing for change (T02, S021)"
    left, right = (
        f"document.querySelector('[data-pane={side}] video')" for side in ("left", "right")
    )
    assert seen.is_true(f"{right}.src.endsWith('clip-03.mp4')")
    seen.page.click("[data-together]")
    seen.wait(f"{left}.currentTime > 0 && {right}.currentTime > 0")
    seen.page.select_option("#choose-right", "2")
    assert seen.page.inner_text("[data-pane=right] [data-whose]") == "Therapist T01 · Session S014"
    assert "Session\nS021" in seen.page.inner_text("#clip-3 .about")


def test_clips_of_one_session_say_nothing_of_it(show: Open, pack: Pack) -> None:
    one, other = calm(pack).clips
    seen = show(replace(pack, clips=(one, replace(other, session_code=one.session_code))))
    assert seen.page.inner_text("[data-pane=right] [data-whose]") == "Therapist T02"
    assert one.session_code not in seen.page.content()


@pytest.mark.parametrize("width", [360, 800])
def test_no_page_is_wider_than_the_screen(show: Open, pack: Pack, width: int) -> None:
    one = pack.clips[0]
    clip = replace(one.clip, title=LONG, aim=LONG, warning=LONG, question_before=LONG)
    long = replace(pack, title=LONG, clips=(replace(one, clip=clip), *pack.clips[1:]))
    view = {"width": width, "height": 740}
    for given, name in ((long, "teacher.html"), (pack, "index.html"), (long, "index.html")):
        seen = show(given, name, viewport=view)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.click("#clip-1 [data-show]")
    seen.press(" ")
    seen.wait(f"{ASKED}.open")
    assert seen.page.evaluate(f"{ASKED}.getBoundingClientRect().right") <= width
    assert seen.page.evaluate(f"{ASKED}.scrollWidth - {ASKED}.clientWidth") <= 0


CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (one) => {
    for (let here = one; here; here = here.parentElement) {
      const colour = getComputedStyle(here).backgroundColor;
      if ((parts(colour)[3] ?? 1) > 0.5) { return colour; }
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('header *, main *, footer *')]
    .filter((one) => one.checkVisibility() && !one.matches('option')
      && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => {
      const pair = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => a - b);
      return [(pair[1] + 0.05) / (pair[0] + 0.05), one.textContent.trim().slice(0, 40)];
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "teacher.html"])
def test_every_text_stands_out_from_its_ground(show: Open, scheme: str, name: str) -> None:
    seen = show(name=name, color_scheme=scheme)
    found = seen.page.evaluate(CONTRAST)
    assert len(found) > 25
    assert [one for one in found if one[0] < 4.5] == []
    ground = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(238, 241, 243)", "dark": "rgb(18, 23, 27)"}[scheme]


def test_less_movement_is_given_to_those_who_ask(show: Open) -> None:
    scrolls = "getComputedStyle(document.documentElement).scrollBehavior"
    assert show(reduced_motion="reduce").page.evaluate(scrolls) == "auto"
    assert show(reduced_motion="no-preference").page.evaluate(scrolls) == "smooth"


def test_the_printed_sheet_has_the_questions_and_lines_and_no_films(show: Open) -> None:
    seen = show()
    assert not seen.page.is_visible("#clip-1 .sheet")
    seen.page.emulate_media(media="print")
    sheet = seen.page.inner_text("#clip-1 .sheet")
    for asked in ("What does the client want", "stops at 0:02", "What would you have said next?"):
        assert asked in sheet
    assert seen.page.locator("#clip-1 .lines i").first.is_visible()
    for gone in ("#clip-1 .film", ".contents", "#compare", "#clip-1 .fold"):
        assert not seen.page.is_visible(gone)
    assert seen.page.pdf().startswith(b"%PDF")


def test_the_teachers_page_needs_no_script(show: Open) -> None:
    seen = show(name="teacher.html")
    assert seen.page.title() == "For the teacher: Meeting ambivalence"
    assert "Let them answer before you go on." in seen.page.inner_text("main")
    seen.page.click("text=The learners")
    seen.page.wait_for_selector("#clip-1 [data-video]")
    assert seen.page.title() == "Meeting ambivalence"
    assert "Let them answer" not in seen.page.inner_text("body")


def test_without_scripts_everything_can_be_seen_and_read(show: Open) -> None:
    seen = show(java_script_enabled=False)
    assert seen.page.get_attribute("#clip-1 video", "controls") is not None
    assert not seen.page.is_visible("#clip-1 [data-controls]")
    assert not seen.page.is_visible("#clip-1 .cover")
    seen.page.click("#clip-1 summary:has-text('Questions')")
    assert "What does the silence do?" in seen.page.inner_text("#clip-1 .questions")
    assert "late brother" in seen.page.inner_text("#clip-1 .notice")


REACH_OUT = """async () => {
  const blocked = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    blocked.push(event.effectiveDirective);
  });
  const place = 'http://127.0.0.1:9/x';
  const make = (kind, values) => Object.assign(document.createElement(kind), values);
  const add = (kind, values) => document.body.append(make(kind, values));
  add('img', { src: place });
  add('script', { src: place });
  add('script', { textContent: 'window.ran = true' });
  add('link', { rel: 'stylesheet', href: place });
  add('iframe', { src: place });
  add('video', { src: place });
  await fetch(place).catch(() => {});
  navigator.sendBeacon(place);
  try { new WebSocket('ws://127.0.0.1:9'); } catch (error) { blocked.push('connect-src'); }
  const form = Object.assign(document.createElement('form'), { action: place, method: 'post' });
  document.body.append(form);
  form.submit();
  const last = Date.now() + 10000;
  while (!blocked.includes('form-action') && Date.now() < last) {
    await new Promise((done) => setTimeout(done, 50));
  }
  await new Promise((done) => setTimeout(done, 200));
  return [blocked.sort(), Boolean(window.ran)];
}"""


def test_whatever_would_reach_out_is_stopped_by_the_page_itself(
    browser: Browser, pack: Pack, tmp_path: Path
) -> None:
    place = keep_folder(pack_files(pack), tmp_path / "pack")
    page = browser.new_context().new_page()
    sent: list[str] = []
    page.on("response", lambda answer: sent.append(answer.url))
    page.goto((place / "index.html").as_uri())
    blocked, ran = page.evaluate(REACH_OUT)
    assert not ran
    wanted = {
        "img-src",
        "script-src-elem",
        "style-src-elem",
        "frame-src",
        "media-src",
        "form-action",
    }
    assert wanted <= set(blocked)
    assert blocked.count("connect-src") >= 3
    assert [url for url in sent if not url.startswith("file:///")] == []
    page.context.close()


def test_hostile_texts_do_nothing(show: Open, pack: Pack) -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><!--\u2028\u202eשלם"
    one = pack.clips[0]
    rows = tuple(replace(row, text=nasty, speaker=nasty) for row in one.captions)
    clip = replace(one.clip, title=nasty, warning=nasty, question_before=nasty, aim=nasty)
    one = replace(one, clip=clip, captions=rows, transcript=rows, therapist=nasty)
    seen = show(replace(pack, title=nasty, clips=(one, one)))
    seen.page.click("#clip-1 [data-show]")
    seen.press("c", " ")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("#question-text").startswith("</script><script>alert(1)")
    assert seen.page.locator("main img").count() == 0


def test_what_runs_from_right_to_left_is_set_so(show: Open, pack: Pack) -> None:
    one = calm(pack).clips[0]
    rows = tuple(replace(row, speaker="T01", text="שלם, מה שלמך?") for row in one.captions)
    seen = show(replace(pack, clips=(replace(one, captions=rows, transcript=rows),)))
    seen.page.click("#clip-1 summary:has-text('Transcript')")
    run = "getComputedStyle(document.querySelector('#clip-1 .transcript p')).direction"
    assert seen.page.evaluate(run) == "rtl"
    assert seen.page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "ltr"


def test_a_film_that_is_missing_is_told(show: Open, pack: Pack, tmp_path: Path) -> None:
    seen = show(calm(pack))
    (tmp_path / "a pack #0" / "media" / "clip-02.mp4").unlink()
    seen.page.reload()
    seen.wait("!document.querySelector('#clip-2 [data-fault]').hidden")
    assert "media/clip-02.mp4" in seen.page.inner_text("#clip-2 [data-fault]")
    seen.complaints[:] = [one for one in seen.complaints if "ERR_FILE_NOT_FOUND" not in one]


PLATFORM = """window.calls = [];
window.API = {
  LMSInitialize: (text) => { calls.push(['LMSInitialize', text]); return 'true'; },
  LMSGetValue: (name) => 'not attempted',
  LMSSetValue: (name, value) => { calls.push([name, value]); return 'true'; },
  LMSCommit: (text) => 'true',
  LMSFinish: (text) => { calls.push(['LMSFinish', text]); return 'true'; },
};"""


def test_a_learning_platform_hears_when_all_clips_were_seen(show: Open, pack: Pack) -> None:
    short = replace(
        pack, clips=tuple(replace(one, media=pack.clips[0].media) for one in pack.clips)
    )
    seen = show(calm(short), scorm=True, init=PLATFORM)
    begun = [["LMSInitialize", ""], ["cmi.core.lesson_status", "incomplete"]]
    assert seen.page.evaluate("calls") == begun
    for number in (1, 2):
        assert seen.page.evaluate("calls") == begun
        seen.page.focus(f"#clip-{number} [data-stage]")
        seen.press("Shift+ArrowRight", "Shift+ArrowRight", " ")
        seen.wait(f"document.querySelector('#clip-{number}').dataset.seen === 'yes'")
        seen.press("Escape")
    assert seen.page.evaluate("calls") == [*begun, ["cmi.core.lesson_status", "completed"]]
    seen.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert seen.page.evaluate("calls.at(-1)") == ["LMSFinish", ""]


def test_a_package_plays_without_a_platform(show: Open, pack: Pack) -> None:
    seen = show(calm(pack), scorm=True)
    seen.page.click("#clip-1 [data-play]")
    seen.wait(f"{ASKED}.open")
    assert seen.page.inner_text("#question-head") == "The film has stopped at 0:01"
