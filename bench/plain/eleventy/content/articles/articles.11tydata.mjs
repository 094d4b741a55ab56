export default {
  layout: "article.njk",
  permalink: (data) => `${data.page.filePathStem.replace("/articles/", "/")}/index.html`,
};
