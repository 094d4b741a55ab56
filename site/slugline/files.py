"""Files: hash, walk, join safely, write whole. The only place of the package that writes files.

Longer than others: it is the one place that writes files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import unicodedata
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path

from slugline.errors import OutputError, UsageError

try:
    # The module behind hashlib's: hashlib loads OpenSSL, which takes as long as all else that a small build loads.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = [
    "DIGEST_BYTES",
    "Folder",
    "cannot_write",
    "copy_atomic",
    "copy_plain",
    "digest",
    "digest_file",
    "number_of",
    "on_disk",
    "passed_over",
    "read_cached",
    "relative_path",
    "remove_left_parts",
    "remove_tree",
    "safe_join",
    "walk",
    "write_atomic",
    "write_cached",
    "write_plain",
]

DIGEST_BYTES = 16
"""Digests are 128 bits of BLAKE2b: chance collisions do not happen in a publication's lifetime."""

_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)

_OF_SYSTEMS = frozenset(("Thumbs.db", "desktop.ini", "Desktop.ini"))
"""Files that Windows makes in folders by itself."""

Folder = list[tuple[str, os.stat_result]]
"""The regular files of one folder: name and stat, sorted by name."""


def digest(*parts: bytes | str) -> bytes:
    """A 16-byte digest of the parts, each prefixed with its length so that ("ab", "c") and ("a", "bc") differ."""
    # One call for all of it: they are many, and mostly short.
    pieces = []
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        pieces.append(len(raw).to_bytes(8, "little"))
        pieces.append(raw)
    return blake2b(b"".join(pieces), digest_size=DIGEST_BYTES).digest()


def number_of(text: str) -> int:
    """A text as a number of 64 bits with a sign, as SQLite stores them."""
    raw = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "little", signed=True)


def digest_file(path: str) -> tuple[bytes, int]:
    """The digest of a file's bytes, equal to ``digest(bytes)``, and its size; the file is never in memory as a whole."""
    size = os.stat(path).st_size
    state = blake2b(size.to_bytes(8, "little"), digest_size=DIGEST_BYTES)
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            state.update(block)
    return state.digest(), size


def relative_path(path: str) -> str:
    """A path with forward slashes and in Unicode's NFC, as every path in the catalog is written.

    macOS hands out decomposed names; a link typed by an editor is composed. One form makes them meet.
    """
    normal = path.replace(os.sep, "/")
    return normal if normal.isascii() else unicodedata.normalize("NFC", normal)


def on_disk(root: str, path: str) -> str:
    """Where a file lies whose path is in NFC: a disk may hold its name in another form, and not find it by this one."""
    place = os.path.join(root, path)
    if path.isascii() or os.path.lexists(place):
        return place
    place = root
    for part in path.split("/"):
        deeper = os.path.join(place, part)
        if not os.path.lexists(deeper) and os.path.isdir(place):
            same = (name for name in sorted(os.listdir(place)) if relative_path(name) == part)
            deeper = os.path.join(place, next(same, part))
        place = deeper
    return place


def safe_join(root: str | os.PathLike[str], relative: str) -> Path:
    """The path of ``relative`` below ``root``.

    Raises:
        UsageError: the path would leave the root, by ``..``, by being absolute, or through a symbolic link.
    """
    base = Path(root).resolve()
    if "\0" in relative or "\\" in relative or relative.startswith("/") or ".." in relative.split("/"):
        raise UsageError(f"the path `{relative}` leaves its folder")
    target = base / relative
    if not target.resolve().is_relative_to(base):
        raise UsageError(f"the path `{relative}` leads out of its folder through a symbolic link")
    return target


def walk(
    root: str | os.PathLike[str], below: str = "", closed: list[tuple[str, str]] | None = None, *, dotted: bool = False
) -> Iterator[tuple[str, Folder, list[str]]]:
    """Every folder below the root, the root first: its path relative to the root, its files, and its symbolic links.

    With ``below``, a path relative to the root, only that folder and what is in it. A folder that may not be read is added to
    ``closed``, its path relative to the root and the system's reason; without such a list, the system's error is raised.

    What :func:`passed_over` names is passed over (``dotted``: but for names that mean something to a web server, as
    ``.well-known`` does), and so is what is no file (a pipe would be read for ever). Links are not
    followed: one that leaves the root could publish a file that nobody meant to publish, so the caller gets each and decides.
    """
    pending = [below]
    top = os.fspath(root)
    while pending:
        folder = pending.pop()
        files: Folder = []
        links: list[str] = []
        deeper: list[str] = []
        try:
            with _entries(os.path.join(top, folder) if folder else top) as entries:
                if entries is None:
                    continue
                for entry in entries:
                    name = entry.name
                    passed = name[0] == "." or name[-1] == "~" or (name[0] == name[-1] == "#") or name in _OF_SYSTEMS
                    if passed and not (dotted and name in _OF_SERVERS):
                        continue
                    if entry.is_file(follow_symlinks=False):
                        try:
                            files.append((name, entry.stat(follow_symlinks=False)))
                        except FileNotFoundError:
                            continue  # it vanished between the listing and the look at it
                    elif entry.is_symlink():
                        links.append(f"{folder}/{name}" if folder else name)
                    elif entry.is_dir(follow_symlinks=False):
                        deeper.append(f"{folder}/{name}" if folder else name)
        except OSError as error:
            if closed is None:
                raise
            closed.append((folder, error.strerror or "no permission"))
            continue
        files.sort()
        yield folder, files, sorted(links)
        pending.extend(sorted(deeper, reverse=True))


