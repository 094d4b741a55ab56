"""Dev mode, from start to Ctrl-C: a first build, the thread that builds, the server that answers, and what people are told."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

import uvicorn

from slugline.build.engine import build
from slugline.build.session import BuildOptions
from slugline.errors import BuildLocked, OutputError, Problem, PublicationError, UsageError
from slugline.serve.answering import Application
from slugline.serve.connections import Connection
from slugline.serve.gathering import Gathering
from slugline.serve.hub import Hub
from slugline.serve.pages import SiteFiles
from slugline.serve.press import Outcome, Press, Told
from slugline.serve.watch import Watcher

__all__ = ["ServeOptions", "Voice", "serve"]

_PORTS = 50
"""How many ports are tried, from the one that is wanted."""

_FILES = 16_384
"""Open files and connections that are asked of the system."""

_SWITCH = 0.0005
"""How long the thread that builds keeps the one that answers waiting, in seconds; Python's own 5 ms would be felt."""

_SHOWN = 8
"""Stories and problems that are listed one by one in the terminal."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    Attributes:
        host, port: where; 0 for any free port.
        drafts: show drafts and stories under embargo; without, what the public will see.
        poll: look for changes instead of listening for events.
        open_browser: open the front when it is there.
        jobs: processes for large builds; 0 for as many as there are processors.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    drafts: bool = True
    poll: bool = False
    open_browser: bool = False
    jobs: int = 0


class Voice(Protocol):
    """Who tells people."""

    def say(self, text: str, *, always: bool = False) -> None:
        """A line."""

    def problem(self, problem: Problem) -> None:
        """A problem."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a long build is."""

    def end_line(self) -> None:
        """The progress is over."""


