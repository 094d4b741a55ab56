"""The Python-Markdown instance for the options; every problem with an extension that a publication adds is reported."""

from __future__ import annotations

import traceback
from types import ModuleType
from typing import Any

import markdown
from markdown.extensions import Extension

from slugline.errors import Problem, PublicationError, did_you_mean
from slugline.markup.dialect import EXTENSIONS, build_markdown
from slugline.markup.engine import MarkdownEngine
from slugline.markup.options import MarkupOptions

__all__ = ["engine_for", "markdown_for"]

SETTINGS_FILE = "slugline.toml"


def engine_for(options: MarkupOptions, lang: str, *, select: bool) -> MarkdownEngine:
    """The engine for the options; see :class:`MarkdownEngine`, and :func:`markdown_for` for what it raises."""
    return MarkdownEngine(markdown_for(options, lang), select=select)


def markdown_for(options: MarkupOptions, lang: str) -> markdown.Markdown:
    """The Markdown instance for the options, extensions of the publication included.

    Raises:
        PublicationError: an extension is unknown or cannot be used; names each.
    """
    settings = {name: {key: _thaw(value) for key, value in pairs} for name, pairs in options.extension_settings}
    in_use = (*EXTENSIONS, "md_in_html", *options.extensions)
    own = {module: path for module, path, _ in options.added.modules}
    made = {
        name: _own_extension(own[module], name, settings.pop(name, {}))
        for name in options.extensions
        if (module := name.partition(":")[0]) in own
    }
    others = [name for name in options.extensions if name not in made]
    checked = dict.fromkeys((*others, *(name for name in settings if name in in_use)))
    problems = [problem for name in checked if (problem := _extension_problem(name, settings.get(name, {})))]
    problems += [
        Problem(
            SETTINGS_FILE,
            0,
            f"there are settings for the Markdown extension `{name}`, which is not in use",
            did_you_mean(name, in_use) or "add it to `[markdown] extensions`, or remove its settings",
        )
        for name in settings
        if name not in in_use
    ]
    if problems:
        raise PublicationError(problems)
    try:
        extensions = [made.get(name, name) for name in options.extensions]
        return build_markdown(lang=lang, raw_html=options.raw_html, extensions=extensions, settings=settings)
    except Exception as error:  # an extension can raise anything
        raise PublicationError([_unusable("extensions", error)]) from error


def _own_extension(path: str, name: str, settings: dict[str, Any]) -> Extension:
    """An extension of a module of the publication's own: loaded from its source, whatever lies compiled beside it.

    Raises:
        PublicationError: the module or the extension cannot be used.
    """
    module, _, wanted = name.partition(":")
    made = ModuleType(module)
    made.__file__ = path
    place = f"extensions/{module.replace('.', '/')}.py"
    try:
        with open(path, "rb") as file:
            exec(compile(file.read(), path, "exec"), made.__dict__)  # noqa: S102  # the newsroom's own code
    except Exception as error:  # it can raise anything
        line = error.lineno if isinstance(error, SyntaxError) else traceback.extract_tb(error.__traceback__)[-1].lineno
        what = f"the Markdown extension `{name}` cannot be loaded: {type(error).__name__}: {error}"
        raise PublicationError([Problem(place, line or 0, what, "mend the extension")]) from error
    try:
        extension = getattr(made, wanted or "makeExtension")(**settings)
        if not isinstance(extension, Extension):
            raise TypeError(f"{type(extension).__name__} is no Markdown extension")
        markdown.Markdown(extensions=[extension])
    except Exception as error:
        raise PublicationError([_unusable(f"`{name}`", error)._replace(path=place)]) from error
    return extension


def _extension_problem(name: str, settings: dict[str, Any]) -> Problem | None:
    """What is wrong with one extension, loaded alone."""
    try:
        markdown.Markdown(extensions=[name], extension_configs={name: settings})
    except ModuleNotFoundError as error:
        if (error.name or "") not in (name, name.partition(":")[0], name.partition(".")[0]):
            return Problem(
                SETTINGS_FILE, 0, f"the Markdown extension `{name}` needs `{error.name}`", f"pip install {error.name}"
            )
        # Reading the packages' metadata is slow to load: only an error needs it.
        from importlib.metadata import entry_points  # noqa: PLC0415

        known = {entry.name for entry in entry_points(group="markdown.extensions")}
        hint = did_you_mean(name, known) or "install the package that it comes from, or correct the name"
        return Problem(SETTINGS_FILE, 0, f"the Markdown extension `{name}` is unknown", hint)
    except KeyError as error:
        return Problem(
            SETTINGS_FILE,
            0,
            f"the Markdown extension `{name}` has no setting {error.args[0] if error.args else ''!r}",
            did_you_mean(str(error.args[0]) if error.args else "", _setting_names(name)),
        )
    except Exception as error:
        return _unusable(f"`{name}`", error)
    return None


def _setting_names(name: str) -> list[str]:
    extension = markdown.Markdown().build_extension(name, {})
    return list(extension.config)


def _unusable(what: str, error: Exception) -> Problem:
    return Problem(
        SETTINGS_FILE,
        0,
        f"the Markdown extension {what} cannot be used: {type(error).__name__}: {error}",
        "see its documentation for the settings that it takes, or remove it from `[markdown] extensions`",
    )


def _thaw(value: object) -> object:
    """Options are frozen to be hashable; extensions expect the lists that TOML has."""
    return [_thaw(item) for item in value] if isinstance(value, tuple) else value
