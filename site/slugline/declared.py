"""How a setting is declared: a field of a frozen dataclass, with the sentence that documents it."""

from __future__ import annotations

from dataclasses import MISSING, field
from typing import Any

__all__ = ["doc"]


def doc(text: str, default: Any = MISSING) -> Any:
    """A documented field; without a default it is required."""
    metadata = {"doc": text}
    if default is MISSING:
        return field(metadata=metadata)
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)
