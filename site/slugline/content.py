"""Source files: split front matter from body, load it, write it back.

Splitting is apart from interpreting: :func:`split` knows only the two lines of dashes, :func:`load_front` only YAML,
and the meaning of the keys lives in :mod:`slugline.fields` and :mod:`slugline.parse`. YAML goes through python-frontmatter,
with a reader of our own under it. Lines that are certain are read by :mod:`slugline.front_matter`, all others by PyYAML:

- it reads the scalars of YAML 1.2's core schema, so that ``lang: no`` is Norwegian and not "false", and leaves moments as
  text, so that an impossible one can be reported with its line;
- its numbers remember how they were written;
- it reports what YAML passes over: a key written twice, a text cut by a ` #`;
- it refuses anchors and aliases: a few lines of them can expand to gigabytes.

Longer than others: a third of it are the words for what can be wrong with YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, cast

import frontmatter
import yaml
from frontmatter.default_handlers import SafeDumper, YAMLHandler
from frontmatter.default_handlers import SafeLoader as FastLoader

from slugline.cpu_limit import OutOfTime, cpu_limit
from slugline.errors import Problem
from slugline.front_matter import read_certain
from slugline.front_matter_forms import end_hint, other_form, text_line
from slugline.written import NUMBERS, as_written, read_float, read_int
from slugline.yaml_notes import CutText, RepeatedKey, cut_texts, repeated_keys

__all__ = ["MAX_FRONT_MATTER", "Split", "dump", "key_line", "load_front", "load_yaml", "split"]

MAX_FRONT_MATTER = 256 * 1024
"""Characters; front matter beyond it is a mistake (an unclosed block swallows the body) or an attack."""

_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)

_ONLY_TEXTS = frozenset((str,))
_SECONDS = 5.0
"""Of processor time, for the front matter or the data of one file."""
_SHORT = 10_000

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


def _integer(_loader: Any, node: yaml.ScalarNode) -> int | str:
    return read_int(node.value)


def _decimal(_loader: Any, node: yaml.ScalarNode) -> float | str:
    return read_float(node.value)


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
        _kind.add_constructor("tag:yaml.org,2002:float", _decimal)


class _Handler(YAMLHandler):
    """python-frontmatter's YAML for one file, whose split is known, loaded the way this module wants it.

    Attributes, after loading:
        repeated, cut: what YAML passes over; nothing where no parser was needed.
    """

    def __init__(self, front: str = "") -> None:
        super().__init__()
        self.front = front
        self.repeated: list[RepeatedKey] = []
        self.cut: list[CutText] = []

    def split(self, text: str) -> tuple[str, str]:
        return self.front, text

    def load(self, fm: str, **_: object) -> Any:
        # What is short takes no time, whatever it is.
        if len(fm) <= _SHORT:
            return self._load(fm)
        with cpu_limit(_SECONDS):
            return self._load(fm)

    def _load(self, fm: str) -> Any:
        certain = read_certain(fm)
        if certain is not None:
            return certain
        if "&" in fm or "*" in fm:
            _refuse_aliases(fm)
        deep = fm.count("[") + fm.count("{") > 100 or _NESTED.search(fm)
        loader = (_DeepLoader if deep else _Loader)(fm)
        try:
            root = loader.get_single_node()
            self.repeated = list(repeated_keys(root))
            if "#" in fm:
                self.cut = list(cut_texts(root, fm.split("\n")))
            return None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()


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
    """The front matter of a source file as a mapping, with warnings; if anything is wrong, an empty one with the errors.

    ``parts`` are those of the text, where the caller has split it already.
    """
    parts = parts or split(text)
    if not parts.front and not _RULE.match(text):
        other = other_form(text, path)
        return {}, [other] if other else []
    if not parts.body and not _RULE.search(text, 4):
        return {}, [Problem(path, 1, "the front matter is never closed", end_hint(parts.front))]
    if len(parts.front) > MAX_FRONT_MATTER:
        return {}, [Problem(path, 1, f"the front matter is longer than {MAX_FRONT_MATTER // 1024} KB", "shorten it")]
    handler = _Handler(parts.front)
    try:
        # The text is not handed over: it would be searched and copied for nothing.
        loaded, _ = frontmatter.parse("", handler=handler)
    except OutOfTime:
        return {}, [Problem(path, 2, f"the front matter takes more than {_SECONDS:.0f} seconds to read", "shorten it")]
    except _YAML_ERRORS as error:
        problem = _yaml_problem(error, parts.front, path)
        begins = text_line(parts.front)
        if 0 < begins <= problem.line + 1:
            hint = f"if the text begins on line {begins}, put a line of `---` above it; else {problem.hint}"
            problem = problem._replace(hint=hint)
        return {}, [problem]
    problems = _notes(handler, path, 2) if handler.repeated or handler.cut else []
    if not loaded and parts.front.strip():
        lines = [line for line in parts.front.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if lines:
            hint = "write it as `key: value`, one a line"
            problems.append(Problem(path, 2, "the front matter is not a list of keys and values", hint))
    if not _ONLY_TEXTS.issuperset(map(type, loaded)):
        strange = as_written(next(key for key in loaded if not isinstance(key, str)))
        line = key_line(parts.front, strange)
        problems.append(Problem(path, max(line, 2), f"the key `{strange}` is not text", "put it in quotes"))
    failed = bool(problems) and any(problem.severity == "error" for problem in problems)
    return ({} if failed else cast("dict[str, Any]", loaded)), problems


def load_yaml(text: str, path: str) -> tuple[Any, list[Problem]]:
    """A YAML file of data, whatever it holds, under the rules of front matter, with warnings; None where there is an error."""
    handler = _Handler()
    try:
        value = handler.load(text)
    except OutOfTime:
        return None, [Problem(path, 0, f"the data takes more than {_SECONDS:.0f} seconds to read", "write it as JSON")]
    except _YAML_ERRORS as error:
        problem = _yaml_problem(error, text, path)
        # There is no line of dashes before it to count, and none after it on which it could end.
        line = min(problem.line - 1, text.count("\n") + 1)
        return None, [problem._replace(line=line, message=problem.message.replace("front matter", "data"))]
    problems = _notes(handler, path, 1)
    return (None if any(problem.severity == "error" for problem in problems) else value), problems


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


def _written(dumper: Any, number: object) -> yaml.ScalarNode:
    text = as_written(number)
    # With the tag that its form alone means to the dumper, it is written without quotes.
    return cast("yaml.ScalarNode", dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, text, (True, False)), text))


for _number in NUMBERS:
    _Dumper.add_representer(_number, _written)


def dump(meta: Mapping[str, object], body: str) -> str:
    """A source file from front matter and body; ``load_front`` and ``split`` of it give both back.

    The order of keys and the script of texts are preserved. The body ends with one newline.
    """
    post = frontmatter.Post("", None)
    post.metadata = dict(meta)
    head = frontmatter.dumps(post, handler=_Handler(), Dumper=_Dumper, sort_keys=False, width=10_000)
    text = body.strip("\n")
    return f"{head}\n\n{text}\n" if text else f"{head}\n"


def _notes(handler: _Handler, path: str, first_line: int) -> list[Problem]:
    """What YAML passes over in a text whose first line is this line of the file."""
    problems = [
        Problem(
            path, line + first_line, f"`{key}` is written twice (first on line {first + first_line})", "delete one of them"
        )
        for key, line, first in handler.repeated
    ]
    for read, whole, line in handler.cut:
        message = f"`#` begins a comment: {f'of this text only `{read}`' if read else 'nothing of this text'} is read"
        quoted = f"'{whole.replace(chr(39), chr(39) * 2)}'" if '"' in whole else f'"{whole}"'
        problems.append(Problem(path, line + first_line, message, f"put it in quotes: {quoted}", "warning"))
    return problems


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
    if began and ("unexpected end of stream" in reason or "could not find expected ':'" in reason):
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
    elif "expected ',' or" in reason and " #" in lines[began.line if began else line]:
        hint = "close the bracket; a text with a `#` in it needs quotes"
    elif "unexpected end of stream" in reason or "found unexpected" in reason:
        hint = "close the quote or bracket"
    elif "could not determine a constructor" in reason:
        hint = "tags such as `!name` are not allowed"
    return Problem(path, line + 2, f"the front matter is not valid YAML: {reason}", hint)
