// For pages with elements of news in their text. All of them are complete without it.

for (const button of document.querySelectorAll("[data-embed]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = button.dataset.title;
    frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = button.dataset.embed;
    const box = button.closest(".embed-box");
    box.replaceWith(frame);
    frame.focus();
  });
}

// A number as people write it, or null.
const number = (text) => {
  let plain = text.trim().replace(/^[€$£¥]\s*|\s*(%|‰|[€$£¥])$/g, "").replace(/[\s'’]/g, "").replace("−", "-");
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  else plain = plain.replace(",", ".");
  return plain && Number.isFinite(Number(plain)) ? Number(plain) : null;
};

for (const figure of document.querySelectorAll("[data-figures]")) {
  const table = figure.querySelector("table");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  if (body.rows.length > 2) {
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "figures-sort";
      button.title = figure.dataset.sort.replace("{column}", head.textContent);
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numbers = head.classList.contains("number");
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : numbers;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[place].textContent;
        const compare = (one, two) => {
          if (!numbers) return words.compare(value(one), value(two));
          const [a, b] = [number(value(one)), number(value(two))];
          // What is no number comes last, whichever way.
          if (a === null || b === null) return (a === null) - (b === null) || 0;
          return a - b;
        };
        const rows = [...body.rows].sort((one, two) => {
          const missing = numbers && (number(value(one)) === null || number(value(two)) === null);
          return compare(one, two) * (down && !missing ? -1 : 1);
        });
        body.append(...rows);
      });
    });
  }
  if (figure.dataset.search) {
    const field = document.createElement("div");
    field.className = "field figures-search";
    const label = document.createElement("label");
    const input = document.createElement("input");
    const none = document.createElement("p");
    label.textContent = figure.dataset.search;
    input.type = "search";
    input.autocomplete = "off";
    label.append(input);
    field.append(label);
    none.className = "figures-none";
    none.setAttribute("role", "status");
    figure.prepend(field);
    table.parentElement.after(none);
    input.addEventListener("input", () => {
      const wanted = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      for (const row of body.rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
        if (!row.hidden) found += 1;
      }
      none.textContent = found ? "" : figure.dataset.none;
    });
  }
}

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const figures = [...gallery.querySelectorAll("figure")].filter((figure) => figure.querySelector("img"));
  if (!figures.length || !window.HTMLDialogElement) continue;
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", gallery.getAttribute("aria-label"));
  let shown = 0;
  const show = (place) => {
    shown = (place + figures.length) % figures.length;
    const image = figures[shown].querySelector("img");
    const large = new Image();
    large.sizes = "100vw";
    if (image.srcset) large.srcset = image.srcset;
    large.src = image.src;
    large.alt = image.alt;
    const caption = figures[shown].querySelector("figcaption");
    dialog.querySelector(".lightbox-picture").replaceChildren(large);
    dialog.querySelector("[data-place]").textContent = `${shown + 1} / ${figures.length}`;
    dialog.querySelector("figcaption").replaceChildren(...(caption ? [...caption.cloneNode(true).childNodes] : []));
  };
  const tool = (label, sign, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.textContent = sign;
    button.addEventListener("click", act);
    return button;
  };
  const tools = document.createElement("div");
  tools.className = "lightbox-tools";
  const place = document.createElement("span");
  place.dataset.place = "";
  place.setAttribute("aria-live", "polite");
  const rtl = document.documentElement.dir === "rtl";
  const before = tool(gallery.dataset.previous, rtl ? "→" : "←", () => show(shown - 1));
  const after = tool(gallery.dataset.next, rtl ? "←" : "→", () => show(shown + 1));
  tools.append(place, ...(figures.length > 1 ? [before, after] : []), tool(gallery.dataset.close, "✕", () => dialog.close()));
  const picture = document.createElement("div");
  picture.className = "lightbox-picture";
  dialog.append(tools, picture, document.createElement("figcaption"));
  gallery.append(dialog);
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(shown + (rtl ? -step : step));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target === picture) dialog.close();
  });
  figures.forEach((figure, at) => {
    const image = figure.querySelector("picture") ?? figure.querySelector("img");
    const link = image.closest("a");
    if (link) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gallery-open";
    button.setAttribute("aria-label", `${gallery.dataset.open}: ${figure.querySelector("img").alt}`);
    image.replaceWith(button);
    button.append(image);
    button.addEventListener("click", () => {
      show(at);
      dialog.showModal();
    });
  });
}
