"""What pages depend on besides content: the theme, its templates, the facts that queries ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from slugline.build.own_pages import own_page_facts
from slugline.build.publish import Staging
from slugline.build.scan.changes import EXTENSIONS, STATIC, theme_label
from slugline.build.session import Session
from slugline.build.workshop import Workshop, WorkshopArguments, catalog_of
from slugline.catalog import topics
from slugline.catalog.decoding import parsed
from slugline.catalog.inventory import file_digests
from slugline.catalog.news import NEWS_FACT
from slugline.catalog.store import State, fact, set_fact
from slugline.catalog.trace import Answers
from slugline.errors import Problem
from slugline.extensions.loading import ExtensionSource
from slugline.pages.kinds.registry import STANDARD
from slugline.search.indexer import engine_version
from slugline.theme.theme import LoadedTheme, ThemeFile, ThemeSource, theme_files

__all__ = ["RenderInputs"]


class RenderInputs:
    """The theme, loaded, and the facts of one build beside those of the last.

    Args:
        session: the build under way; its catalog is up to date.
        theme_digest: of the theme's files.
        settings_digest: of the settings that pages may read.

    Attributes:
        kinds: the kinds of pages that there are.
        facts: what queries find under the names of facts.
        template_digests: of each template with all that it may use.
    """

    def __init__(self, session: Session, theme_digest: str, settings_digest: str) -> None:
        self.session = session
        self.kinds = session.kinds or STANDARD
        self.theme_digest = theme_digest
        self.settings_digest = settings_digest
        db = session.db
        files = theme_files(session.chain)
        compiled = Path(session.state).parent / "templates" / fact(db, "code")[:16]
        digests, extensions = _digests(session, files), _extensions(session)
        shortcodes = session.added.shortcodes
        self.source = ThemeSource(
            session.chain, files, digests, compiled, session.fingerprints, extensions, shortcodes
        )
        self.theme = self._load_theme()
        self.known_facts: dict[str, str] = parsed(fact(db, "facts", "{}"))
        self.known_template_digests: dict[str, str] = parsed(fact(db, "templates", "{}"))
        if fact(db, "theme") == theme_digest and fact(db, "settings") == settings_digest and self.known_facts:
            self.facts = self.known_facts
            self.template_digests = self.known_template_digests
        else:
            self.template_digests = self.theme.template_digests
            self.facts = {**self.theme.facts, **session.site.facts()}
        self.facts = {
            **{name: text for name, text in self.facts.items() if not name.startswith(STATIC)},
            **_static_facts(db),
            NEWS_FACT: fact(db, NEWS_FACT, "[]"),
            "search": self._search_engine(),
        }
        if extensions:
            self.facts = {name: text for name, text in self.facts.items() if not name.startswith("own page")}
            self.facts |= own_page_facts(self.theme, self.answers(), session.site)

    def touched_facts(self) -> set[str]:
        """The topics of the facts that are not as they were."""
        before, after = self.known_facts, self.facts
        found = {topics.fact(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        return {*found, topics.FACTS} if found else found

    def record(self) -> None:
        """Write into the state what this build is made with."""
        db = self.session.db
        set_fact(db, "facts", json.dumps(self.facts, sort_keys=True))
        set_fact(db, "templates", json.dumps(self.template_digests, sort_keys=True))
        set_fact(db, "theme", self.theme_digest)
        set_fact(db, "settings", self.settings_digest)

    def answers(self) -> Answers:
        """The catalog, to be asked by this process."""
        session = self.session
        return Answers(catalog_of(session.db, self.facts, session.site, session.cache_folder))

    def workshop(self, staging: Staging | None, *, compare: bool) -> Workshop:
        """This process's workshop; see there."""
        session = self.session
        return Workshop(
            session.db,
            session.site,
            self.theme,
            self.facts,
            session.content,
            session.cache_folder,
            self.kinds,
            staging,
            compare=compare,
        )

    def workshop_arguments(self, staging: Staging | None, *, compare: bool) -> WorkshopArguments:
        """What a worker process makes its workshop of."""
        session = self.session
        folders = (staging.output, staging.folder, staging.whole) if staging else None
        return WorkshopArguments(
            session.state,
            session.site,
            self.source,
            self.facts,
            session.content,
            session.cache_folder,
            self.kinds,
            folders,
            compare,
        )

    def _search_engine(self) -> str:
        """What makes the search index; empty where there is none, and in dev mode, which does not wait for it."""
        session = self.session
        search = session.settings.search
        if not (search.enabled and search.index) or not session.fingerprints:
            return ""
        engine = engine_version()
        if not engine and self.known_facts.get("search") != engine:
            message = "stories cannot be searched: Pagefind is not installed; the search page lists sections and archives"
            hint = "pip install 'slugline[search]', or set `search.index = false`"
            place = session.settings.line("search", "index")
            session.problems.append(Problem("slugline.toml", place, message, hint, "warning"))
        return engine

    def _load_theme(self) -> LoadedTheme:
        cache = self.session.cache
        earlier = cache.get(LoadedTheme)
        if earlier and (earlier.source, earlier.site) == (self.source, self.session.site):
            return earlier
        return cache.put(LoadedTheme(self.source, self.session.site, earlier))


def _static_facts(db: State) -> dict[str, str]:
    """The names of the files that are published as they are, and the digest of each."""
    found = {path[len(STATIC) + 1 :]: value.hex() for path, value in file_digests(db, STATIC).items()}
    return {STATIC: json.dumps(sorted(found)), **{f"{STATIC} {name}": value for name, value in found.items()}}


def _extensions(session: Session) -> ExtensionSource:
    """The files of the publication's extensions."""
    found = file_digests(session.db, EXTENSIONS)
    cut = len(EXTENSIONS) + 1
    digests = tuple((path[cut:], value) for path, value in found.items() if "__pycache__" not in path.split("/"))
    return ExtensionSource(session.beside(EXTENSIONS) if digests else "", digests, session.packages)


def _digests(session: Session, files: Mapping[str, ThemeFile]) -> dict[str, bytes]:
    """The digest of each file of the theme, by name."""
    found: dict[tuple[int, str], bytes] = {}
    for index, folder in enumerate(session.chain):
        label = theme_label(folder.shown)
        for path, value in file_digests(session.db, label).items():
            found[index, path[len(label) + 1 :]] = value
    return {name: found[file] for name, file in files.items() if file in found}
