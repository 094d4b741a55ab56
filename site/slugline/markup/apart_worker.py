"""The process in which a large text is rendered; see :mod:`slugline.markup.apart`, which starts it."""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress

from slugline.errors import PublicationError
from slugline.markup.body import Body
from slugline.markup.renderer import Renderer

__all__ = ["serve"]


def serve(seconds: int) -> None:
    """Render the text on the standard input, and write the body, or the error, to the standard output.

    Args:
        seconds: of processor time, after which the operating system ends the process.
    """
    options, text, lang, source = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # from our own process
    with suppress(ImportError):
        import resource  # noqa: PLC0415  # not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        answer: Body | PublicationError = Renderer(options).render_here(text, lang=lang, source=source)
    except PublicationError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))
