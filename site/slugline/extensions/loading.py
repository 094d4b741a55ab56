"""The files of an ``extensions/`` folder → what they add; each is loaded from its path, under a name that no package has.

A file whose name begins with an underscore is a helper: it adds nothing itself, and others import it by
``from extensions import _names`` or ``import extensions._names``. What a helper says counts for every file.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import Any, NamedTuple

from slugline.errors import Problem, PublicationError
from slugline.extensions.declaring import Declared, collected
from slugline.extensions.watching import watched
from slugline.files import digest, digest_file, walk

__all__ = ["NO_EXTENSIONS", "Extension", "ExtensionFailed", "ExtensionSource", "Extensions", "extensions_in"]

_PACKAGE = "extensions"
_OF_PACKAGE = "package "

_END = object()

_loaded: dict[str, list[Declared]] = {}
"""What a module of a package has declared: it runs once a process."""


class ExtensionSource(NamedTuple):
    """The files of a publication's extensions, as a value that can be sent to another process.

    Attributes:
        folder: their folder; empty where there are none.
        digests: of each file, by its path below the folder.
        packages: names of installed packages that the settings name, and the module of each.
    """

    folder: str = ""
    digests: tuple[tuple[str, bytes], ...] = ()
    packages: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.digests or self.packages)

    def mark(self, file: str) -> str:
        """A digest, in hexadecimal, of a file and of the helpers that it may use.

        Of a package it is its name's: other code of one makes another build state.
        """
        if file.startswith(_OF_PACKAGE):
            return digest(file).hex()
        parts = [f"{name} {value.hex()}" for name, value in self.digests if name == file or _is_helper(name)]
        return digest(*parts).hex()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that add something."""
        return tuple(name for name, _ in self.digests if name.endswith(".py") and not _is_helper(name))


class Extension(NamedTuple):
    """One thing that is added, and the file that it is from."""

    declared: Declared
    file: str

    @property
    def place(self) -> str:
        """How errors name the file."""
        return self.file if self.file.startswith(_OF_PACKAGE) else f"{_PACKAGE}/{self.file}"

    @property
    def line(self) -> int:
        """Where the function begins."""
        code = getattr(self.declared.function, "__code__", None)
        return int(code.co_firstlineno) if code else 0


