"""The command line: read the arguments, run the command, print, exit. All that people read is printed in this room.

The grammar is in ``grammar.py``; each command is a module of ``commands/`` with a function ``run``. Only the module of the
chosen command is loaded.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from slugline import __version__
from slugline.cli.grammar import COMMANDS, parser
from slugline.cli.publication import find_publication
from slugline.cli.screen import Screen, plural
from slugline.errors import PublicationError, SluglineError, UsageError

__all__ = ["command", "main", "parser"]


def command() -> NoReturn:
    """Run the command that the process was started with, and end the process."""
    # Most of what a build allocates lives until the process ends: collecting less often saves time.
    gc.set_threshold(50_000, 20, 100)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        # The reader of a pipe may have gone.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # The system frees at once what Python would take apart piece by piece.
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; without arguments, print the help.

    Returns:
        The exit code: 0 done, 1 the publication has errors, 2 wrong use, 70 a bug of Slugline, 130 interrupted.
    """
    words = sys.argv[1:] if arguments is None else arguments
    if not words:
        parser().print_help()
        return 0
    try:
        options = parser(only=words[0] if words[0] in COMMANDS else "").parse_args(words)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    screen = Screen(quiet=options.quiet, verbose=options.verbose)
    try:
        return _run(options, screen)
    except PublicationError as error:
        screen.end_line()
        for problem in error.problems:
            screen.problem(problem)
        errors = plural(sum(problem.severity == "error" for problem in error.problems), "error")
        screen.say("; ".join(part for part in (errors, options.on_error) if part), always=True)
        return error.exit_code
    except SluglineError as error:
        screen.end_line()
        screen.say(f"slugline: {error}", always=True)
        return error.exit_code
    except KeyboardInterrupt:
        screen.end_line()
        screen.say("stopped", always=True)
        return 130
    except BrokenPipeError:
        # Whatever is still in the buffer has no reader: flushing it at the end must not fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # whatever is not raised on purpose is a bug
        screen.end_line()
        return _report_bug(error, options, words, screen)


def _report_bug(error: Exception, options: Namespace, words: Sequence[str], screen: Screen) -> int:
    # Only a bug pays for loading what reports it.
    from slugline.crash import EXIT_CODE, bug_line  # noqa: PLC0415

    screen.say(f"slugline: {bug_line(error, options.root, __version__, words, options.on_bug)}", always=True)
    return EXIT_CODE


def _run(options: Namespace, screen: Screen) -> int:
    if options.needs_publication:
        options.root = find_publication(options.root, screen)
    elif options.root is not None:
        raise UsageError("--root is for commands that work on a publication")
    code: int = import_module(f"slugline.cli.commands.{options.module}").run(options, screen)
    return code
