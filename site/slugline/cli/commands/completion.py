"""``slugline completion``."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterator

import shtab

from slugline.cli.grammar import parser
from slugline.cli.screen import Screen

__all__ = ["run"]

_COMPLETED_AS = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "PATH": shtab.FILE, "STORY": shtab.FILE}
"""What a shell offers for a value, by the name that it has in the help."""


def run(options: Namespace, screen: Screen) -> int:  # noqa: ARG001  # the shape of a command
    """Print a script that completes commands, options and paths."""
    grammar = parser()
    for action in _actions(grammar):
        if isinstance(action.metavar, str) and action.metavar in _COMPLETED_AS:
            action.complete = _COMPLETED_AS[action.metavar]  # type: ignore[attr-defined]  # where shtab looks for it
    print(shtab.complete(grammar, shell=options.shell))
    return 0


def _actions(grammar: ArgumentParser) -> Iterator[Action]:
    for action in grammar._actions:  # argparse has no public way
        yield action
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _actions(below)
