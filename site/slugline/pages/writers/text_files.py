"""Small text files at known places: robots.txt, security.txt, humans.txt."""

from __future__ import annotations

from slugline.pages.page import Route
from slugline.pages.render_context import RenderContext
from slugline.urls import NEWS_SITEMAP_URL, SITEMAP_URL

__all__ = ["humans", "robots", "security"]

# By what the companies say of their crawlers: those that collect texts to train models, and those that fetch a page to answer
# somebody with a link to it.
TRAINING = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "omgili",
    "PanguBot",
    "Timpibot",
)
ANSWERING = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "DuckAssistBot",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
)


def robots(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """robots.txt (RFC 9309); that of a staging site refuses everybody everything."""
    site = context.site
    if site.staging:
        return _text(["User-agent: *", "Disallow: /"])
    settings = site.settings
    lines = []
    refused = {"allow": (), "search": TRAINING, "deny": (*TRAINING, *ANSWERING)}[settings.robots.ai]
    if refused:
        lines += [f"User-agent: {name}" for name in sorted(refused, key=str.casefold)]
        lines += ["Disallow: /", ""]
    lines.append("User-agent: *")
    lines += [f"Disallow: {site.written(path)}" for path in settings.robots.disallow] or ["Disallow:"]
    if settings.sitemaps.enabled:
        lines += ["", f"Sitemap: {site.absolute(site.href(SITEMAP_URL))}"]
        if settings.sitemaps.news:
            lines.append(f"Sitemap: {site.absolute(site.href(NEWS_SITEMAP_URL))}")
    return _text(lines)


def security(route: Route, context: RenderContext) -> bytes:
    """security.txt (RFC 9116)."""
    site, known = context.site, context.site.settings.well_known
    lines = [f"Contact: {contact}" for contact in known.security_contact]
    lines.append(f"Expires: {known.security_expires}")
    if known.security_policy:
        lines.append(f"Policy: {site.absolute(site.written(known.security_policy))}")
    lines.append(f"Preferred-Languages: {site.lang}")
    lines.append(f"Canonical: {site.absolute(site.href(route.url))}")
    return _text(lines)


def humans(route: Route, context: RenderContext) -> bytes:  # noqa: ARG001
    """humans.txt: the settings' text as it is."""
    return _text([context.site.settings.well_known.humans.strip()])


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