class ExtensionFailed(Exception):  # a state of affairs, told in full
    """A function of an extension has raised; ``problem`` says where and what."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.path}:{problem.line}: {problem.message}")
        self.problem = problem

    @classmethod
    def at(cls, extension: Extension, message: str, hint: str) -> ExtensionFailed:
        """What is wrong with what a function has returned."""
        return cls(Problem(extension.place, extension.line, message, hint))


class Extensions:
    """What a publication's extensions add.

    Raises:
        PublicationError: files that cannot be loaded, two things of one name, a path that is none; all of them.
    """

    def __init__(self, source: ExtensionSource, *, taken: Mapping[str, frozenset[str]] | None = None) -> None:
        """``taken``: names of filters and tests that Slugline has itself, by kind."""
        self.source = source
        self.found: dict[tuple[str, str], Extension] = {}
        problems: list[Problem] = []
        with _importable(source.folder) if source.files else _nothing():
            for file in source.files:
                problems += self._load(file, taken or {})
        for name, module in source.packages:
            problems += self._load_package(name, module, taken or {})
        if problems:
            raise PublicationError(problems)

    def of(self, kind: str) -> dict[str, Extension]:
        """Those of one kind, by name."""
        return {name: one for (found, name), one in self.found.items() if found == kind}

    def call(self, extension: Extension, *arguments: Any, **options: Any) -> Any:
        """Call a function.

        Raises:
            ExtensionFailed: it raised.
        """
        try:
            with watched(self.source.folder):
                return extension.declared.function(*arguments, **options)
        except Exception as error:  # what a newsroom wrote may raise anything
            raise ExtensionFailed(self._problem(extension.file, error)) from error

    def call_all(self, extension: Extension, *arguments: Any) -> Iterator[Any]:
        """What a function gives one by one; raises as :meth:`call` does."""
        # An importer reads the file that it is given.
        free = extension.declared.kind == "importer"
        try:
            with nullcontext() if free else watched(self.source.folder):
                given = iter(extension.declared.function(*arguments) or ())
            while True:
                # A generator runs while the next thing is taken, and whoever takes it may read what it likes.
                with nullcontext() if free else watched(self.source.folder):
                    one = next(given, _END)
                if one is _END:
                    return
                yield one
        except Exception as error:
            raise ExtensionFailed(self._problem(extension.file, error)) from error

    def _load(self, file: str, taken: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
        path = os.path.join(self.source.folder, file)
        try:
            with collected() as declared:
                _module(f"{_PACKAGE}.{file.removesuffix('.py').replace('/', '.')}", path)
        except SyntaxError as error:
            yield Problem(f"{_PACKAGE}/{file}", error.lineno or 0, f"not valid Python: {error.msg}", "mend the line")
            return
        except Exception as error:  # what a newsroom wrote may raise anything
            yield self._problem(file, error)
            return
        yield from self._add(declared, file, taken)

    def _load_package(self, name: str, module: str, taken: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
        if module not in _loaded:
            try:
                with collected() as declared:
                    known = sys.modules.get(module)
                    _ = importlib.reload(known) if known else importlib.import_module(module)
                _loaded[module] = declared
            except Exception as error:  # whatever is wrong with it
                what = f"the package `{name}` cannot be loaded: {type(error).__name__}: {error}"
                yield Problem("slugline.toml", 0, what, "install another version, or take it out of `extensions.packages`")
                return
        yield from self._add(_loaded[module], f"{_OF_PACKAGE}{name}", taken)

    def _add(self, declared: list[Declared], file: str, taken: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
        for one in declared:
            line, place = Extension(one, file).line, Extension(one, file).place
            if one.name in taken.get(one.kind, ()):
                what = f"templates have the {one.kind} `{one.name}` already"
                yield Problem(place, line, what, "give the function another name")
            elif (one.kind, one.name) in self.found:
                other = self.found[one.kind, one.name].place
                yield Problem(place, line, f"another {one.kind} `{one.name}` is in {other}", "rename one of them")
            elif one.kind == "output" and not _is_path(one.name):
                yield Problem(place, line, f"`{one.name}` is no path of a file", "write it as `/latest.json`")
            elif one.kind == "importer" and not (one.name.startswith(".") and len(one.name) > 1):
                yield Problem(place, line, f"`{one.name}` is no ending of files", "write it as `.quark`")
            else:
                self.found[one.kind, one.name] = Extension(one, file)

    def _problem(self, file: str, error: Exception) -> Problem:
        """Where in the publication's own files an error came up, and what it says."""
        if file.startswith(_OF_PACKAGE):
            last = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            return Problem(last.filename, last.lineno or 0, f"{what} (in the {file})", "report it to those who make it")
        place, line = file, 0
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(os.path.join(self.source.folder, "")):
                place = os.path.relpath(frame.filename, self.source.folder).replace(os.sep, "/")
                line = frame.lineno or 0
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return Problem(f"{_PACKAGE}/{place}", line, what, "mend the extension")


def extensions_in(root: str | os.PathLike[str], packages: tuple[tuple[str, str], ...] = ()) -> ExtensionSource:
    """The extensions of a publication, as they lie on disk, with those of packages."""
    folder = os.path.join(root, _PACKAGE)
    names: list[str] = []
    for inside, files, _ in walk(folder, closed=[]):
        if "__pycache__" not in inside.split("/"):
            names += (f"{inside}/{name}" if inside else name for name, _ in files)
    digests = tuple((name, digest_file(os.path.join(folder, name))[0]) for name in sorted(names))
    return ExtensionSource(os.path.abspath(folder) if digests else "", digests, packages)


def _is_helper(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("/")) or not name.endswith(".py")


def _is_path(path: str) -> bool:
    parts = path.split("/")
    plain = path.startswith("/") and not path.endswith("/") and "\\" not in path and "\0" not in path
    return plain and all(part and part not in (".", "..") for part in parts[1:])


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _importable(folder: str) -> Iterator[None]:
    """Let the files in a folder import each other as parts of a package; anew, if they were loaded before."""
    for name in [name for name in sys.modules if name == _PACKAGE or name.startswith(f"{_PACKAGE}.")]:
        del sys.modules[name]
    package = ModuleType(_PACKAGE)
    package.__path__ = [folder]
    sys.modules[_PACKAGE] = package
    # A file that was written twice in a second would be taken for its compiled self.
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _module(name: str, path: str) -> None:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    with open(path, "rb") as file:
        # From the source, whatever lies compiled beside it.
        exec(compile(file.read(), path, "exec"), module.__dict__)  # noqa: S102  # the newsroom's own code


NO_EXTENSIONS = Extensions(ExtensionSource())
"""Of a publication that has none."""

