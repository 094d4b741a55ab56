"""Old addresses as a server's configuration: what the last build knows, for nginx, Caddy and hosts that read ``_redirects``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from slugline.build.setup import state_path
from slugline.catalog.queries import Aliases, Catalog, TargetOf
from slugline.catalog.store import DAMAGE, open_readonly
from slugline.errors import UsageError
from slugline.pages.writers.redirects import redirects_line
from slugline.settings.load import load_settings
from slugline.urls import base_path, href

__all__ = ["FORMATS", "redirects"]

Pair = tuple[str, str]

_NGINX_BUCKET, _NGINX_ENTRIES, _NGINX_OVERHEAD = 64, 2048, 32
"""What the tables of nginx hold by default: bytes of an entry, entries; and what an entry needs beside its text."""


def redirects(root: Path) -> tuple[Pair, ...]:
    """The old addresses of what is public, each with the new one, as a browser asks for them, in order.

    Raises:
        UsageError: the publication was never built.
        PublicationError: the settings are wrong.
    """
    root = root.resolve()
    prefix = base_path(load_settings(root).publication.base_url)
    state = state_path(root, (root / "build").resolve())
    if not state.exists():
        raise UsageError("the publication was never built; run `slugline build` first")
    try:
        with closing(open_readonly(str(state))) as db:
            catalog = Catalog(db, {})
            targets = [(alias, TargetOf(alias).answer(catalog).value) for alias in Aliases().answer(catalog).value]
            found = {alias: target.url for alias, target in targets if target is not None}
    except DAMAGE as error:
        raise UsageError(f"the build state is damaged ({error}); run `slugline build` first") from error
    return tuple((href(old, prefix) if "?" not in old else prefix + old, href(new, prefix)) for old, new in found.items())


def _netlify(pairs: Sequence[Pair]) -> str:
    """A ``_redirects`` file: Netlify, Cloudflare Pages, and others."""
    return "".join(redirects_line(old, new) for old, new in pairs)


def _nginx(pairs: Sequence[Pair]) -> str:
    """A map, for ``http``; in ``server``: ``if ($slugline_moved) { return 301 $slugline_moved; }``."""
    rows = "".join(f"    {_quoted(old)} {_quoted(new)};\n" for old, new in pairs)
    # nginx refuses to start where an address does not fit its table.
    bucket = max((len(old.encode()) for old, _ in pairs), default=0) + _NGINX_OVERHEAD
    sizes = ""
    if len(pairs) > _NGINX_ENTRIES:
        sizes = f"map_hash_max_size {_power(len(pairs))};\n"
        bucket *= 4
    if bucket > _NGINX_BUCKET:
        sizes += f"map_hash_bucket_size {_power(bucket)};\n"
    return f"{sizes}map $request_uri $slugline_moved {{\n    default \"\";\n{rows}}}\n"


def _caddy(pairs: Sequence[Pair]) -> str:
    """A snippet to import into a site of a Caddyfile."""
    rows = "".join(f"    {_quoted(old)} {_quoted(new)}\n" for old, new in pairs)
    return f"""map {{uri}} {{slugline_moved}} {{
{rows}    default ""
}}
@slugline_moved expression `{{slugline_moved}} != ""`
redir @slugline_moved {{slugline_moved}} permanent
"""


def _power(number: int) -> int:
    """The power of two that is not below a number."""
    return 1 << (number - 1).bit_length()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


FORMATS: Mapping[str, Callable[[Sequence[Pair]], str]] = {"netlify": _netlify, "nginx": _nginx, "caddy": _caddy}
"""What ``slugline redirects --format`` writes."""
