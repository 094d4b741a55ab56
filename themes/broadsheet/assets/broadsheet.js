const root = document.documentElement;

const stored = (() => {
  try {
    return localStorage.getItem("scheme");
  } catch {
    return null;
  }
})();
if (stored && !root.dataset.scheme) root.dataset.scheme = stored;

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : dark.matches);
for (const button of document.querySelectorAll("[data-scheme-switch]")) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  dark.addEventListener("change", show);
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    show();
    try {
      localStorage.setItem("scheme", root.dataset.scheme);
    } catch {
      // The choice then lasts as long as the page.
    }
  });
}

// For browsers whose style sheets cannot read attributes.
if (!CSS.supports("object-position", "attr(data-focus type(<percentage>+))")) {
  for (const image of document.querySelectorAll("img[data-color], img[data-focus]")) {
    image.style.backgroundColor = image.dataset.color ?? "";
    image.style.objectPosition = image.dataset.focus ?? "";
  }
}

// The menu of a phone begins where the reader is.
const current = document.querySelector(".section-nav [aria-current]");
if (current) {
  const menu = current.closest("ul");
  const place = current.getBoundingClientRect();
  const frame = menu.getBoundingClientRect();
  menu.scrollLeft += (place.left + place.right - frame.left - frame.right) / 2;
}

const reveal = (button) => {
  button.closest("[data-needs-script]").hidden = false;
};
for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) break;
  const label = button.textContent;
  reveal(button);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyLink);
    button.textContent = button.dataset.done;
    document.querySelector("[data-share-status]").textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
    }, 3000);
  });
}
for (const button of document.querySelectorAll("[data-system-share]")) {
  if (!navigator.share) break;
  reveal(button);
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.systemShare }).catch(() => {});
  });
}
