(function () {
  "use strict";

  const HIGHEST = 10;
  const clips = document.querySelectorAll("[data-clip]").length;
  const seen = new Set();
  let open = false;

  // SCORM 1.2 puts an object called API into one of the windows around this one, or its opener's.
  function above(start) {
    let here = start;
    for (let step = 0; here && step < HIGHEST; step += 1) {
      try {
        if (here.API) { return here.API; }
      } catch (error) {
        return null;
      }
      if (here.parent === here) { return null; }
      here = here.parent;
    }
    return null;
  }

  function found() {
    let opener = null;
    try {
      opener = window.opener || (window.top && window.top.opener);
    } catch (error) {
      opener = null;
    }
    return above(window) || above(opener);
  }

  const api = found();
  if (!api) { return; }

  function status(word) {
    api.LMSSetValue("cmi.core.lesson_status", word);
    api.LMSCommit("");
  }

  function close() {
    if (!open) { return; }
    open = false;
    api.LMSFinish("");
  }

  open = String(api.LMSInitialize("")) === "true";
  if (!open) { return; }
  const before = String(api.LMSGetValue("cmi.core.lesson_status"));
  const done = before === "completed" || before === "passed";
  if (!done) { status("incomplete"); }
  document.addEventListener("clip-ended", (event) => {
    if (!open) { return; }
    seen.add(event.detail);
    if (seen.size === clips && !done) { status("completed"); }
  });
  window.addEventListener("pagehide", close);
})();
