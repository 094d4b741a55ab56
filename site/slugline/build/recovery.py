"""After a failure: a state that is proved to be damaged is set aside, and the build begins anew; any other error goes on up."""

from __future__ import annotations

import os
from pathlib import Path

from slugline.catalog.store import DAMAGE, cannot_store, set_aside
from slugline.errors import OutputError, Problem, SluglineError

__all__ = ["recover"]


def recover(root: Path, state: Path, error: Exception) -> Problem | None:
    """Set the state aside if it is what made a build fail; its connections must be closed.

    Returns:
        The warning for whoever builds anew; None where the state is not to blame.

    Raises:
        OutputError: the state could not be written.
    """
    if isinstance(error, SluglineError):
        return None
    if isinstance(error, DAMAGE):
        if said := cannot_store(str(state), error):
            raise OutputError(said) from error
    elif not _is_damaged(state):
        return None
    aside = os.path.relpath(set_aside(str(state)), root)
    message = "the build state was damaged; it was set aside and everything was built anew"
    return Problem(aside, 0, message, severity="warning")


def _is_damaged(state: Path) -> bool:
    # A failure that nothing explains is seldom: only then is all of the state read, and loaded what reads it.
    from slugline.build.integrity import is_damaged  # noqa: PLC0415

    return state.exists() and is_damaged(str(state))
