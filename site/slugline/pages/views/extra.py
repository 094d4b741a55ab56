"""Front matter that Slugline does not know, as templates see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["Extra"]


class Extra(dict[str, Any]):
    """Strict where a name is asked for that is not there, like everything in templates; ``get`` is for what is optional."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
