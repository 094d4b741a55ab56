"""The Jinja environment of a theme, what each template depends on, and errors that name the template's line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateSyntaxError, meta, nodes, pass_context
from jinja2.exceptions import TemplateNotFound, UndefinedError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.runtime import Context
from jinja2.tests import TESTS as DEFAULT_TESTS
from markupsafe import Markup

from slugline.errors import Problem
from slugline.extensions.loading import NO_EXTENSIONS, Extension, ExtensionFailed, Extensions
from slugline.files import digest
from slugline.theme.bytecode import TemplateCache
from slugline.theme.filters import FILTERS
from slugline.theme.jinja import ThemeEnvironment
from slugline.theme.shared import SharedTag

__all__ = ["ANY_TEMPLATE", "ThemeTemplates", "Uses", "distinct_problems", "render_problem", "taken_names", "template_digests"]

_NAMES_OTHERS = re.compile(r"\b(?:extends|include|import)\b")

ANY_TEMPLATE = "*"
"""In a template's dependencies: it chooses a template by name while it runs, so all of them count."""


class _Loader(BaseLoader):
    """Loads templates by name from the files of a theme's chain."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:  # noqa: ARG002
        path = self.files.get(template)
        if path is None:
            raise TemplateNotFound(template)
        source = path.read_text(encoding="utf-8")
        return source, template, lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self.files)


class ThemeTemplates:
    """The templates of a theme, ready to render.

    Args:
        files: the names of templates, and the path of each.
        labels: how errors name each.
        cache: a folder for compiled templates, so that a new process need not compile them; None for none.
        extensions: filters and tests that the publication adds.
    """

    def __init__(
        self,
        files: Mapping[str, Path],
        labels: Mapping[str, str],
        cache: Path | None,
        extensions: Extensions = NO_EXTENSIONS,
    ) -> None:
        self.files = files
        self.labels = labels
        bytecode = TemplateCache(str(cache)) if cache is not None else None
        self.environment = ThemeEnvironment(
            loader=_Loader(files),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            bytecode_cache=bytecode,
            auto_reload=False,
            cache_size=-1,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", SharedTag],
        )
        self.environment.filters.update(FILTERS)
        for one in extensions.of("filter").values():
            self.environment.filters[one.declared.name] = _called(extensions, one)
        for one in extensions.of("test").values():
            self.environment.tests[one.declared.name] = _called(extensions, one)
        self.environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}

    def forget(self, names: Iterable[str]) -> None:
        """Read and compile these anew when they are next used."""
        self.environment.forget(set(names))

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The text that a template makes of a context."""
        return self.environment.get_template(template).render(context)

    def render_text(self, name: str, source: str, context: Mapping[str, Any]) -> str:
        """The text that a template's source makes; for assets, whose text is not HTML and is not escaped."""
        # Run once: working out beforehand what never changes would cost more than it saves.
        overlay = self.environment.overlay(autoescape=False, optimized=False)
        code = overlay.compile(source, name, name)
        template = overlay.template_class.from_code(overlay, code, overlay.make_globals(None))
        return template.render(context)

    def text_of(self, name: str) -> Markup:
        """A file of the theme as it is, to be set into a page (an icon's SVG)."""
        return Markup(self.files[name].read_text(encoding="utf-8"))  # noqa: S704  # the theme is trusted


def _called(extensions: Extensions, one: Extension) -> Callable[..., Any]:
    """A function of an extension, as Jinja calls it: never while a template is compiled, which is for ever."""

    @pass_context
    def call(_: Context, *arguments: Any, **options: Any) -> Any:
        return extensions.call(one, *arguments, **options)

    return call


def taken_names() -> dict[str, frozenset[str]]:
    """The names of filters and tests that templates have without any extension."""
    return {"filter": frozenset((*DEFAULT_FILTERS, *FILTERS)), "test": frozenset(DEFAULT_TESTS)}


Uses = tuple[bytes, frozenset[str]]
"""The digest of a template's file, and the templates that it names, with the filters and tests that are not Slugline's."""


