"""Which requests are answered: the names, the origins and the frames."""

from __future__ import annotations

import pytest

from slugline.errors import UsageError
from slugline.serve.host_check import HostCheck


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "localhost:8000", "[::1]:8000", "192.168.1.7:8000", "desk.localhost", "LOCALHOST"]
)
def test_this_machine_is_answered_to(host: str) -> None:
    assert HostCheck("127.0.0.1").refusal({b"host": host.encode()}) == ""


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a@localhost", "localhost/x", "127.0.0.1:x"],
)
def test_other_names_are_not(host: str) -> None:
    assert HostCheck("127.0.0.1").refusal({b"host": host.encode()})


def test_the_name_given_is_answered_to() -> None:
    assert HostCheck("desk.example").refusal({b"host": b"desk.example:8000"}) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {b"origin": b"https://evil.example"},
        {b"origin": b"null"},
        {b"origin": b"http://localhost:3000"},
        {b"sec-fetch-site": b"cross-site", b"sec-fetch-mode": b"no-cors"},
        {b"sec-fetch-site": b"same-site", b"sec-fetch-mode": b"no-cors"},
    ],
)
def test_pages_of_other_sites_are_not_answered(headers: dict[bytes, bytes]) -> None:
    assert HostCheck("127.0.0.1").refusal({b"host": b"localhost:8000", **headers})


@pytest.mark.parametrize(
    "headers",
    [
        {b"origin": b"http://localhost:8000", b"sec-fetch-site": b"same-origin"},
        {b"sec-fetch-site": b"cross-site", b"sec-fetch-mode": b"navigate"},
        {b"sec-fetch-site": b"none", b"sec-fetch-mode": b"navigate"},
    ],
)
def test_a_person_and_the_own_pages_are(headers: dict[bytes, bytes]) -> None:
    assert HostCheck("127.0.0.1").refusal({b"host": b"localhost:8000", **headers}) == ""


@pytest.mark.parametrize("destination", ["iframe", "frame", "object", "embed"])
@pytest.mark.parametrize("site", [b"same-site", b"cross-site"])
def test_a_page_of_another_site_or_port_cannot_frame_a_draft(destination: str, site: bytes) -> None:
    headers = {b"sec-fetch-site": site, b"sec-fetch-mode": b"navigate", b"sec-fetch-dest": destination.encode()}
    assert HostCheck("127.0.0.1").refusal({b"host": b"localhost:8000", **headers})
    own = {**headers, b"sec-fetch-site": b"same-origin"}
    assert HostCheck("127.0.0.1").refusal({b"host": b"localhost:8000", **own}) == ""


def test_allowed_names_are_answered_to_and_no_others() -> None:
    check = HostCheck("0.0.0.0", ["Desk.local", ".tunnel.example"])
    for name in (b"desk.local:8000", b"DESK.LOCAL", b"tunnel.example", b"a.tunnel.example", b"192.168.1.7:8000"):
        assert check.refusal({b"host": name}) == "", name
    for name in (b"a.desk.local", b"eviltunnel.example", b"tunnel.example.evil", b"0.0.0.0.evil"):
        assert "--allow-host" in check.refusal({b"host": name}), name


@pytest.mark.parametrize("given", ["", ".", "*", "*.example", "http://desk.example", "desk.example:80", "desk.example/", "a@b"])
def test_what_is_no_name_cannot_be_allowed(given: str) -> None:
    with pytest.raises(UsageError, match="is no name to allow"):
        HostCheck("127.0.0.1", [given])