def serve(root: Path, options: ServeOptions, voice: Voice, started: Callable[[str], None] | None = None) -> None:
    """Serve a publication until Ctrl-C.

    Args:
        root: the publication's folder, with ``slugline.toml``.
        options: see there.
        voice: tells people what happens.
        started: called with the address of the front once pages are answered.

    Raises:
        BuildLocked: dev mode already runs for this publication.
        UsageError: the host is none, or no port is free.
        OutputError: the folder cannot be written to, or not watched.
    """
    root = root.resolve()
    folder = root / ".slugline" / "serve"
    build_options = BuildOptions(
        output=folder / "site",
        state=folder / "state.db",
        drafts=options.drafts,
        future=options.drafts,
        jobs=options.jobs,
        fingerprints=False,
        local=True,
    )
    listening = _listen(options.host, options.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _allow_connections()
    sys.setswitchinterval(_SWITCH)
    try:
        # Alone in its process, where a large first build may fork; what is wrong is told again, in the browser too.
        with contextlib.suppress(PublicationError):
            build(root, build_options, voice.progress)
        voice.end_line()
        _Service(root, build_options, options, voice, started, listening).run()
    except BuildLocked as error:
        raise BuildLocked("dev mode already runs for this publication; stop it first, or use the one that runs") from error
    finally:
        listening.close()


class _Service:
    """The parts of dev mode, put together."""

    def __init__(
        self,
        root: Path,
        build_options: BuildOptions,
        options: ServeOptions,
        voice: Voice,
        started: Callable[[str], None] | None,
        listening: socket.socket,
    ) -> None:
        assert build_options.output is not None
        self.options = options
        self.voice = voice
        self.started = started
        self.listening = listening
        self.hub = Hub(SiteFiles(str(build_options.output), ""))
        self.loop: asyncio.AbstractEventLoop | None = None
        self.server: _Server | None = None
        gathering = Gathering()
        self.watcher = Watcher(root, gathering, poll=options.poll)
        self.press = Press(
            root, build_options, gathering=gathering, watcher=self.watcher, view=self.hub.view, outlet=self
        )
        self._failing = False

    def run(self) -> None:
        """Serve until Ctrl-C."""
        try:
            if said := self.watcher.start():
                self.voice.say(said, always=True)
        except OSError as error:
            raise OutputError(f"the publication cannot be watched: {error.strerror or error}") from error
        try:
            self.press.start()
            self.press.ready.wait()
            if self.press.failure is not None:
                raise self.press.failure
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(self._answer())
        finally:
            # The one that builds has folders watched until it ends.
            self.press.stop()
            self.watcher.stop()
        if self.press.failure is not None:
            raise self.press.failure

    @property
    def url(self) -> str:
        """The address of the front."""
        host, port = self.listening.getsockname()[:2]
        if host in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
            host = "localhost"
        return f"http://{f'[{host}]' if ':' in host else host}:{port}{self.press.prefix}"

    def built(self, outcome: Outcome) -> None:
        """See :class:`slugline.serve.press.Outlet`."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.hub.built, outcome, self.press.prefix)
        else:
            self.hub.built(outcome, self.press.prefix)
        self.voice.end_line()
        for line in _told(outcome, self.url, was_failing=self._failing, good=self.hub.good):
            self.voice.say(line, always=outcome.report is None)
        self._failing = outcome.report is None

    def imported(self, lines: Sequence[str]) -> None:
        """See :class:`slugline.serve.press.Outlet`."""
        for line in lines:
            self.voice.say(line)

    def ended(self) -> None:
        """See :class:`slugline.serve.press.Outlet`."""
        if self.loop is not None and self.server is not None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.server.leave)

    async def _answer(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.hub.attach(self.loop)
        application = Application(self.hub, self.options.host)
        config = uvicorn.Config(
            application,
            http=Connection,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            backlog=512,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=32 * 1024,
        )
        self.server = _Server(config, application)
        port = self.listening.getsockname()[1]
        if self.options.port not in (0, port):
            self.voice.say(f"port {self.options.port} is taken; using {port}", always=True)
        self.voice.say(f"{self.url}/ shows the publication; Ctrl-C ends it", always=True)
        if self.press.lacks_search:
            self.voice.say("stories cannot be searched here; `slugline build` makes the index")
        if self.started:
            self.started(f"{self.url}/")
        if self.options.open_browser:
            # Beside the server, and nobody waits for its end: a browser of the terminal stays until the person leaves it.
            threading.Thread(target=webbrowser.open, args=(f"{self.url}/",), daemon=True).start()
        await self.server.serve(sockets=[self.listening])


class _Server(uvicorn.Server):
    """Ends the streams of events together with itself; it would otherwise wait for browsers to close them."""

    def __init__(self, config: uvicorn.Config, application: Application) -> None:
        super().__init__(config)
        self.application = application

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C."""
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self.application.stopping.set)

    def leave(self) -> None:
        """End as after Ctrl-C."""
        self.should_exit = True
        self.application.stopping.set()


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port, or on the first free one after it."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"`{host}` is no address of this machine: {error}") from error
    family, _, _, _, address = found[0]
    candidates = [0] if port == 0 else [one for one in range(port, port + _PORTS) if one < 65536]
    for candidate in candidates:
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            if socket.has_dualstack_ipv6() or family != socket.AF_INET6:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((address[0], candidate))
            listening.listen(512)
        except OSError as error:
            listening.close()
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                continue
            raise UsageError(f"{host}:{candidate} cannot be listened on: {error.strerror or error}") from error
        return listening
    raise UsageError(f"no port from {port} to {candidates[-1]} is free; give another with --port")


def _allow_connections() -> None:
    """Let the process have as many connections and files open as the system allows it, instead of its first few hundred."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(most, _FILES)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _told(outcome: Outcome, url: str, *, was_failing: bool, good: bool) -> list[str]:
    """What the terminal says of a build; nothing where nothing changed."""
    lines = []
    for told in outcome.problems[:_SHOWN]:
        lines += _block(told)
    if len(outcome.problems) > _SHOWN:
        lines.append(f"… and {len(outcome.problems) - _SHOWN} more")
    report = outcome.report
    if report is None:
        lines.append("the last good pages are still shown" if good else "there is no page to show yet; mend it, and it comes")
    elif report.written or report.removed or was_failing:
        what = ", ".join(outcome.edited) or "the publication"
        count = report.written + report.removed
        pages = "1 page" if count == 1 else f"{count:,} pages"
        mended = "mended; " if was_failing else ""
        lines.append(f"{mended}{what}: {pages} in {outcome.seconds * 1000:.0f} ms")
        lines += [f"    {url}{story}" for story in report.stories[:_SHOWN]]
    return lines


def _block(told: Told) -> list[str]:
    problem = told.problem
    first, *rest = str(problem).split("\n")
    lines = [first]
    for number, text in told.excerpt:
        mark = ">" if number == problem.line else " "
        lines.append(f"  {mark} {number:>5}  {text}")
    return lines + rest
