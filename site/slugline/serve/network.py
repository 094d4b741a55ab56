"""Where dev mode listens: a free port, the addresses under which this machine is reached, the limit of connections."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket

from slugline.errors import UsageError

__all__ = ["allow_connections", "is_wildcard", "lan_addresses", "listen", "url_of"]

_PORTS = 50
"""How many ports are tried, from the one that is wanted."""

_FILES = 16_384
"""Open files and connections that are requested from the system."""

_TARGETS = (
    (socket.AF_INET, ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")),
    (socket.AF_INET6, ("2001:db8::1", "fd00::1")),
)
"""An address on the internet, and one in each range for networks of one's own: the way there begins at one of ours."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port, or on the first free one after it.

    Args:
        host: a name or number of this machine.
        port: 0 for any free one.

    Raises:
        UsageError: the host is no address of this machine, or no port is free.
    """
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


def is_wildcard(host: str) -> bool:
    """Whether a bound address is that of every network of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def lan_addresses(bound: str) -> list[str]:
    """The numbers under which other machines reach this one, those of the usual way out first.

    Args:
        bound: "0.0.0.0" for IPv4 alone, "::" for both.
    """
    found: dict[str, None] = {}
    for family, targets in _TARGETS:
        if family == socket.AF_INET6 and ":" not in bound:
            continue
        for target in targets:
            with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
                # Nothing is sent: for UDP this only looks up the way.
                probe.connect((target, 9))
                found[str(probe.getsockname()[0])] = None
    return [address for address in found if not ipaddress.ip_address(address).is_loopback]


def url_of(host: str, port: int) -> str:
    """The address of a server, without a path."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def allow_connections() -> None:
    """Raise this process's limit of open files and connections to what the system allows."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(most, _FILES)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
