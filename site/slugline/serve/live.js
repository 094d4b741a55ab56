// Dev mode in the browser: loads a page again when it changed, swaps style sheets, shows what is wrong. Sent by
// `slugline serve` only; no file of the site holds it.
(() => {
  const { page, digest, front, missing } = document.currentScript.dataset;
  const KEPT = "slugline scroll";

  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (!kept || kept.at !== location.pathname) return;
    const go = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    go();
    // Pictures and fonts can make the page longer until all is there.
    addEventListener("load", go, { once: true });
  };

  const reload = () => {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ at: location.pathname, x: scrollX, y: scrollY }));
    } catch {
      // The browser's own memory of the position then has to do.
    }
    location.reload();
  };

  const swap = (names) => {
    const fonts = names.some((name) => !name.endsWith(".css"));
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
    const shown = links.map((link) => new URL(link.href).pathname);
    // A sheet that another one imports is no link of the page's: then all of them are fetched again.
    const all = fonts || names.some((name) => !shown.includes(name));
    links.forEach((link, index) => {
      const url = new URL(link.href);
      if (url.origin !== location.origin || !(all || names.includes(shown[index]))) return;
      url.searchParams.set("slugline", String(Date.now()));
      const next = link.cloneNode();
      next.href = url.href;
      // The old sheet stays until the new one is there, so that the page is never bare.
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      link.after(next);
    });
  };

  let overlay = null;
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
  const tell = (problems) => {
    clear();
    overlay = element("slugline-problems");
    const shade = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: rgb(20 20 24 / .88); color: #f4f1ea;
        font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; }
      main { max-width: 60rem; margin: 4vh auto; padding: 0 1.5rem 4vh; }
      h1 { font-size: 1.25rem; margin: 0 3rem 1rem 0; }
      button { position: absolute; top: 4vh; right: 1.5rem; font: inherit; padding: .25rem .75rem; cursor: pointer; }
      section { background: #26262c; border-left: 4px solid #ff6b5e; padding: 1rem 1.25rem; margin: 0 0 1rem; }
      .place { font: 14px/1.5 ui-monospace, monospace; color: #ffb4ab; overflow-wrap: anywhere; }
      .what { margin: .25rem 0; font-weight: 600; overflow-wrap: anywhere; }
      pre { font: 14px/1.6 ui-monospace, monospace; overflow-x: auto; margin: .75rem 0; padding: .5rem 0; background: #17171b; }
      pre span { display: block; padding: 0 .75rem; white-space: pre; }
      pre .blamed { background: #5a211d; }
      .hint { margin: .25rem 0 0; color: #cfe6c8; }
    `);
    shade.adoptedStyleSheets = [sheet];
    const main = element("main");
    main.setAttribute("role", "alert");
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    main.append(element("h1", `${count}: this is the last good page`));
    const close = element("button", "Close");
    close.addEventListener("click", clear);
    main.append(close);
    for (const problem of problems.slice(0, 50)) {
      const section = element("section");
      const place = problem.line ? `${problem.path}:${problem.line}` : problem.path;
      if (place) section.append(element("div", place, "place"));
      section.append(element("p", problem.message, "what"));
      if (problem.excerpt.length) {
        const excerpt = element("pre");
        for (const [number, line] of problem.excerpt) {
          const row = `${String(number).padStart(5)}  ${line}`;
          excerpt.append(element("span", row, number === problem.line ? "blamed" : ""));
        }
        section.append(excerpt);
      }
      if (problem.hint) section.append(element("p", problem.hint, "hint"));
      main.append(section);
    }
    shade.append(main);
    document.documentElement.append(overlay);
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  const hear = {
    reload,
    gone: () => location.replace(front),
    styles: ({ names }) => swap(names),
    problems: ({ problems }) => tell(problems),
    mended: clear,
  };

  let stream = null;
  let again = 0;
  const open = () => {
    clearTimeout(again);
    if (stream) return;
    stream = new EventSource(`/_slugline/events?${new URLSearchParams({ page, digest, missing })}`);
    stream.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      hear[message.kind]?.(message);
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
  // Browsers hold six connections to one host: a hidden page gives its own up, and catches up when it is seen again.
  const heed = () => (document.visibilityState === "hidden" ? shut() : open());
  document.addEventListener("visibilitychange", heed);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", heed);

  restore();
  heed();
})();
