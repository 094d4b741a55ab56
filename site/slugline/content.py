"""Source files: split front matter from body, load it, write it back.

Splitting is apart from interpreting: :func:`split` knows only the two lines of dashes, :func:`load_front` only YAML,
and the meaning of the keys lives in :mod:`slugline.fields` and :mod:`slugline.parse`. YAML goes through python-frontmatter,
with a reader of our own under it. Lines that are certain are read by :mod:`slugline.front_matter`, all others by PyYAML:

- it reads the scalars of YAML 1.2's core schema, so that ``lang: no`` is Norwegian and not "false", and leaves moments as
  text, so that an impossible one can be reported with its line;
- it refuses anchors and aliases: a few lines of them can expand to gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, cast

import frontmatter
import yaml
from frontmatter.default_handlers import SafeDumper, YAMLHandler
from frontmatter.default_handlers import SafeLoader as FastLoader

from slugline.errors import Problem
from slugline.front_matter import read_certain

__all__ = ["MAX_FRONT_MATTER", "Split", "dump", "key_line", "load_front", "load_yaml", "split"]

MAX_FRONT_MATTER = 256 * 1024
"""Characters; front matter beyond it is a mistake (an unclosed block swallows the body) or an attack."""

_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^([^\s#:'\"\[{&*!|>%@`-][^:\n]*?)[ \t]*:(?=[ \t\n]|$)", re.MULTILINE)

# More than a hundred brackets, or twenty list marks on one line: nesting that only a machine writes.
_NESTED = re.compile(r"(?:[-?:][ \t]+){20}")


class Split(NamedTuple):
    """A source file in two.

    Attributes:
        front: the YAML between the lines of dashes; it begins on line 2 of the file.
        body: the Markdown below, without the blank lines before it.
        body_line: the line of the file on which the body begins, counted from 1.
    """

    front: str
    body: str
    body_line: int


class _RefusedError(yaml.YAMLError):
    """An anchor or an alias; ``line`` is counted from 0 within the front matter."""

    def __init__(self, line: int) -> None:
        super().__init__("anchors and aliases are not allowed")
        self.line = line


# libyaml's loader where PyYAML was built with it: seven times as fast as the pure one.
class _Loader(FastLoader):  # type: ignore[misc, valid-type]
    """The core schema of YAML 1.2, less what is not wanted in front matter."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


class _DeepLoader(yaml.SafeLoader):
    """The same in pure Python: nesting without end is a RecursionError there, and the end of the process in libyaml."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}  # type: ignore[misc]


def _integer(_loader: Any, node: yaml.ScalarNode) -> int:
    return int(node.value)


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+0123456789."),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    for _kind in (_Loader, _DeepLoader):
        _kind.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))
        # PyYAML reads "010" as octal, as YAML 1.1 had it; in 1.2 it is ten.
        _kind.add_constructor("tag:yaml.org,2002:int", _integer)


class _Handler(YAMLHandler):
    """python-frontmatter's YAML for one file, whose split is known, loaded the way this module wants it.

    ``certain`` says after loading that no parser was needed; such front matter has no key twice.
    """

    def __init__(self, front: str = "") -> None:
        super().__init__()
        self.front = front
        self.certain = False

    def split(self, text: str) -> tuple[str, str]:
        return self.front, text

    def load(self, fm: str, **kwargs: object) -> Any:
        certain = read_certain(fm)
        if certain is not None:
            self.certain = True
            return certain
        if "&" in fm or "*" in fm:
            _refuse_aliases(fm)
        deep = fm.count("[") + fm.count("{") > 100 or _NESTED.search(fm)
        return super().load(fm, Loader=_DeepLoader if deep else _Loader, **kwargs)


def split(text: str) -> Split:
    """Split a source file at the two lines of three dashes.

    A file that does not begin with such a line has no front matter. One that opens a block and never closes it has all
    of its text in the block: loading it then fails with the line.
    """
    if text.startswith("---\n"):
        # Nearly always both lines are dashes and nothing else.
        at = text.find("\n---", 3) + 1
        if at and text.startswith("\n", at + 3):
            front, rest = text[4:at], text[at + 4 :]
            body = rest.lstrip("\n")
            return Split(front, body, front.count("\n") + 3 + len(rest) - len(body))
    opening = _RULE.match(text)
    if not opening:
        return Split("", text, 1)
    start = opening.end() + 1
    closing = _RULE.search(text, start)
    if not closing:
        return Split(text[start:], "", text.count("\n") + 1)
    rest = text[closing.end() + 1 :]
    body = rest.lstrip("\n")
    line = text.count("\n", 0, closing.end()) + 2 + len(rest) - len(body)
    return Split(text[start : closing.start()], body, line)


def load_front(text: str, path: str, parts: Split | None = None) -> tuple[dict[str, Any], list[Problem]]:
    """The front matter of a source file as a mapping; if anything is wrong, the problems and an empty mapping.

    ``parts`` are those of the text, where the caller has split it already.
    """
    parts = parts or split(text)
    if not parts.front and not _RULE.match(text):
        return {}, []
    if not parts.body and not _RULE.search(text, 4):
        return {}, [Problem(path, 1, "the front matter is never closed", "put a line of `---` after it")]
    if len(parts.front) > MAX_FRONT_MATTER:
        return {}, [Problem(path, 1, f"the front matter is longer than {MAX_FRONT_MATTER // 1024} KB", "shorten it")]
    try:
        # The text is not handed over: it would be searched and copied for nothing.
        handler = _Handler(parts.front)
        loaded, _ = frontmatter.parse("", handler=handler)
    except _YAML_ERRORS as error:
        return {}, [_yaml_problem(error, parts.front, path)]
    if handler.certain:
        return cast("dict[str, Any]", loaded), []
    problems = []
    if not loaded and parts.front.strip():
        lines = [line for line in parts.front.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if lines:
            hint = "write it as `key: value`, one a line"
            problems.append(Problem(path, 2, "the front matter is not a list of keys and values", hint))
    keys = _KEY.findall(parts.front)
    if len(keys) != len(set(keys)):
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            first = key_line(parts.front, key)
            line = key_line(parts.front, key, after=first)
            problems.append(Problem(path, line, f"`{key}` is written twice (first on line {first})", "delete one of them"))
    if any(not isinstance(key, str) for key in loaded):
        strange = next(key for key in loaded if not isinstance(key, str))
        problems.append(Problem(path, 2, f"the key `{strange}` is not text", "put it in quotes"))
    return ({} if problems else cast("dict[str, Any]", loaded)), problems


def load_yaml(text: str, path: str) -> tuple[Any, list[Problem]]:
    """A YAML file of data, whatever it holds, under the rules of front matter; if anything is wrong, None and the problem."""
    try:
        return _Handler().load(text), []
    except _YAML_ERRORS as error:
        problem = _yaml_problem(error, text, path)
        # There is no line of dashes before it to count, and none after it on which it could end.
        line = min(problem.line - 1, text.count("\n") + 1)
        return None, [problem._replace(line=line, message=problem.message.replace("front matter", "data"))]


def key_line(front: str, key: str, after: int = 1) -> int:
    """The line of a top-level key in the file, beyond line ``after``; 1 where it is not there."""
    for number, line in enumerate(front.split("\n"), 2):
        if number > after and line.startswith(key) and line[len(key) :].lstrip().startswith(":"):
            return number
    return 1


class _Dumper(SafeDumper):  # type: ignore[misc, valid-type]
    """Writes moments without quotes, as people do, and still quotes all else that another YAML reader would misread."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in SafeDumper.yaml_implicit_resolvers.items()
    }


