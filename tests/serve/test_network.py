"""Ports and addresses."""

from __future__ import annotations

import ipaddress
import socket
from typing import Self

import pytest

from slugline.errors import UsageError
from slugline.serve import network
from slugline.serve.network import is_wildcard, lan_addresses, listen, url_of


def test_the_next_free_port_is_taken() -> None:
    with listen("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] <= taken + 50


def test_a_host_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(UsageError, match="is no address of this machine"):
        listen("no such host", 0)


def test_no_free_port_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_PORTS", 1)
    with listen("127.0.0.1", 0) as first, pytest.raises(UsageError, match="give another with --port"):
        listen("127.0.0.1", first.getsockname()[1])


def test_an_address_of_every_network_is_known() -> None:
    assert is_wildcard("0.0.0.0")
    assert is_wildcard("::")
    assert not any(is_wildcard(host) for host in ("127.0.0.1", "::1", "desk", ""))


def test_an_ipv6_address_is_in_brackets() -> None:
    assert url_of("::1", 8000) == "http://[::1]:8000"
    assert url_of("192.168.1.7", 80) == "http://192.168.1.7:80"


class Probe:
    """A socket of a machine in one home network, with a loopback way to one range."""

    def __init__(self, family: int, _: int) -> None:
        self.family = family
        self.target = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, address: tuple[str, int]) -> None:
        self.target = address[0]
        if self.target.startswith(("172.", "2001:")):
            raise OSError("no way")

    def getsockname(self) -> tuple[str, int]:
        if self.family == socket.AF_INET6:
            return "fd00::7", 1
        return ("127.0.0.1" if self.target.startswith("10.") else "192.168.1.7"), 1


def test_the_addresses_on_the_network_are_each_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network.socket, "socket", Probe)
    assert lan_addresses("0.0.0.0") == ["192.168.1.7"]
    assert lan_addresses("::") == ["192.168.1.7", "fd00::7"]


def test_what_this_machine_finds_are_numbers_of_others_reach() -> None:
    for address in lan_addresses("::"):
        assert not ipaddress.ip_address(address).is_loopback
