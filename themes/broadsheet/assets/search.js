// Search: Pagefind's index, one segment a year, merged here. Loaded when somebody begins to type, not before.
const form = document.querySelector("[data-search]");
const input = form.querySelector("input");
const status = document.querySelector("[data-search-status]");
const list = document.querySelector("[data-search-results]");
const more = document.querySelector("[data-search-more]");
const segments = form.dataset.segments.split(" ");
const PAGE = 10;

let loading;
const engine = () => {
  loading ??= (async () => {
    const [newest, ...others] = segments;
    const pagefind = await import(`${newest}pagefind.js`);
    await pagefind.options({ baseUrl: "/", excerptLength: 28 });
    await pagefind.init();
    for (const other of others) await pagefind.mergeIndex(other, { baseUrl: "/" });
    return pagefind;
  })();
  return loading;
};

const phrase = (name, values) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), form.dataset[name]);

// Only text and the marks around the words found are taken over from the index, between dots: it is a piece of a sentence.
const excerpt = (html) => {
  const line = document.createElement("p");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const part = node.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
    part.textContent = node.textContent;
    line.append(part);
  }
  line.prepend("… ");
  line.append(" …");
  return line;
};

const dates = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

const entry = ({ url, meta, excerpt: found }) => {
  const item = document.createElement("li");
  const head = document.createElement("h2");
  head.className = "headline";
  const link = document.createElement("a");
  link.href = url;
  link.textContent = meta.title;
  head.append(link);
  const line = excerpt(found);
  line.className = "card-dek";
  item.append(head, line);
  if (meta.date) {
    const time = document.createElement("time");
    time.dateTime = meta.date;
    time.textContent = dates.format(new Date(`${meta.date}T00:00:00Z`));
    const note = document.createElement("p");
    note.className = "card-meta";
    note.append(time);
    item.append(note);
  }
  return item;
};

let asked = 0;
let found = [];
let shown = 0;

const showMore = async (turn) => {
  const entries = await Promise.all(found.slice(shown, shown + PAGE).map((result) => result.data()));
  if (turn !== asked) return null;
  const items = entries.map(entry);
  list.append(...items);
  shown += items.length;
  more.hidden = shown >= found.length;
  return items[0];
};

const look = async () => {
  const turn = ++asked;
  const words = input.value.trim();
  const address = new URL(location.href);
  if (words) address.searchParams.set("q", words);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  if (!words) {
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    return;
  }
  try {
    const pagefind = await engine();
    const answer = await pagefind.search(words);
    if (turn !== asked) return;
    found = answer.results;
    shown = 0;
    list.replaceChildren();
    await showMore(turn);
    if (turn !== asked) return;
    const name = found.length === 0 ? "none" : found.length === 1 ? "one" : "many";
    status.textContent = phrase(name, { n: found.length, words });
  } catch {
    if (turn !== asked) return;
    loading = undefined;
    status.textContent = form.dataset.failed;
  }
};

let pause;
form.hidden = false;
input.addEventListener("focus", () => engine().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(look, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  look();
});
more.addEventListener("click", async () => {
  const first = await showMore(asked);
  first?.querySelector("a").focus();
});

const asking = new URL(location.href).searchParams.get("q");
if (asking) {
  input.value = asking;
  look();
}