def dump(meta: Mapping[str, object], body: str) -> str:
    """A source file from front matter and body; ``load_front`` and ``split`` of it give both back.

    The order of keys and the script of texts are preserved. The body ends with one newline.
    """
    post = frontmatter.Post("", None)
    post.metadata = dict(meta)
    head = frontmatter.dumps(post, handler=_Handler(), Dumper=_Dumper, sort_keys=False, width=10_000)
    text = body.strip("\n")
    return f"{head}\n\n{text}\n" if text else f"{head}\n"


def _refuse_aliases(front: str) -> None:
    # In tokens an alias differs from an ampersand inside a text; nothing is expanded while scanning.
    for token in yaml.scan(front, Loader=FastLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            raise _RefusedError(token.start_mark.line)


# PyYAML's constructors of explicit tags (`!!timestamp x`) raise whatever their conversion does.
_YAML_ERRORS = (yaml.YAMLError, RecursionError, ValueError, LookupError, AttributeError, TypeError)


def _yaml_problem(error: BaseException, front: str, path: str) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(path, 2, "the front matter is nested too deeply", "write it flatter")
    if not isinstance(error, yaml.YAMLError):
        hint = "tags such as `!!timestamp` are not needed; check its YAML"
        return Problem(path, 2, f"the front matter cannot be read: {error}", hint)
    if isinstance(error, _RefusedError):
        hint = "write the value out; a text that begins with `&` or `*` needs quotes"
        return Problem(path, error.line + 2, "YAML anchors and aliases are not allowed in front matter", hint)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line if mark else 0
    lines = front.split("\n")
    written = lines[line] if line < len(lines) else ""
    reason = str(getattr(error, "problem", "") or error)
    began = getattr(error, "context_mark", None)
    if began and "unexpected end of stream" in reason:
        # What is not closed is to be mended where it was opened.
        line = began.line
    hint = "check its YAML"
    if written[: len(written) - len(written.lstrip())].count("\t"):
        return Problem(path, line + 2, "the front matter has a tab", "indent with spaces")
    if "mapping values are not allowed" in reason:
        hint = "put a value that has a colon in it into quotes"
    elif "special characters are not allowed" in reason or "control characters" in reason:
        hint = "remove the invisible control character"
    elif "expected <block end>" in reason or "could not find expected ':'" in reason:
        hint = "check the indentation and the quotes of this line and the one before"
    elif "unexpected end of stream" in reason or "found unexpected" in reason:
        hint = "close the quote or bracket"
    elif "could not determine a constructor" in reason:
        hint = "tags such as `!name` are not allowed"
    return Problem(path, line + 2, f"the front matter is not valid YAML: {reason}", hint)
