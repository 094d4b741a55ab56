"""A site for the public that only this machine could reach is warned of."""

from __future__ import annotations

import pytest

from publications import SETTINGS, Factory
from slugline.checks.run import check


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("", True), ("http://localhost:8000", True), ("http://127.0.0.1/", True), ("http://127.1.2.3:80/x", True),
        ("http://[::1]:8000", True),
        ("http://desk.local", True), ("http://paper.localhost", True), ("https://courier.example", False),
        ("https://local.example", False),
        ("https://localhost.example", False), ("https://192.0.2.7", False),
    ],
)  # fmt: skip
def test_an_address_that_nobody_else_can_reach(publication: Factory, address: str, local: bool) -> None:
    line = f'base_url = "{address}"\n' if address else ""
    paper = publication(settings=SETTINGS.replace('base_url = "https://courier.example"\n', line))
    paper.article("world/one")
    others = ({"drafts": True}, {"future": True}, {"base_url": "https://a.example"})
    for options, warned in (({}, local), *((one, False) for one in others)):
        found = [problem for problem in paper.build(**options).problems if "base_url" in problem.message]
        assert [(problem.path, problem.severity) for problem in found] == [("slugline.toml", "warning")] * warned
        assert all(problem.line for problem in found)
    found = [one for one in check(paper.root) if one.finding.check == "local-address"]
    assert [one.level for one in found] == ["error"] * local
