"""The publisher and the site as a whole, in the words of schema.org: the same on every page."""

from __future__ import annotations

from typing import Any

from slugline.pages.site import Site

__all__ = ["publisher_id", "publisher_node", "site_id", "site_node"]

# What schema.org calls the policies that the settings name.
_POLICIES = {
    "ethics": "ethicsPolicy",
    "corrections": "correctionsPolicy",
    "masthead": "masthead",
    "ownership": "ownershipFundingInfo",
    "sources": "unnamedSourcesPolicy",
    "feedback": "actionableFeedbackPolicy",
}


def publisher_id(site: Site) -> str:
    """What names the organisation."""
    return f"{site.absolute(site.url)}#publisher"


def site_id(site: Site) -> str:
    """What names the site as a whole."""
    return f"{site.absolute(site.url)}#website"


def publisher_node(site: Site) -> dict[str, Any]:
    """The organisation."""
    publisher = site.settings.publisher
    home = site.absolute(site.url)
    logo = {"@type": "ImageObject", "url": site.absolute(site.logo)} if site.logo else None
    node = {
        "@type": "NewsMediaOrganization",
        "@id": publisher_id(site),
        "name": publisher.name or site.name,
        "url": home,
        "logo": logo,
        "sameAs": list(publisher.same_as),
        "foundingDate": publisher.founding_date,
        "email": publisher.email,
    }
    for key, word in _POLICIES.items():
        address = getattr(publisher, key)
        node[word] = site.absolute(site.written(address)) if address else ""
    return {key: value for key, value in node.items() if value}


def site_node(site: Site) -> dict[str, Any]:
    """The site, and how to search it."""
    home = site.absolute(site.url)
    node: dict[str, Any] = {
        "@type": "WebSite",
        "@id": site_id(site),
        "url": home,
        "name": site.name,
        "description": site.description,
        "inLanguage": site.lang,
        "publisher": {"@id": publisher_id(site)},
    }
    if site.search:
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return {key: value for key, value in node.items() if value}
