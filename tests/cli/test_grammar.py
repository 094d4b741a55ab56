"""The grammar: what may be written where, and what the commands get of it."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from slugline.cli import main, parser
from slugline.cli.grammar import COMMANDS

COMMON = {"-q", "--quiet", "-v", "--verbose", "-h", "--help"}


def commands(grammar: ArgumentParser) -> Iterator[ArgumentParser]:
    """The parsers of all commands that do something."""
    below = [action for action in grammar._actions if isinstance(action, _SubParsersAction)]
    if not below:
        yield grammar
    for action in below:
        for child in action.choices.values():
            yield from commands(child)


def test_without_arguments_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out == parser().format_help()


def test_every_command_names_a_module_that_is_there() -> None:
    for command in commands(parser()):
        assert find_spec(f"slugline.cli.commands.{command.get_default('module')}") is not None, command.prog


def test_a_command_is_declared_alone_as_it_is_among_all() -> None:
    everything = {command.prog: command.format_help() for command in commands(parser())}
    alone = {command.prog: command.format_help() for name in COMMANDS for command in commands(parser(only=name))}
    assert alone == everything


def test_help_before_a_command_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-h", "build"]) == 0
    assert capsys.readouterr().out == parser().format_help()


def test_every_command_takes_the_common_options() -> None:
    for command in commands(parser()):
        assert set(command._option_string_actions) >= COMMON, command.prog


@pytest.mark.parametrize(
    ("arguments", "root", "quiet", "verbose"),
    [
        (["build"], None, False, False),
        (["--root", "paper", "build"], "paper", False, False),
        (["build", "--root", "paper"], "paper", False, False),
        (["--root", "old", "-q", "build", "--root", "paper"], "paper", True, False),
        (["-v", "new", "article", "Headline", "-q"], None, True, True),
        (["--root", "paper", "new", "article", "Headline"], "paper", False, False),
    ],
)
def test_common_options_may_come_before_the_command_and_after_it(
    arguments: list[str], root: str | None, quiet: bool, verbose: bool
) -> None:
    options = parser().parse_args(arguments)
    assert options.root == (Path(root) if root else None)
    assert (options.quiet, options.verbose) == (quiet, verbose)


def test_a_root_before_a_command_that_works_on_no_publication_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tmp_path), "init", str(tmp_path / "paper")]) == 2
    assert "--root is for commands that work on a publication" in capsys.readouterr().err
    assert not (tmp_path / "paper").exists()


def test_only_the_chosen_command_is_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; from slugline.cli import main; code = main(sys.argv[1:]); "
        "print([name for name in sys.modules if name.startswith('slugline.cli.commands.')])"
    )
    command = [sys.executable, "-c", script, "init", str(tmp_path / "paper"), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "['slugline.cli.commands.init']\n"
