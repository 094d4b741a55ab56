"""Compiled templates, cached beside the build state, so that a new process need not compile them.

Each file begins with a digest of the rest: one that was cut short or altered is compiled anew. What compiling does depends on
the code that does it, so files that other code left behind are removed.
"""

from __future__ import annotations

import io
import os
import shutil
from contextlib import suppress
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache

from slugline.errors import OutputError
from slugline.files import DIGEST_BYTES, digest, write_atomic

__all__ = ["TemplateCache"]


class TemplateCache(BytecodeCache):
    """A folder of compiled templates.

    Args:
        folder: of the files; those beside it are of other code.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        if not os.path.isdir(folder):
            shutil.rmtree(os.path.dirname(folder), ignore_errors=True)

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """The bucket of a template, which is out of date as soon as one is that has a part in it."""
        parts = [source]
        if inlined := environment.inlined(name):
            # Lines of macros from elsewhere are counted by the place of their template among all.
            parts += [environment.source_of(other) or "" for other in inlined] + environment.list_templates()
        return super().get_bucket(environment, name, filename, "\0".join(parts))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if its template is cached and whole."""
        with suppress(OSError):
            with open(self._place(bucket), "rb") as file:
                raw = file.read()
            if digest(raw[DIGEST_BYTES:]) == raw[:DIGEST_BYTES]:
                bucket.load_bytecode(io.BytesIO(raw[DIGEST_BYTES:]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache what a bucket holds; a full disk costs a later process the compiling, and nothing else."""
        raw = bucket.bytecode_to_string()
        with suppress(OutputError):
            write_atomic(self._place(bucket), digest(raw) + raw)

    def _place(self, bucket: Bucket) -> str:
        return os.path.join(self.folder, f"{bucket.key}.bin")
