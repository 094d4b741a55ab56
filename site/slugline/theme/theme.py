"""A loaded theme: its files over those of its parents, its templates and its assets, each made when first needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from slugline.errors import Problem, PublicationError
from slugline.extensions.loading import NO_EXTENSIONS, Extensions, ExtensionSource
from slugline.files import digest, digest_file, on_disk, relative_path, walk
from slugline.shortcodes.signature import Signature
from slugline.theme.assets import Asset, fingerprint_assets, is_published
from slugline.theme.environment import ThemeTemplates, Uses, render_problem, taken_names, template_digests
from slugline.theme.location import ThemeChain
from slugline.theme.shortcodes import FOLDER
from slugline.theme.translations import is_translation, translation_problems

__all__ = ["LoadedTheme", "ThemeFile", "ThemeSource", "theme_files", "theme_problems"]


class ThemeFile(NamedTuple):
    """Where a file of a theme is taken from.

    Attributes:
        folder: the place in the chain of the folder that it is in.
        path: its path in that folder, with forward slashes.
    """

    folder: int
    path: str


class ThemeSource(NamedTuple):
    """A theme's files, as a value that can be sent to another process.

    Attributes:
        chain: the theme and its ancestors.
        files: each file's name, and where it is taken from; see :func:`theme_files`.
        digests: of each file, by name.
        cache: a folder for compiled templates.
        fingerprints: whether assets are published under names that change with their content.
        extensions: what the publication adds to templates.
        shortcodes: those that texts may use.
    """

    chain: ThemeChain
    files: Mapping[str, ThemeFile]
    digests: Mapping[str, bytes]
    cache: Path | None
    fingerprints: bool = True
    extensions: ExtensionSource = ExtensionSource()
    shortcodes: tuple[Signature, ...] = ()


class LoadedTheme:
    """A theme whose files are known.

    Args:
        source: its folders, and the files in them.
        site: what style sheets that are templates may use.
        earlier: the theme as it was a moment ago, whose work is taken over where nothing changed.
    """

    def __init__(
        self,
        source: ThemeSource,
        site: Any,
        earlier: LoadedTheme | None = None,
    ) -> None:
        chain, files, digests, cache, _, extensions, _ = source
        self.source = source
        self.paths = {name: Path(on_disk(str(chain[file.folder].folder), file.path)) for name, file in files.items()}
        self.labels = {name: f"{chain[file.folder].shown}/{file.path}" for name, file in files.items()}
        self.digests = digests
        self.site = site
        self.cache = cache
        self._uses: dict[str, Uses] = dict(earlier._uses) if earlier else {}
        self._valid_translations: frozenset[tuple[str, bytes]] = earlier._valid_translations if earlier else frozenset()
        if earlier and earlier.source.extensions == extensions and "extensions" in vars(earlier):
            self.extensions = earlier.extensions
        self._templates_of_earlier = self._take_templates(earlier) if earlier else None
        if earlier and "assets" in vars(earlier) and self._same_assets(earlier):
            self.assets = earlier.assets

    @cached_property
    def templates(self) -> ThemeTemplates:
        """Its templates."""
        return self._templates_of_earlier or ThemeTemplates(self.paths, self.labels, self.cache, self.extensions)

    @cached_property
    def extensions(self) -> Extensions:
        """What the publication adds to it; raises :class:`PublicationError` for files that cannot be loaded."""
        source = self.source.extensions
        return Extensions(source, taken=taken_names()) if source else NO_EXTENSIONS

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """Its assets, fingerprinted; raises :class:`PublicationError` for a style sheet that is wrong."""
        prefix = "assets/"
        files = {
            name.removeprefix(prefix): path
            for name, path in self.paths.items()
            if name.startswith(prefix) and is_published(name)
        }
        labels = {name.removeprefix(prefix): place for name, place in self.labels.items() if name.startswith(prefix)}
        return fingerprint_assets(files, labels, self._render_asset, plain_names=not self.source.fingerprints)

    @cached_property
    def facts(self) -> dict[str, str]:
        """What pages may depend on: the addresses of assets, and the files that can be set into a page."""
        urls = {name: asset.url for name, asset in self.assets.items()}
        facts = {f"asset {name}": url for name, url in urls.items()}
        facts |= {f"file {name}": value.hex() for name, value in self.digests.items() if name.startswith("assets/")}
        facts |= {f"bytes {name}": digest(asset.content).hex() for name, asset in self.assets.items()}
        facts["assets"] = json.dumps(urls, sort_keys=True)
        source = self.source.extensions
        facts |= {f"extension {one.file}": source.mark(one.file) for one in self.extensions.found.values()}
        facts |= {f"shortcode {one.name}": self._shortcode_digest(one) for one in self.source.shortcodes}
        facts |= {f"template {name}": value for name, value in self.template_digests.items() if name.startswith("layouts/")}
        facts["outputs"] = json.dumps(sorted(self.extensions.of("output")))
        return facts

    def _shortcode_digest(self, signature: Signature) -> str:
        """What a page with a shortcode depends on: its template with all that it may use, and the extension that makes it."""
        extension = self.extensions.found.get(("shortcode", signature.name))
        mark = self.source.extensions.mark(extension.file) if extension else ""
        template = self.template_digests.get(f"{FOLDER}/{signature.name}.html", "")
        return digest(repr(signature), template, mark).hex()

    @cached_property
    def template_digests(self) -> dict[str, str]:
        """The digest of each template with all that it may use.

        Raises:
            PublicationError: templates are not valid.
        """
        marks = {f"{kind} {name}": self.source.extensions.mark(one.file) for (kind, name), one in self.extensions.found.items()}
        digests, problems = template_digests(self.templates, self.digests, self._uses, marks)
        translations = frozenset((name, value) for name, value in self.digests.items() if is_translation(name))
        if translations != self._valid_translations:
            wrong = translation_problems(self.paths, self.labels)
            problems += wrong
            self._valid_translations = self._valid_translations if wrong else translations
        if problems:
            # A file with two names has its problems twice.
            raise PublicationError(list(dict.fromkeys(problems)))
        # All templates of the theme use its translations.
        common = digest(*(f"{name}{value.hex()}" for name, value in sorted(translations))).hex()
        return {name: value + common for name, value in digests.items()}

    def missing(self, wanted: set[str]) -> list[Problem]:
        """Problems for the templates that pages need and the theme has not."""
        place = next(iter(self.labels.values()), "slugline.toml").partition("/")[0]
        return [
            Problem(place, 0, f"the theme has no `{name}`", "add it, or let the theme extend `broadsheet`")
            for name in sorted(wanted - set(self.paths))
        ]

    def _take_templates(self, earlier: LoadedTheme) -> ThemeTemplates | None:
        """The earlier theme's templates, but for those whose files changed; it has none afterwards."""
        templates: ThemeTemplates | None = vars(earlier).pop("templates", None)
        earlier._templates_of_earlier = None
        if templates is None or (self.paths, self.labels, self.cache) != (earlier.paths, earlier.labels, earlier.cache):
            return None
        if self.source.extensions != earlier.source.extensions:
            return None
        templates.forget(name for name, value in self.digests.items() if earlier.digests.get(name) != value)
        return templates

    def _same_assets(self, earlier: LoadedTheme) -> bool:
        def made_of(theme: LoadedTheme) -> dict[str, object]:
            found: dict[str, object] = {
                name: value for name, value in theme.digests.items() if name.startswith("assets/")
            }
            found |= {name: theme.template_digests.get(name) for name in found if name.endswith(".jinja")}
            return found

        return (self.source.fingerprints, self.site) == (earlier.source.fingerprints, earlier.site) and made_of(
            self
        ) == made_of(earlier)

    def _render_asset(self, name: str, source: str) -> str:
        try:
            return self.templates.render_text(name, source, {"site": self.site})
        except Exception as error:
            raise PublicationError([render_problem(error, self.templates, name)]) from error


