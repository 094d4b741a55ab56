// Dev mode in the browser: reloads a page when it changed, swaps style sheets, covers the page with errors. Sent by
// `slugline serve` only; no file of the site contains it.
(() => {
  const { page, digest, missing } = document.currentScript.dataset;
  const SAVED = "slugline scroll";

  // The place of an element, as a selector that finds it again in the page's next version.
  const place = (element) => {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const parent = element.parentElement;
    if (!parent) return element.localName;
    return `${place(parent)} > :nth-child(${[...parent.children].indexOf(element) + 1})`;
  };
  const TYPED = "input:not([type=checkbox], [type=radio], [type=file], [type=password]), textarea";

  // The element that has the focus, and what is being typed into it.
  const focus = () => {
    const held = document.activeElement;
    if (!held || held === document.body || held === document.documentElement) return null;
    const typed = held.matches(TYPED) ? { value: held.value, from: held.selectionStart, to: held.selectionEnd } : null;
    return { place: place(held), name: held.localName, typed };
  };
  const refocus = (saved) => {
    const held = saved && document.querySelector(saved.place);
    if (held?.localName !== saved?.name) return;
    held?.focus({ preventScroll: true });
    if (!saved?.typed) return;
    held.value = saved.typed.value;
    if (saved.typed.from !== null) held.setSelectionRange(saved.typed.from, saved.typed.to);
  };

  const restore = () => {
    let saved;
    try {
      saved = JSON.parse(sessionStorage.getItem(SAVED));
      sessionStorage.removeItem(SAVED);
    } catch {
      return;
    }
    if (!saved || saved.at !== location.pathname) return;
    const go = () => scrollTo({ left: saved.x, top: saved.y, behavior: "instant" });
    go();
    refocus(saved.focus);
    // Pictures and fonts can make the page longer until all is there; whoever has scrolled meanwhile stays there.
    let moved = false;
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => (moved = true), { once: true, passive: true });
    }
    addEventListener("load", () => moved || go(), { once: true });
  };

  const reload = () => {
    try {
      const saved = { at: location.pathname, x: scrollX, y: scrollY, focus: focus() };
      sessionStorage.setItem(SAVED, JSON.stringify(saved));
    } catch {
      // The browser restores the position by itself, if less exactly.
    }
    location.reload();
  };

  const swap = (names) => {
    const fonts = names.some((name) => !name.endsWith(".css"));
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
    const paths = links.map((link) => new URL(link.href).pathname);
    // A sheet that another one imports is no link of the page: then all of them are fetched again.
    const all = fonts || names.some((name) => !paths.includes(name));
    links.forEach((link, index) => {
      const url = new URL(link.href);
      if (url.origin !== location.origin || !(all || names.includes(paths[index]))) return;
      url.searchParams.set("slugline", String(Date.now()));
      const next = link.cloneNode();
      next.href = url.href;
      // The old sheet stays until the new one is loaded, so that the page is never unstyled.
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      link.after(next);
    });
  };

  let overlay = null;
  let reported = "";
  let dismissed = "";
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const clear = () => {
    overlay?.remove();
    overlay = null;
  };
  const close = () => {
    if (overlay) dismissed = reported;
    clear();
  };
  const mended = () => {
    dismissed = "";
    clear();
  };
  const showProblems = (problems, good) => {
    reported = JSON.stringify(problems);
    // What was dismissed does not come back, until there is another problem.
    if (reported === dismissed) return;
    clear();
    overlay = element("slugline-problems");
    const shade = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; overflow: auto; overscroll-behavior: contain;
        background: rgb(20 20 24 / .9); color: #f4f1ea; color-scheme: dark; font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; }
      @media print { :host { display: none; } }
      header, main { box-sizing: border-box; padding-inline: max(.75rem, 50% - 30rem); }
      main { padding-block-end: 4vh; }
      header { position: sticky; top: 0; display: flex; gap: 1rem; align-items: start; justify-content: space-between;
        padding-block: 1rem; background: #141418; box-shadow: 0 1px 0 #44444d; }
      h1 { font-size: 1.125rem; line-height: 1.4; margin: .2rem 0; }
      button { font: inherit; flex: none; padding: .25rem .9rem; cursor: pointer; color: inherit; background: #33333b;
        border: 1px solid #77777f; border-radius: 4px; }
      button:hover { background: #44444d; }
      button:focus-visible { outline: 2px solid #ffb4ab; outline-offset: 2px; }
      section { background: #26262c; border-left: 4px solid #ff6b5e; padding: 1rem clamp(.75rem, 3vw, 1.25rem); margin: 1rem 0 0; }
      section.warning { border-color: #e8b04a; }
      section.warning .place { color: #f0cf94; }
      section.warning pre .blamed { background: #4d3a12; }
      .place { font: 14px/1.5 ui-monospace, monospace; color: #ffb4ab; overflow-wrap: anywhere; }
      .what { margin: .25rem 0; font-weight: 600; overflow-wrap: anywhere; }
      pre { font: 14px/1.6 ui-monospace, monospace; overflow-x: auto; margin: .75rem 0; padding: .5rem 0; background: #17171b; }
      pre span { display: block; width: max-content; min-width: 100%; box-sizing: border-box; padding: 0 .75rem; white-space: pre; }
      pre .blamed { background: #5a211d; }
      .hint { margin: .25rem 0 0; color: #cfe6c8; }
    `);
    shade.adoptedStyleSheets = [sheet];
    const main = element("main");
    const cover = element("div");
    cover.setAttribute("role", "alert");
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const head = element("header");
    head.append(element("h1", good ? `${count}. Below is the last good page` : `${count}. There is no page to show yet`));
    const button = element("button", "Close");
    button.addEventListener("click", close);
    head.append(button);
    for (const problem of problems.slice(0, 50)) {
      const section = element("section", "", problem.severity);
      const place = problem.line ? `${problem.path}:${problem.line}` : problem.path;
      if (place) section.append(element("div", place, "place"));
      const warning = problem.severity === "warning" ? "Warning: " : "";
      section.append(element("p", warning + problem.message, "what"));
      if (problem.excerpt.length) {
        const excerpt = element("pre");
        const digits = String(problem.excerpt.at(-1)[0]).length;
        for (const [number, line] of problem.excerpt) {
          const row = `${String(number).padStart(digits)}  ${line}`;
          excerpt.append(element("span", row, number === problem.line ? "blamed" : ""));
        }
        section.append(excerpt);
      }
      if (problem.hint) section.append(element("p", problem.hint, "hint"));
      main.append(section);
    }
    if (problems.length > 50) main.append(element("p", `… and ${problems.length - 50} more`));
    cover.append(head, main);
    shade.append(cover);
    document.documentElement.append(overlay);
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  const gone = ({ to }) => {
    // The reader did not follow a link: a theme's transition between pages is skipped.
    addEventListener("pageswap", ({ viewTransition }) => {
      viewTransition?.ready.catch(() => {});
      viewTransition?.skipTransition();
    });
    location.replace(to);
  };

  const handlers = {
    reload,
    gone,
    styles: ({ names }) => swap(names),
    problems: ({ problems, good }) => showProblems(problems, good),
    mended,
  };

  let stream = null;
  let again = 0;
  const open = () => {
    clearTimeout(again);
    if (stream) return;
    stream = new EventSource(`/_slugline/events?${new URLSearchParams({ page, digest, missing })}`);
    stream.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      handlers[message.kind]?.(message);
    };
    stream.onerror = () => {
      // The browser tries again by itself, but not after an answer that was no stream.
      if (stream?.readyState === EventSource.CLOSED) {
        shut();
        again = setTimeout(open, 1000);
      }
    };
  };
  const shut = () => {
    stream?.close();
    stream = null;
  };
  // Browsers hold six connections to one host: a hidden page closes its own, and catches up when it is visible again.
  const followVisibility = () => (document.visibilityState === "hidden" ? shut() : open());
  document.addEventListener("visibilitychange", followVisibility);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", followVisibility);

  restore();
  followVisibility();
})();
