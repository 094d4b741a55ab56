"""What a build starts from: the settings, the theme's place, where state and output are; and the session made of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from slugline.build.ledger import Ledger
from slugline.build.session import BuildOptions, Progress, Session
from slugline.catalog.store import State
from slugline.errors import UsageError
from slugline.extensions.loading import ExtensionSource, extensions_in
from slugline.extensions.packages import modules_of
from slugline.files import digest
from slugline.markup.options import Added
from slugline.pages.site import Site
from slugline.settings.load import load_settings
from slugline.settings.schema import Settings
from slugline.settings.validation import address_problem
from slugline.theme.location import ThemeChain, find_theme, merged_options
from slugline.theme.shortcodes import known_shortcodes

__all__ = ["Setup", "chosen_settings", "open_session", "read_setup", "state_path"]


class Setup(NamedTuple):
    """What the settings and the theme's own settings say."""

    settings: Settings
    chain: ThemeChain
    theme_options: Mapping[str, Any]
    site: Site
    added: Added
    packages: tuple[tuple[str, str], ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that the settings name: other code of them makes another site."""
        return (*self.settings.markdown.extensions, *(module for _, module in self.packages))


def read_setup(root: Path, options: BuildOptions) -> Setup:
    """Read the settings, and find the theme that they name.

    Raises:
        PublicationError: either is wrong.
    """
    settings = chosen_settings(root, options.base_url)
    chain = find_theme(root, settings.theme.name, settings.line("theme", "name"))
    theme_options = merged_options(chain, settings.theme.options, settings.line("theme", "options"))
    packages = modules_of(settings.extensions.packages, settings.line("extensions", "packages"))
    source = extensions_in(root, packages)
    added = Added(known_shortcodes(chain, source), _markdown_modules(settings, source))
    site = Site(settings, theme_options, staging=options.staging)
    return Setup(settings, chain, theme_options, site, added, packages)


def _markdown_modules(settings: Settings, source: ExtensionSource) -> tuple[tuple[str, str, str], ...]:
    """The Markdown extensions in use that are modules of the publication's own."""
    own = dict(source.digests)
    names = [name.partition(":")[0] for name in settings.markdown.extensions]
    files = {name: f"{name.replace('.', '/')}.py" for name in names}
    return tuple(
        (name, os.path.join(source.folder, file), own[file].hex()) for name, file in files.items() if file in own
    )


def chosen_settings(root: Path, base_url: str) -> Settings:
    """The settings, for a site at another address if one is given.

    Raises:
        PublicationError: the settings are wrong.
        UsageError: the address is none.
    """
    settings = load_settings(root)
    if not base_url:
        return settings
    if wrong := address_problem(base_url):
        raise UsageError(f"--base-url {base_url} {wrong}")
    return settings.with_base_url(base_url)


def open_session(
    root: Path,
    output: Path,
    state: Path,
    options: BuildOptions,
    setup: Setup,
    db: State,
    progress: Progress,
) -> Session:
    """One build's session, its clock standing at this moment or the one that the options name."""
    return Session(
        root=root,
        output=str(output),
        state=str(state),
        content=str(root / "content"),
        jobs=options.jobs or _available_cores(),
        clock=options.clock(),
        verify=options.verify,
        progress=progress,
        settings=setup.settings,
        chain=setup.chain,
        theme_options=setup.theme_options,
        site=setup.site,
        added=setup.added,
        packages=setup.packages,
        db=db,
        ledger=Ledger(db),
        fingerprints=options.fingerprints,
        kinds=options.kinds,
    )


def state_path(root: Path, output: Path) -> Path:
    """Each build folder has a state of its own: what is in one says nothing of another."""
    folder = root / ".slugline"
    if output == root / "build":
        return folder / "state.db"
    return folder / f"state-{digest(str(output)).hex()[:12]}.db"


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
