// The plain site's configuration for Eleventy: typography on, no template language inside Markdown, no feeds, no pagination.
import { readFileSync } from "node:fs";

const LISTED = 30;
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const read = (name) => JSON.parse(readFileSync(new URL(`content/_data/${name}.json`, import.meta.url), "utf8"));
const slugify = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function stories(api) {
  return api.getAllSorted().filter((item) => item.data.layout === "article.njk");
}

/** The newest stories of each group: Eleventy hands them out with the oldest first. */
function grouped(api, groupsOf) {
  const groups = new Map();
  for (const item of stories(api)) {
    for (const name of groupsOf(item)) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(item);
    }
  }
  return new Map([...groups].map(([name, items]) => [name, items.slice(-LISTED).reverse()]));
}

export default function (config) {
  const sections = read("sections");
  const authors = read("staff");
  const bySlug = (list) => Object.fromEntries(list.map((one) => [one.slug, one]));

  config.amendLibrary("md", (markdown) => markdown.set({ typographer: true }));
  config.addPassthroughCopy({ static: "." });
  config.addGlobalData("sectionsBySlug", bySlug(sections));
  config.addGlobalData("authorsBySlug", bySlug(authors));

  config.addCollection("newest", (api) => stories(api).slice(-LISTED).reverse());
  config.addCollection("bySection", (api) => {
    const groups = grouped(api, (item) => [item.page.filePathStem.split("/")[2]]);
    return sections.map((section) => ({ ...section, stories: groups.get(section.slug) ?? [] }));
  });
  config.addCollection("byAuthor", (api) => {
    const groups = grouped(api, (item) => item.data.authors);
    return authors.map((author) => ({ ...author, stories: groups.get(author.slug) ?? [] }));
  });
  config.addCollection("byTag", (api) => {
    const groups = grouped(api, (item) => item.data.tags);
    return [...groups].map(([name, items]) => ({ name, slug: slugify(name), stories: items }));
  });

  config.addFilter("tagSlug", slugify);
  config.addFilter("day", (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  config.addFilter("instant", (date) => date.toISOString());
  config.addFilter("minutes", (html) => Math.ceil(html.replaceAll(/<[^>]*>/g, " ").trim().split(/\s+/).length / 200));

  return {
    dir: { input: "content", includes: "../_includes", data: "_data" },
    htmlTemplateEngine: "njk",
    markdownTemplateEngine: false,
  };
}
