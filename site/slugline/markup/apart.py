"""One text rendered in a process of its own, which the operating system ends when its time is over.

A long match of a regular expression cannot be interrupted in a thread, and not always in a main thread. In a text of usual size
no match takes long; a large one is rendered here.
"""

from __future__ import annotations

import pickle
import subprocess
import sys

from slugline.errors import Problem, PublicationError
from slugline.markup.body import Body
from slugline.markup.options import MarkupOptions

__all__ = ["render_apart"]

_SECONDS = 5
"""Of processor time, for the whole process. The renderer's own limit is lower, and knows the line."""

_PROGRAM = "import sys; sys.path[:] = {path!r}; from slugline.markup.apart_worker import serve; serve({seconds})"


def render_apart(options: MarkupOptions, text: str, *, lang: str, source: str) -> Body:
    """As :meth:`slugline.markup.renderer.Renderer.render`.

    Raises:
        PublicationError: the text cannot be rendered.
    """
    request = pickle.dumps((options, text, lang, source))
    command = [sys.executable, "-c", _PROGRAM.format(path=sys.path, seconds=_SECONDS)]
    done = subprocess.run(command, input=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        message = f"the text takes more than {_SECONDS} seconds of processor time, or more memory than there is, to read"
        hint = "divide its paragraphs, of which this is the longest"
        raise PublicationError([Problem(f"content/{source}", _longest(text), message, hint)])
    answer = pickle.loads(done.stdout)  # noqa: S301  # our own process
    if isinstance(answer, PublicationError):
        raise answer
    body: Body = answer
    return body


def _longest(text: str) -> int:
    """The line of the longest paragraph."""
    blocks = text.split("\n\n")
    at = max(range(len(blocks)), key=lambda place: len(blocks[place]))
    return sum(block.count("\n") + 2 for block in blocks[:at]) + 1
