"""What people read: progress and messages on standard error, plain lines where that is no terminal."""

from __future__ import annotations

import os
import sys

from slugline.errors import Problem

__all__ = ["Screen", "plural"]

_BAR_FROM, _LINES_FROM = 200, 2000
"""Pieces of work from which a stage has a bar on a terminal, and lines elsewhere."""


class Screen:
    """Standard error, as quiet or as verbose as asked for."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.terminal = sys.stderr.isatty()
        self._open = False
        self._last = ("", -1)

    def say(self, text: str, *, always: bool = False) -> None:
        """A line, unless quiet."""
        if always or not self.quiet:
            print(text, file=sys.stderr)

    def detail(self, text: str) -> None:
        """A line, if verbose."""
        if self.verbose:
            print(text, file=sys.stderr)

    def problem(self, problem: Problem) -> None:
        """A problem; quiet leaves warnings out."""
        if problem.severity == "error" or not self.quiet:
            print(_colored(str(problem), problem.severity, self.terminal), file=sys.stderr)

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage is: a bar on a terminal, elsewhere a line each quarter of work that takes long."""
        if self.quiet or total < _BAR_FROM:
            return
        if self.terminal:
            percent = done * 100 // total
            if (stage, percent) != self._last:
                self._last = (stage, percent)
                filled = percent * 30 // 100
                bar = "█" * filled + "░" * (30 - filled)
                print(f"\r{stage:<7} {bar} {done:,} of {total:,}\033[K", end="", file=sys.stderr, flush=True)
                self._open = True
        elif total >= _LINES_FROM:
            quarter = done * 4 // total
            if (stage, quarter) != self._last and quarter:
                self._last = (stage, quarter)
                print(f"{stage}: {done:,} of {total:,}", file=sys.stderr, flush=True)

    def end_line(self) -> None:
        """Clear the bar."""
        if self._open:
            print("\r\033[K", end="", file=sys.stderr)
            self._open = False


def plural(count: int, noun: str) -> str:
    """A count with its noun: ``1 page``, ``2,000 pages``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _colored(text: str, severity: str, terminal: bool) -> str:
    if not terminal or "NO_COLOR" in os.environ:
        return text
    code = "31" if severity == "error" else "33"
    return text.replace(f"{severity}:", f"\033[{code}m{severity}:\033[0m", 1)
