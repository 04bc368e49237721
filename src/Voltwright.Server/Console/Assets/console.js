// What makes the pages live: they fetch themselves anew when something happened, and exchange the parts that differ.
(() => {
  "use strict";
  const html = document.documentElement, body = document.body, language = html.lang;
  const pulse = document.querySelector("[data-pulse]"), pulseText = document.querySelector("[data-pulse-text]");
  const german = language === "de";
  const dates = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { dateStyle: "medium", timeStyle: "medium" });
  const clocks = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
  const ago = new Intl.RelativeTimeFormat(language, { style: "short" });

  function since(at) {
    const seconds = (at - Date.now()) / 1000;
    for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]])
      if (Math.abs(seconds) >= length) return ago.format(Math.round(seconds / length), unit);
    return ago.format(-Math.round(Math.max(-seconds, 0)), "second");
  }

  function showTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      const text = time.dataset.show === "ago" ? since(at) : time.dataset.show === "clock" ? clocks.format(at) : dates.format(at);
      if (time.textContent !== text) time.textContent = text;
      time.title = dates.format(at);
    }
  }

  // A page that answers a form can be got again at the page of the form: loading it anew sends nothing twice.
  if (body.dataset.here) history.replaceState(null, "", body.dataset.here);

  // Differences are looked for in what the server sent, not in what became of it here.
  const sent = new Map();
  const parts = root => root.querySelectorAll("[data-part][id]");
  for (const part of parts(document)) sent.set(part.id, part.innerHTML);
  showTimes(document);
  setInterval(() => showTimes(document), 5000);
  lookAtRuns(document);

  // A drawing is larger than its frame: what failed or is under way comes to the middle; else the whole is shown, if something can be seen of it.
  // One that was looked at stays as it was.
  function lookAtRuns(root, before = new Map()) {
    for (const drawing of root.querySelectorAll(".drawing")) {
      const fit = drawing.previousElementSibling, isLarge = drawing.scrollWidth > drawing.clientWidth, was = before.get(drawing.id);
      if (fit?.matches(".fit") && isLarge) fit.hidden = false;
      const point = drawing.querySelector("g.failed") ?? drawing.querySelector("g.busy");
      if (was?.isWhole || (!was && !point && isLarge && drawing.clientWidth / drawing.scrollWidth > .2)) { zoom(drawing, true); continue; }
      if (was && !point) { drawing.scrollTo(was.left, was.top); continue; }
      const box = (point ?? drawing.querySelector("g.begin"))?.getBoundingClientRect();
      if (box) bringToMiddle(drawing, box.left + box.width / 2, box.top + box.height / 2);
    }
  }

  function viewsOf(root) {
    return new Map([...root.querySelectorAll(".drawing")].map(d => [d.id, { isWhole: d.classList.contains("open"), left: d.scrollLeft, top: d.scrollTop }]));
  }

  function zoom(drawing, isWhole) {
    drawing.classList.toggle("open", isWhole);
    document.querySelector(`[data-toggle="${drawing.id}"]`)?.setAttribute("aria-pressed", String(isWhole));
  }

  function bringToMiddle(drawing, x, y) {
    const frame = drawing.getBoundingClientRect();
    drawing.scrollLeft += x - frame.left - frame.width / 2;
    drawing.scrollTop += y - frame.top - frame.height / 2;
  }

  function isInUse(part) {
    const active = document.activeElement;
    if (part.contains(active) && active.matches("input, select, textarea")) return true;
    const selection = document.getSelection();
    return !!selection && !selection.isCollapsed && part.contains(selection.anchorNode);
  }

  // What something on the page is, whatever comes before it: a list may have grown meanwhile, and nothing typed or chosen may pass to a neighbour.
  function nameOf(element) {
    const form = element.matches("details") ? element.querySelector("form") : element.closest("form");
    const about = form ? form.action + [...form.querySelectorAll("input[type=hidden]")].filter(f => !/^(form-token|here|once|was-.*)$/.test(f.name)).map(f => f.name + "=" + f.value) : "";
    const own = element.matches("details") ? element.querySelector("summary")?.textContent : element.name ? element.name + (element.type === "checkbox" ? element.value : "")
      : (element.getAttribute("href") ?? "") + element.textContent;
    return [element.tagName, about, own].join("\n");
  }

  // Of several with one name, the first is the first again.
  function named(root, selector) {
    const found = new Map(), counts = new Map();
    for (const element of root.querySelectorAll(selector)) {
      const name = nameOf(element), count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      found.set(name + "\n" + count, element);
    }
    return found;
  }

  const focusable = "a, button, summary", typable = "input[name]:not([type=hidden]), select, textarea";
  function exchange(part, fresh) {
    const open = new Map([...named(part, "details")].map(([name, d]) => [name, d.open]));
    const drawings = viewsOf(part), sideways = [...part.querySelectorAll(".scroll")].map(s => s.scrollLeft);
    const focused = [...named(part, focusable)].find(([, e]) => e === document.activeElement)?.[0];
    const typed = [...named(part, typable)].filter(([, f]) =>
      f.matches("select") ? [...f.options].some(o => o.selected !== o.defaultSelected) : f.type === "checkbox" ? f.checked !== f.defaultChecked : f.value !== f.defaultValue)
      .map(([name, f]) => [name, f.type === "checkbox" ? f.checked : f.value]);
    part.innerHTML = fresh;
    const fields = named(part, typable);
    for (const [name, value] of typed) { const field = fields.get(name); if (field) field[field.type === "checkbox" ? "checked" : "value"] = value; }
    for (const [name, details] of named(part, "details")) if (open.has(name)) details.open = open.get(name);
    part.querySelectorAll(".scroll").forEach((scroll, i) => { scroll.scrollLeft = sideways[i] ?? 0; });
    lookAtRuns(part, drawings);
    if (focused !== undefined) named(part, focusable).get(focused)?.focus({ preventScroll: true });
    showTimes(part);
  }

  let busy = false, again = false, last = 0;
  async function renew() {
    if (busy) { again = true; return; }
    busy = true;
    last = Date.now();
    try {
      const response = await fetch(location.href, { redirect: "manual" });
      if (response.type === "opaqueredirect") { location.reload(); return; }
      if (response.ok) {
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const part of parts(document)) {
          const next = fresh.getElementById(part.id);
          if (!next || sent.get(part.id) === next.innerHTML || isInUse(part)) continue;
          sent.set(part.id, next.innerHTML);
          exchange(part, next.innerHTML);
        }
      }
    } catch { /* The server is away; the stream says so. */ }
    busy = false;
    if (again) { again = false; later(700); }
  }

  let timer = 0;
  function later(delay) {
    if (document.hidden) { again = true; return; }
    clearTimeout(timer);
    timer = setTimeout(renew, delay);
  }

  // At once when it was quiet, at most every 700 ms when it is not, and once more for what follows an event.
  let echo = 0;
  function happened() {
    later(Math.max(0, last + 700 - Date.now()));
    clearTimeout(echo);
    echo = setTimeout(() => later(0), 700);
  }

  const of = body.dataset.live, every = Number(body.dataset.every);
  if (of) {
    let stream = null, lost = false;
    function listen() {
      stream = new EventSource(body.dataset.changes ?? "/changes?of=" + encodeURIComponent(of));
      stream.onopen = () => { tell("on", "Live"); if (lost) { lost = false; renew(); } };
      stream.onerror = () => {
        lost = true;
        tell("lost", german ? "Verbindung verloren" : "Connection lost");
        // A browser comes back by itself after a lost line, and never after an answer that says no, as a proxy's does while the server starts.
        if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
      };
      stream.onmessage = happened;
    }
    listen();
    addEventListener("pagehide", () => stream.close());
    addEventListener("pageshow", e => { if (e.persisted) location.reload(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && again) { again = false; later(0); } });
  }
  if (every > 0) setInterval(() => { if (Date.now() - last > every * 0.9) later(0); }, every);

  function tell(state, text) {
    if (!pulse) return;
    pulse.className = "pulse " + state;
    pulse.title = text;
    if (pulseText.textContent !== text) pulseText.textContent = text;
  }

  document.addEventListener("click", e => {
    const toggle = e.target.closest("[data-toggle]");
    if (toggle) {
      const open = document.getElementById(toggle.dataset.toggle).classList.toggle("open");
      toggle.setAttribute(toggle.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-expanded", String(open));
    }
    const whole = e.target.closest(".drawing.open svg");
    if (whole) {
      // The place that was pointed at, as large as it is drawn.
      const before = whole.getBoundingClientRect(), [x, y] = [(e.clientX - before.left) / before.width, (e.clientY - before.top) / before.height];
      zoom(whole.parentElement, false);
      const after = whole.getBoundingClientRect();
      bringToMiddle(whole.parentElement, after.left + x * after.width, after.top + y * after.height);
    }
    const copy = e.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy);
    const fill = e.target.closest("[data-fill]");
    if (fill) document.getElementById(fill.dataset.fill).value = fill.dataset.text;
    for (const menu of document.querySelectorAll("details.user[open]")) if (!menu.contains(e.target)) menu.open = false;
    const line = e.target.closest("[data-line]");
    if (line && editor) goTo(Number(line.dataset.line));
  });
  document.addEventListener("submit", e => {
    const question = e.target.dataset.confirm;
    if (question && !confirm(question)) e.preventDefault();
  });
  document.addEventListener("change", e => { if (e.target.matches("[data-submit]")) e.target.form.requestSubmit(); });
  document.addEventListener("keydown", e => {
    if (e.key === "Escape") for (const menu of document.querySelectorAll("details.user[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    if (e.key === "/" && !e.target.matches("input, textarea, select")) {
      const search = document.querySelector("[data-search]");
      if (search) { e.preventDefault(); search.focus(); }
    }
  });

  // A command is chosen: what its payload needs stands there, unless somebody has written something.
  const command = document.querySelector("[data-commands]");
  if (command) {
    const payload = command.form.elements.payload, more = command.form.querySelector("[data-more]");
    let known = null, filled = "";
    command.addEventListener("focus", async () => {
      if (known) return;
      const response = await fetch(command.dataset.commands);
      if (response.ok) known = new Map((await response.json()).items.map(c => [c.action, c]));
      suggest();
    });
    command.addEventListener("input", suggest);
    function suggest() {
      const chosen = known?.get(command.value);
      more.hidden = !chosen?.more.length;
      if (!chosen) return;
      more.querySelector(".id").textContent = chosen.more.join(", ");
      if (payload.value.trim() === "" || payload.value === filled) payload.value = filled = JSON.stringify(chosen.payload, null, 2);
    }
  }

  // The editor: lines counted, Tab indents (Escape first, and Tab leaves), the checker's findings and the picture beside the text.
  const editor = document.querySelector("[data-editor]");
  const gutter = document.querySelector("[data-gutter]");
  function number() {
    const count = editor.value.split("\n").length;
    gutter.textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
    gutter.style.maxHeight = editor.clientHeight + "px";
    gutter.scrollTop = editor.scrollTop;
  }
  function goTo(line) {
    const start = editor.value.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const end = editor.value.indexOf("\n", start);
    editor.focus();
    editor.setSelectionRange(start, end < 0 ? editor.value.length : end);
    editor.scrollTop = Math.max(0, (line - 8) * editor.scrollHeight / editor.value.split("\n").length);
  }
  // Of two questions under way the newer one's answer counts, whichever comes last.
  const asked = new Map();
  async function load(target, url, form) {
    const number = asked.set(target, (asked.get(target) ?? 0) + 1).get(target);
    const response = await fetch(url, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (response.type === "opaqueredirect") tell("lost", german ? "Abgemeldet" : "Signed out");
    if (!response.ok || asked.get(target) !== number) return;
    const drawings = viewsOf(target);
    target.innerHTML = await response.text();
    lookAtRuns(target, drawings);
    showTimes(target);
  }
  if (editor) {
    let leaving = false, checking = 0;
    number();
    new ResizeObserver(number).observe(editor);
    editor.addEventListener("scroll", () => { gutter.scrollTop = editor.scrollTop; });
    editor.addEventListener("input", () => {
      number();
      clearTimeout(checking);
      checking = setTimeout(() => load(document.getElementById("checked"), "/workflows/check", editor.form), 300);
    });
    editor.addEventListener("keydown", e => {
      if (e.key === "Tab" && !leaving && !e.shiftKey) {
        e.preventDefault();
        editor.setRangeText("  ", editor.selectionStart, editor.selectionEnd, "end");
        editor.dispatchEvent(new Event("input"));
      }
      leaving = e.key === "Escape";
    });
  }
  for (const form of document.querySelectorAll("form[data-try]")) {
    let trying = 0;
    form.addEventListener("input", () => {
      clearTimeout(trying);
      trying = setTimeout(() => load(document.getElementById(form.dataset.try), form.action, form), 250);
    });
    form.addEventListener("submit", e => { if (e.submitter?.hasAttribute("formaction")) return; e.preventDefault(); load(document.getElementById(form.dataset.try), form.action, form); });
  }
})();
