(function () {
  "use strict";

  const pack = JSON.parse(document.getElementById("pack-data").textContent);
  const STEP = 5;
  const told = document.getElementById("told");
  const question = document.getElementById("question");
  const help = document.getElementById("help");
  const accepted = new Set();
  const films = [];

  function one(within, name) {
    return within.querySelector("[data-" + name + "]");
  }

  function tell(text) {
    told.textContent = "";
    requestAnimationFrame(() => { told.textContent = text; });
  }

  function clock(time) {
    const whole = Math.floor(time);
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    const rest = String(whole % 60).padStart(2, "0");
    return hours ? hours + ":" + String(minutes).padStart(2, "0") + ":" + rest : minutes + ":" + rest;
  }

  // A page that was opened from disk may not load a track: the captions come with the page instead.
  function addCaptions(video, cues) {
    if (!cues.length) { return null; }
    const track = video.addTextTrack("captions", "Captions", document.documentElement.lang);
    cues.forEach(([start, end, text]) => track.addCue(new VTTCue(start, end, text)));
    track.mode = "hidden";
    return track;
  }

  function started(video) {
    const playing = video.play();
    if (playing) { playing.catch(() => {}); }
  }

  // Ask one question: Return or the first button goes on, Escape only closes it.
  function ask(words, go, again) {
    document.getElementById("question-head").textContent = words.head;
    document.getElementById("question-text").textContent = words.text;
    document.getElementById("question-hint").textContent = words.hint;
    const goes = one(question, "go");
    const repeats = one(question, "again");
    goes.textContent = words.go;
    repeats.textContent = words.again || "";
    repeats.hidden = !words.again;
    let then = null;
    goes.onclick = () => { then = go; question.close(); };
    repeats.onclick = () => { then = again; question.close(); };
    question.onclose = () => { if (then) { then(); } };
    question.showModal();
    goes.focus();
    const live = document.getElementById("question-told");
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = words.head + ". " + words.text; });
  }

  function isCovered(data) {
    return Boolean(data.warning) && !accepted.has(data.number);
  }

  // Cover what may distress until it is asked for; then it is open wherever the clip is shown.
  function guard(within, data, onShow) {
    const cover = one(within, "cover");
    if (!cover) { return; }
    cover.hidden = !isCovered(data);
    one(cover, "show").onclick = () => {
      accepted.add(data.number);
      document.dispatchEvent(new CustomEvent("clip-accepted", { detail: data.number }));
      onShow();
    };
  }

  class Film {
    constructor(section, data) {
      this.section = section;
      this.data = data;
      this.root = one(section, "film");
      this.stage = one(section, "stage");
      this.video = one(section, "video");
      this.seekBar = one(section, "seek");
      this.playButton = one(section, "play");
      this.last = -1;
      this.asked = false;
      this.ownSeek = false;
      this.track = addCaptions(this.video, data.cues);
      this.video.controls = false;
      one(section, "controls").hidden = false;
      one(section, "start").hidden = false;
      this.listen();
      this.tick = this.tick.bind(this);
      guard(this.stage, data, () => { this.stage.focus(); tell("The film is shown. Space plays it."); });
    }

    listen() {
      const video = this.video;
      const on = (target, kind, act) => target && target.addEventListener(kind, act);
      on(video, "click", () => { this.stage.focus(); this.toggle(); });
      on(video, "play", () => this.onPlay());
      on(video, "pause", () => this.dress());
      on(video, "timeupdate", () => { this.watch(); this.showTime(); });
      on(video, "seeking", () => this.onSeek());
      on(video, "seeked", () => { this.ownSeek = false; this.showTime(); });
      on(video, "durationchange", () => { this.markStops(); this.showTime(); });
      on(video, "ended", () => this.onEnd());
      on(video, "volumechange", () => this.dress());
      on(video.querySelector("source"), "error", () => this.fail());
      on(this.playButton, "click", () => this.toggle());
      on(this.seekBar, "input", () => this.seek(Number(this.seekBar.value)));
      on(one(this.section, "captions"), "click", () => this.switchCaptions());
      on(one(this.section, "sound"), "click", () => this.switchSound());
      on(one(this.section, "full"), "click", () => this.switchFull());
      on(this.root, "keydown", (event) => this.onKey(event));
      on(document, "clip-accepted", (event) => { if (event.detail === this.data.number) { this.uncover(); } });
      this.section.querySelectorAll("[data-jump]").forEach((button) => {
        on(button, "click", () => this.seek(Number(button.dataset.jump)));
      });
      if (video.readyState > 0) { this.markStops(); }
      this.dress();
    }

    get length() {
      return Number.isFinite(this.video.duration) ? this.video.duration : Number(this.seekBar.max);
    }

    get covered() {
      return isCovered(this.data);
    }

    uncover() {
      guard(this.stage, this.data, () => {});
      if (this.data.poster) { this.video.poster = this.data.poster; }
      this.dress();
    }

    toggle() {
      if (this.covered) { one(this.stage, "show").focus(); return; }
      if (!this.video.paused) { this.video.pause(); return; }
      this.play();
    }

    play() {
      if (this.data.before && !this.asked) {
        this.asked = true;
        ask(
          { head: "Before you watch", text: this.data.before, hint: "", go: "Play the clip" },
          () => this.play(),
        );
        return;
      }
      started(this.video);
    }

    onPlay() {
      if (this.covered) { this.video.pause(); return; }
      films.forEach((film) => { if (film !== this) { film.video.pause(); } });
      document.dispatchEvent(new CustomEvent("clip-started"));
      this.dress();
      requestAnimationFrame(this.tick);
    }

    tick() {
      this.watch();
      if (!this.video.paused) { requestAnimationFrame(this.tick); }
    }

    // Stop where a question stands that was just reached by playing, never by jumping.
    watch() {
      if (this.video.paused && !this.video.ended) { return; }
      this.reach(this.video.currentTime);
    }

    reach(now) {
      if (this.ownSeek || this.video.seeking || question.open) { return false; }
      const due = this.data.stops.filter((stop) => stop.at > this.last && stop.at <= now);
      this.last = Math.max(this.last, now);
      if (!due.length) { return false; }
      const at = due[0].at;
      this.last = at;
      this.video.pause();
      if (this.video.currentTime !== at && at < this.length) {
        this.ownSeek = true;
        this.video.currentTime = at;
      }
      this.stopFor(this.data.stops.filter((stop) => stop.at === at));
      return true;
    }

    stopFor(stops) {
      const [stop, ...others] = stops;
      const earlier = this.data.stops.filter((past) => past.at < stop.at).pop();
      const from = earlier ? earlier.at : 0;
      ask(
        {
          head: "The film has stopped at " + stop.clock,
          text: stop.text || "What do you notice?",
          hint: "Return goes on. Escape closes this and lets the film stand.",
          go: "Continue",
          again: stop.at > 0 ? "Watch again from " + (from > 0 ? clock(from) : "the start") : "",
        },
        () => { if (others.length) { this.stopFor(others); } else { this.goOn(); } },
        () => { this.seek(from); started(this.video); },
      );
    }

    goOn() {
      this.ownSeek = false;
      if (this.video.ended || this.last >= this.length) { this.finish(); return; }
      started(this.video);
    }

    onEnd() {
      if (!this.reach(Infinity)) { this.finish(); }
    }

    finish() {
      this.dress();
      this.section.dataset.seen = "yes";
      document.dispatchEvent(new CustomEvent("clip-ended", { detail: this.data.number }));
      if (!this.data.after) { tell("The clip has ended."); return; }
      ask(
        {
          head: "After the film", text: this.data.after, hint: "", go: "Done",
          again: "Watch the clip again",
        },
        () => {},
        () => { this.seek(0); started(this.video); },
      );
    }

    onSeek() {
      if (!this.ownSeek) { this.jumpedTo(this.video.currentTime); }
    }

    jumpedTo(time) {
      this.last = time > 0 ? time : -1;
    }

    seek(time) {
      if (this.covered) { one(this.stage, "show").focus(); return; }
      const to = Math.min(Math.max(0, time), this.length);
      this.video.currentTime = to;
      this.jumpedTo(to);
      this.showTime();
    }

    fail() {
      const fault = one(this.stage, "fault");
      fault.hidden = false;
      fault.textContent = "This film cannot be played. Is the file " + this.data.media + " beside this page?";
    }

    markStops() {
      const ticks = one(this.section, "ticks");
      ticks.replaceChildren();
      this.seekBar.max = this.length;
      this.data.stops.forEach((stop) => {
        const tick = document.createElement("i");
        const part = Math.min(1, stop.at / this.length);
        tick.style.insetInlineStart = "calc(8px + (100% - 16px) * " + part + ")";
        ticks.append(tick);
      });
    }

    showTime() {
      const now = this.video.currentTime;
      this.seekBar.value = now;
      const said = clock(now) + " / " + clock(this.length);
      one(this.section, "time").textContent = said;
      this.seekBar.setAttribute("aria-valuetext", clock(now) + " of " + clock(this.length));
      this.section.querySelectorAll("[data-from]").forEach((line) => {
        const here = now >= Number(line.dataset.from) && now < Number(line.dataset.to);
        if (here) { line.setAttribute("aria-current", "true"); } else { line.removeAttribute("aria-current"); }
      });
    }

    dress() {
      const paused = this.video.paused;
      this.playButton.textContent = paused ? "Play" : "Pause";
      one(this.section, "start").hidden = !paused || this.covered;
      one(this.section, "sound").setAttribute("aria-pressed", String(!this.video.muted));
    }

    switchCaptions() {
      if (!this.track) { tell("This clip has no captions."); return; }
      const on = this.track.mode !== "showing";
      films.forEach((film) => film.caption(on));
      tell(on ? "Captions on" : "Captions off");
    }

    caption(on) {
      if (!this.track) { return; }
      this.track.mode = on ? "showing" : "hidden";
      one(this.section, "captions").setAttribute("aria-pressed", String(on));
    }

    switchSound() {
      this.video.muted = !this.video.muted;
      tell(this.video.muted ? "Sound off" : "Sound on");
    }

    switchFull() {
      if (document.fullscreenElement) { document.exitFullscreen(); return; }
      if (this.root.requestFullscreen) { this.root.requestFullscreen().catch(() => {}); }
    }

    onKey(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) { return; }
      const step = event.shiftKey ? 1 : STEP;
      const onButton = event.target.tagName === "BUTTON";
      const acts = {
        " ": () => this.toggle(),
        ArrowLeft: () => this.seek(this.video.currentTime - step),
        ArrowRight: () => this.seek(this.video.currentTime + step),
        Home: () => this.seek(0),
        c: () => this.switchCaptions(),
        m: () => this.switchSound(),
        f: () => this.switchFull(),
      };
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (!acts[key] || (onButton && key === " ")) { return; }
      event.preventDefault();
      acts[key]();
    }
  }

  function compare(section) {
    section.hidden = false;
    const panes = [...section.querySelectorAll("[data-pane]")].map((pane) => ({
      pane, side: pane.dataset.pane, video: one(pane, "video"), data: null, track: null,
    }));
    let inTurn = false;

    function choose(here) {
      here.data = pack.clips[Number(one(here.pane, "choose").value) - 1];
      const data = here.data;
      here.video.pause();
      if (here.track) {
        [...here.track.cues].forEach((cue) => here.track.removeCue(cue));
        data.cues.forEach(([start, end, text]) => here.track.addCue(new VTTCue(start, end, text)));
      } else {
        here.track = addCaptions(here.video, data.cues);
      }
      one(here.pane, "warning").textContent = data.warning;
      one(here.pane, "whose").textContent = data.whose;
      guard(here.pane, data, () => here.video.focus());
      if (isCovered(data)) { empty(here); } else { load(here); }
    }

    function empty(here) {
      here.video.removeAttribute("src");
      here.video.removeAttribute("poster");
      here.video.load();
    }

    function load(here) {
      here.video.src = here.data.media;
      if (here.data.poster) { here.video.poster = here.data.poster; } else { here.video.removeAttribute("poster"); }
    }

    function ready() {
      const covered = panes.find((here) => isCovered(here.data));
      if (covered) { one(covered.pane, "show").focus(); }
      return !covered;
    }

    function heard() {
      const from = section.querySelector("input[name=heard]:checked").value;
      panes.forEach((here) => { here.video.muted = !inTurn && from !== "both" && from !== here.side; });
    }

    function halt() {
      panes.forEach((here) => here.video.pause());
    }

    function begin(turns) {
      if (!ready()) { return; }
      films.forEach((film) => film.video.pause());
      inTurn = turns;
      halt();
      heard();
      panes.forEach((here) => { here.video.currentTime = 0; });
      (turns ? panes.slice(0, 1) : panes).forEach((here) => started(here.video));
      tell(turns ? "The first clip plays, then the second." : "Both clips play.");
    }

    panes.forEach((here) => {
      one(here.pane, "choose").addEventListener("change", () => { halt(); choose(here); });
      choose(here);
      document.addEventListener("clip-accepted", (event) => {
        if (event.detail === here.data.number) { choose(here); }
      });
    });
    panes[0].video.addEventListener("ended", () => { if (inTurn) { started(panes[1].video); } });
    one(section, "together").addEventListener("click", () => begin(false));
    one(section, "in-turn").addEventListener("click", () => begin(true));
    one(section, "halt").addEventListener("click", halt);
    section.querySelectorAll("input[name=heard]").forEach((radio) => radio.addEventListener("change", heard));
    document.addEventListener("clip-started", halt);
  }

  function openHelp() {
    if (!question.open && !help.open) { help.showModal(); }
  }

  document.querySelectorAll("[data-clip]").forEach((section) => {
    films.push(new Film(section, pack.clips[Number(section.dataset.clip) - 1]));
  });
  document.querySelectorAll("[data-compare]").forEach(compare);
  document.querySelectorAll("[data-help]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", openHelp);
  });
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  one(help, "close").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); openHelp(); }
  });
})();