def theme_files(chain: ThemeChain) -> dict[str, ThemeFile]:
    """The files of a theme by name.

    Of files with one path that of the first folder in the chain counts. An ancestor's file has a second name, which its
    theme's begins: ``broadsheet/article.html`` is Broadsheet's own even where a theme that extends it has another
    ``article.html``, so that this one can extend it in turn.
    """
    files: dict[str, ThemeFile] = {}
    named: dict[str, ThemeFile] = {}
    for index, folder in enumerate(chain):
        for inside, found, _ in walk(folder.folder, closed=[]):  # what may not be read, the scan has reported
            if "__pycache__" in inside.split("/"):
                continue
            for name, _ in found:
                path = relative_path(f"{inside}/{name}" if inside else name)
                # theme.toml describes one folder of the chain and is no file of the theme's.
                if path != "theme.toml":
                    files.setdefault(path, ThemeFile(index, path))
                    if index:
                        named.setdefault(f"{folder.name}/{path}", ThemeFile(index, path))
    return dict(sorted({**named, **files}.items()))


def theme_problems(chain: ThemeChain, site: Any) -> list[Problem]:
    """What is wrong in a theme, as far as it shows before a page is rendered."""
    files = theme_files(chain)
    try:
        digests = {name: digest_file(on_disk(str(chain[file.folder].folder), file.path))[0] for name, file in files.items()}
    except OSError:
        return []  # a build whose sources are right reports which file cannot be read
    theme = LoadedTheme(ThemeSource(chain, files, digests, None), site)
    found: list[Problem] = []
    for part in ("template_digests", "assets"):
        try:
            getattr(theme, part)
        except PublicationError as error:
            found += error.problems
    return found
