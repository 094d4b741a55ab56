"""Dev mode, from start to Ctrl-C: a first build, the thread that builds, and the server that answers."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from slugline.build.engine import build
from slugline.build.session import BuildOptions
from slugline.errors import BuildLocked, OutputError, PublicationError
from slugline.serve.app import Application
from slugline.serve.connections import TimedConnection
from slugline.serve.debounce import EventBatcher
from slugline.serve.host_check import HostCheck
from slugline.serve.hub import Hub
from slugline.serve.network import allow_connections, is_wildcard, lan_addresses, listen, url_of
from slugline.serve.rebuilder import Rebuilder, RebuildResult
from slugline.serve.site_files import SiteFiles
from slugline.serve.terminal import Console, lines_about
from slugline.serve.watcher import Watcher

__all__ = ["ServeOptions", "serve"]

_SWITCH = 0.0005
"""How long the thread that builds delays the one that answers, in seconds; Python's own 5 ms would be felt."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    Attributes:
        host, port: where; 0 for any free port.
        allow_hosts: names that are answered to besides ``host``; see :class:`slugline.serve.host_check.HostCheck`.
        drafts: build drafts and stories under embargo too; without, what the public will see.
        poll: look for changes instead of listening for events.
        open_browser: open the front when it is there.
        jobs: processes for large builds; 0 for as many as there are processors.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    allow_hosts: tuple[str, ...] = ()
    drafts: bool = True
    poll: bool = False
    open_browser: bool = False
    jobs: int = 0


def serve(root: Path, options: ServeOptions, console: Console, started: Callable[[str], None] | None = None) -> None:
    """Serve a publication until Ctrl-C.

    Args:
        root: the publication's folder, with ``slugline.toml``.
        options: see there.
        console: prints what happens.
        started: called with the address of the front once pages are answered.

    Raises:
        BuildLocked: dev mode already runs for this publication.
        UsageError: the host or an allowed name is none, or no port is free.
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
    host_check = HostCheck(options.host, options.allow_hosts)
    listening = listen(options.host, options.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    allow_connections()
    sys.setswitchinterval(_SWITCH)
    try:
        # Alone in its process, where a large first build may fork; its errors are reported by the build after it.
        with contextlib.suppress(PublicationError):
            build(root, build_options, console.progress)
        console.end_line()
        _DevServer(root, build_options, options, console, host_check, started, listening).run()
    except BuildLocked as error:
        raise BuildLocked(
            f"dev mode already runs for this publication; stop it first, or use the one that runs\n    ({error})"
        ) from error
    finally:
        listening.close()


class _DevServer:
    """The parts of dev mode, put together."""

    def __init__(
        self,
        root: Path,
        build_options: BuildOptions,
        options: ServeOptions,
        console: Console,
        host_check: HostCheck,
        started: Callable[[str], None] | None,
        listening: socket.socket,
    ) -> None:
        assert build_options.output is not None
        self.options = options
        self.console = console
        self.host_check = host_check
        self.started = started
        self.listening = listening
        self.hub = Hub(SiteFiles(str(build_options.output), ""))
        self.loop: asyncio.AbstractEventLoop | None = None
        self.server: _UvicornServer | None = None
        batcher = EventBatcher()
        self.watcher = Watcher(root, batcher, poll=options.poll)
        self.rebuilder = Rebuilder(
            root, build_options, batcher=batcher, watcher=self.watcher, preview=self.hub.preview, listener=self
        )
        self._failing = False

    def run(self) -> None:
        """Serve until Ctrl-C."""
        try:
            if said := self.watcher.start():
                self.console.say(said, always=True)
        except OSError as error:
            raise OutputError(f"the publication cannot be watched: {error.strerror or error}") from error
        try:
            self.rebuilder.start()
            self.rebuilder.ready.wait()
            if self.rebuilder.failure is not None:
                raise self.rebuilder.failure
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(self._answer())
        finally:
            # The thread that builds has folders watched until it ends.
            self.rebuilder.stop()
            self.watcher.stop()
        if self.rebuilder.failure is not None:
            raise self.rebuilder.failure

    @property
    def url(self) -> str:
        """The address of the front."""
        host, port = self.listening.getsockname()[:2]
        return url_of("localhost" if is_wildcard(host) else host, port) + self.rebuilder.prefix

    def built(self, result: RebuildResult) -> None:
        """See :class:`slugline.serve.rebuilder.RebuildListener`."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.hub.built, result, self.rebuilder.prefix)
        else:
            self.hub.built(result, self.rebuilder.prefix)
        self.console.end_line()
        for line in lines_about(result, self.url, was_failing=self._failing, has_pages=self.hub.good):
            self.console.say(line, always=result.report is None)
        self._failing = result.report is None

    def imported(self, lines: Sequence[str]) -> None:
        """See :class:`slugline.serve.rebuilder.RebuildListener`."""
        for line in lines:
            self.console.say(line)

    def ended(self) -> None:
        """See :class:`slugline.serve.rebuilder.RebuildListener`."""
        if self.loop is not None and self.server is not None:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.server.leave)

    async def _answer(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.hub.attach(self.loop)
        application = Application(self.hub, self.host_check)
        config = uvicorn.Config(
            application,
            http=TimedConnection,
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
        self.server = _UvicornServer(config, application)
        port = self.listening.getsockname()[1]
        if self.options.port not in (0, port):
            self.console.say(f"port {self.options.port} is taken; using {port}", always=True)
        self.console.say(f"{self.url}/ serves the publication; Ctrl-C ends it", always=True)
        self._say_network(*self.listening.getsockname()[:2])
        if self.rebuilder.lacks_search:
            self.console.say("stories cannot be searched here; `slugline build` makes the index")
        if self.started:
            self.started(f"{self.url}/")
        if self.options.open_browser:
            # In a thread that nothing waits for: a browser of the terminal runs until the person leaves it.
            threading.Thread(target=webbrowser.open, args=(f"{self.url}/",), daemon=True).start()
        await self.server.serve(sockets=[self.listening])

    def _say_network(self, host: str, port: int) -> None:
        """Where other machines find the publication, if it is served to them."""
        if not is_wildcard(host):
            return
        for address in lan_addresses(host):
            self.console.say(f"    {url_of(address, port)}{self.rebuilder.prefix}/ on the network", always=True)
        allowed = ", ".join(self.options.allow_hosts) or "none; --allow-host NAME allows one"
        self.console.say(f"    everybody there can read drafts; names answered to besides localhost: {allowed}", always=True)


class _UvicornServer(uvicorn.Server):
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