def template_digests(
    templates: ThemeTemplates, digests: Mapping[str, bytes], known: dict[str, Uses], added: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """For each template the digest of all it may use: itself, its parents, includes, imports, theirs, and so on.

    A template that is named but absent counts as absent, so that adding it is noticed. One that is named by an expression
    makes every template of the theme count.

    Args:
        templates: the theme.
        digests: the digest of each file by name.
        known: what templates use, by name, from another time; brought up to date, and read where a file is the same.
        added: a digest of each filter and test that extensions add ("filter shout").

    Returns:
        Digests in hexadecimal by template, and the problems of templates that are no Jinja.
    """
    environment = templates.environment
    uses: dict[str, frozenset[str]] = {}
    problems = []
    taken = taken_names()
    # A file of any other ending is a template as soon as a template names it, and may name further ones itself.
    pending = [name for name in templates.files if name.endswith((".html", ".xml", ".txt", ".jinja"))]
    while pending:
        name = pending.pop()
        if name in uses or name not in templates.files:
            continue
        if name in known and known[name][0] == digests[name]:
            uses[name] = known[name][1]
            pending += uses[name]
            continue
        try:
            source = templates.files[name].read_text(encoding="utf-8")
            if name.startswith("assets/") and not _NAMES_OTHERS.search(source):
                # Its mistakes are found when it is rendered, as it is whenever it changed.
                uses[name] = frozenset()
                known[name] = (digests[name], uses[name])
                continue
            tree = environment.parse(source, name, name)
        except TemplateSyntaxError as error:
            problems.append(_syntax_problem(error, templates, name))
            continue
        except UnicodeDecodeError:
            problems.append(Problem(templates.labels[name], 0, "the template is not UTF-8 text", "save it as UTF-8"))
            continue
        named = (used or ANY_TEMPLATE for used in meta.find_referenced_templates(tree))
        uses[name] = frozenset((*named, *_added_names(tree, taken)))
        known[name] = (digests[name], uses[name])
        pending += uses[name]
    whole = digest(*(f"{name}{digests[name].hex()}" for name in sorted(templates.files)), *sorted(added.values()))
    found = {}
    for name in uses:
        closure = _closure(name, uses)
        if ANY_TEMPLATE in closure:
            found[name] = whole.hex()
        else:
            parts = (
                f"{used}:{digests[used].hex() if used in digests else added.get(used, 'absent')}" for used in sorted(closure)
            )
            found[name] = digest(*parts).hex()
    return found, problems


def _added_names(tree: nodes.Template, taken: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The filters and tests in a template that only an extension can have added."""
    yield from (f"filter {one.name}" for one in tree.find_all(nodes.Filter) if one.name not in taken["filter"])
    yield from (f"test {one.name}" for one in tree.find_all(nodes.Test) if one.name not in taken["test"])


_PAGE = " (while rendering "
_OTHERS = " and other pages)"
_IMPORTED = re.compile(r"imported on line (\d+) in '([^']+)'")
_NO_SUCH = re.compile(r"^'slugline\.[\w.]*?(\w+) object' has no attribute '(\w+)'$")


def render_problem(error: Exception, templates: ThemeTemplates, page: str) -> Problem:
    """The problem of a template that failed, in the words of the person who can mend it."""
    if isinstance(error, ExtensionFailed):
        return error.problem._replace(message=f"{error.problem.message} (while rendering {page})")
    name, line = templates.environment.place(*_place(error.__traceback__, templates.files))
    label = templates.labels.get(name, name)
    if isinstance(error, TemplateSyntaxError):
        return _syntax_problem(error, templates, error.name or name)
    if isinstance(error, UndefinedError):
        message = _NO_SUCH.sub(_plainly, error.message or "a value is not there")
        if found := _IMPORTED.search(message):
            other, at = templates.environment.place(found[2], int(found[1]))
            message = f"{message[: found.start()]}imported on line {at} in {other!r}{message[found.end() :]}"
        return Problem(label, line, f"{message} (while rendering {page})", "see docs/themes.md for what there is")
    if isinstance(error, TemplateNotFound):
        return Problem(label, line, f"there is no template `{error.name}`", f"add it to the theme; {page} needs it")
    return Problem(label, line, f"{type(error).__name__}: {error} (while rendering {page})", "mend the template")


def distinct_problems(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of many pages, without repeats: those that say the same of one line of a template become one."""
    alike: dict[tuple[str, int, str, str], list[Problem]] = {}
    for problem in problems:
        key = (problem.path, problem.line, problem.message.partition(_PAGE)[0], problem.hint)
        alike.setdefault(key, []).append(problem)
    found = []
    for repeats in alike.values():
        first = repeats[0]
        if any(problem.message != first.message for problem in repeats):
            first = first._replace(message=f"{first.message.removesuffix(')')}{_OTHERS}")
        found.append(first)
    return found


def _plainly(match: re.Match[str]) -> str:
    """The message in a template's terms instead of Python's: an ``ArticleView`` is an article."""
    if match[1] == "TemplateQueries":
        return f"`query` has no `{match[2]}`"
    if match[1] == "Extra":
        key = match[2]
        return f"the front matter has no `{key}`: where it is optional, write `extra.get(\"{key}\")`"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1].removesuffix("View")).lower()
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} has no `{match[2]}`"


def _syntax_problem(error: TemplateSyntaxError, templates: ThemeTemplates, name: str) -> Problem:
    label = templates.labels.get(error.name or name, error.name or name)
    return Problem(label, error.lineno, f"the template is not valid: {error.message}", "mend the template")


def _place(trace: TracebackType | None, names: Iterable[str]) -> tuple[str, int]:
    """The innermost line of a template in a traceback; Jinja gives its frames the templates' names and lines."""
    known = set(names)
    found = ("", 0)
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name in known:
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _closure(name: str, uses: Mapping[str, frozenset[str]]) -> set[str]:
    closure: set[str] = set()
    pending = [name]
    while pending:
        used = pending.pop()
        if used not in closure:
            closure.add(used)
            pending += uses.get(used, ())
    return closure

