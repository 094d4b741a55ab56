"""Extensions of Python-Markdown that a publication adds: loaded with care, refused with a clear word."""

from __future__ import annotations

from typing import Any

import markdown
from markdown.inlinepatterns import InlineProcessor

from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.markup.dialect import EXTENSIONS, build_markdown
from slugline.markup.guard import BlockMeter, Meter, MeteredPattern
from slugline.markup.options import MarkupOptions

__all__ = ["WholeEngine", "markdown_for"]

SETTINGS_FILE = "slugline.toml"


def markdown_for(options: MarkupOptions, lang: str) -> markdown.Markdown:
    """The Markdown instance for the options, extensions of the publication included.

    Raises:
        PublicationError: an extension is not known or cannot be used; names each.
    """
    settings = {name: {key: _thaw(value) for key, value in pairs} for name, pairs in options.extension_settings}
    in_use = (*EXTENSIONS, "md_in_html", *options.extensions)
    doubtful = dict.fromkeys((*options.extensions, *(name for name in settings if name in in_use)))
    problems = [problem for name in doubtful if (problem := _trouble(name, settings.get(name, {})))]
    problems += [
        Problem(
            SETTINGS_FILE,
            0,
            f"there are settings for the Markdown extension `{name}`, which is not in use",
            did_you_mean(name, in_use) or "add it to `[markdown] extensions`, or take its settings out",
        )
        for name in settings
        if name not in in_use
    ]
    if problems:
        raise PublicationError(problems)
    try:
        return build_markdown(lang=lang, raw_html=options.raw_html, extensions=options.extensions, settings=settings)
    except Exception as error:  # whatever an extension does wrong is the publication's to mend
        raise PublicationError([_refused("extensions", error)]) from error


def _trouble(name: str, settings: dict[str, Any]) -> Problem | None:
    """What is wrong with one extension: tried alone."""
    try:
        markdown.Markdown(extensions=[name], extension_configs={name: settings})
    except ModuleNotFoundError as error:
        if (error.name or "") not in (name, name.partition(":")[0], name.partition(".")[0]):
            return Problem(
                SETTINGS_FILE, 0, f"the Markdown extension `{name}` needs `{error.name}`", f"pip install {error.name}"
            )
        # Only an error pays for loading what reads the packages' metadata.
        from importlib.metadata import entry_points  # noqa: PLC0415

        known = {entry.name for entry in entry_points(group="markdown.extensions")}
        hint = did_you_mean(name, known) or "install the package that it comes from, or correct the name"
        return Problem(SETTINGS_FILE, 0, f"the Markdown extension `{name}` is not known", hint)
    except KeyError as error:
        return Problem(
            SETTINGS_FILE,
            0,
            f"the Markdown extension `{name}` has no setting {error.args[0] if error.args else ''!r}",
            did_you_mean(str(error.args[0]) if error.args else "", _setting_names(name)),
        )
    except Exception as error:
        return _refused(f"`{name}`", error)
    return None


def _setting_names(name: str) -> list[str]:
    extension = markdown.Markdown().build_extension(name, {})
    return list(extension.config)


def _refused(what: str, error: Exception) -> Problem:
    return Problem(
        SETTINGS_FILE,
        0,
        f"the Markdown extension {what} cannot be used: {type(error).__name__}: {error}",
        "look at its documentation for the settings it takes, or take it out of `[markdown] extensions`",
    )


def _thaw(value: object) -> object:
    """Options are frozen to be hashable; extensions expect the lists that TOML has."""
    return [_thaw(item) for item in value] if isinstance(value, tuple) else value


class WholeEngine:
    """Runs a Markdown instance with every processor that it has, and counts its work.

    An added extension may look at anything, so with one there are no shortcuts.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        self._md = md
        self._meter = Meter()
        md.parser.blockprocessors.register(BlockMeter(md.parser, self._meter), "meter", 1_000_000)
        inline: Any = md.treeprocessors["inline"]
        inline.inlinePatterns = [
            MeteredPattern(pattern, self._meter, inline) if isinstance(pattern, InlineProcessor) else pattern
            for pattern in md.inlinePatterns
        ]

    def html(self, text: str) -> str:
        """The HTML of a text."""
        self._meter.start(text)
        self._md.parser.state.clear()  # a text that was given up half-way has left something there
        return self._md.reset().convert(text)