@contextlib.contextmanager
def _entries(folder: str) -> Iterator[Iterable[os.DirEntry[str]] | None]:
    """What a folder holds; None where there is no such folder.

    Where the system can, it is read through a handle: each entry is then looked at from there, and not from the root again.
    """
    handle = None
    try:
        if os.scandir in os.supports_fd:
            handle = os.open(folder, os.O_RDONLY | _FLAGS)
        entries = os.scandir(folder if handle is None else handle)
    except (FileNotFoundError, NotADirectoryError):
        if handle is not None:
            os.close(handle)
        yield None
        return
    try:
        with entries:
            yield entries
    finally:
        if handle is not None:
            os.close(handle)


_OF_SERVERS = frozenset((".well-known", ".nojekyll", ".htaccess", ".domains", ".ic-assets.json5"))


def passed_over(path: str) -> bool:
    """Whether :func:`walk` would pass over a file of that path, relative to its root, for its own name or a folder's.

    Hidden names (they begin with a dot; ``.#x`` and ``.x.swp`` of editors among them), editors' backups (``x~``) and unsaved
    changes (``#x#``), and what systems leave in every folder.
    """
    return any(
        name[:1] == "." or name[-1:] == "~" or (name[:1] == name[-1:] == "#") or name in _OF_SYSTEMS for name in path.split("/")
    )


def read_cached(place: str) -> bytes | None:
    """What :func:`write_cached` wrote; None where nothing is, or what is there was damaged."""
    try:
        with open(place, "rb") as file:
            raw = file.read()
    except OSError:
        return None
    return raw[DIGEST_BYTES:] if digest(raw[DIGEST_BYTES:]) == raw[:DIGEST_BYTES] else None


def write_cached(place: str, content: bytes) -> None:
    """Cache what took long to make: the file begins with the digest of the rest, so that damage is detected."""
    write_atomic(place, digest(content) + content)


def write_atomic(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Folders on the way are made. The file gets the permissions that a plainly created one would have.

    Raises:
        OutputError: the disk is full, or the place cannot be written to.
    """
    target = os.fspath(path)
    staged = f"{target}.{os.getpid()}.part"
    try:
        try:
            _write(staged, content)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
            _write(staged, content)
        os.replace(staged, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(staged)
        raise OutputError(cannot_write(target, error)) from error


def copy_atomic(source: str, path: str) -> None:
    """Copy a file's bytes like :func:`write_atomic`; the file is never in memory as a whole.

    Raises:
        OutputError: the source cannot be read, the disk is full, or the place cannot be written to.
    """
    staged = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        copy_plain(source, staged)
        os.replace(staged, path)
    except OutputError:
        with contextlib.suppress(OSError):
            os.unlink(staged)
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(staged)
        raise OutputError(cannot_write(path, error)) from error


def remove_left_parts(folder: str | os.PathLike[str]) -> None:
    """Remove what :func:`write_atomic` had begun below a folder when its process was killed; a living one's stays."""
    for place, _, names in os.walk(folder):
        for name in names:
            stem, _, process = name.removesuffix(".part").rpartition(".")
            if name.endswith(".part") and "." in stem and process.isdecimal() and not _is_running(int(process)):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(place, name))


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    if os.name == "nt":
        return True  # there, signal 0 is not a question
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def write_plain(path: str, content: bytes) -> tuple[int, int]:
    """Write a file that nobody reads yet; its size and its modification time in nanoseconds.

    Raises:
        OutputError: the disk is full, or the place cannot be written to.
    """
    try:
        # The system's calls as they are: a file object would make two more of them for each file.
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _FLAGS, 0o666)
        try:
            written = os.write(file, content)
            while written < len(content):
                written += os.write(file, memoryview(content)[written:])
            stat = os.fstat(file)
        finally:
            os.close(file)
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error
    return stat.st_size, stat.st_mtime_ns


def remove_tree(path: str, *, quiet: bool = False) -> None:
    """Remove a folder with all that is in it, if there is one; ``quiet`` leaves what cannot be removed."""
    try:
        os.rmdir(path)
    except FileNotFoundError:
        return
    except OSError:
        from shutil import rmtree  # noqa: PLC0415  # few builds leave anything behind

        rmtree(path, ignore_errors=quiet)


def copy_plain(source: str, path: str) -> tuple[int, int]:
    """Copy a file's bytes, not its times or permissions, to where nobody reads yet; like :func:`write_plain`."""
    try:
        from shutil import copyfile  # noqa: PLC0415  # few builds copy anything

        copyfile(source, path)
        stat = os.stat(path)
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error
    return stat.st_size, stat.st_mtime_ns


def cannot_write(path: str, error: OSError) -> str:
    """One sentence that says why a file could not be written, and the mend where there is one."""
    if error.errno == errno.ENOSPC:
        return f"the disk is full: {path} could not be written; free some space and build again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{path} could not be written: no permission; check who owns its folder"
    return f"{path} could not be written: {error.strerror or error}"


def _write(path: str, content: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        _write_all(file, content)


def _write_all(file: FileIO, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]
