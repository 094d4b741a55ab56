"""What the functions of extensions return, as the bytes of a file."""

from __future__ import annotations

import json

from slugline.catalog.trace import Trace
from slugline.errors import Problem
from slugline.extensions.loading import ExtensionFailed
from slugline.pages.page import Page
from slugline.pages.query_api import AskedPaper
from slugline.pages.render_context import RenderContext
from slugline.pages.workbench import Rendered, Workbench

__all__ = ["output"]


def output(page: Page, bench: Workbench) -> Rendered:
    """One file; what its function asked is its trace, and so is the source of the function."""
    extensions = bench.theme.extensions
    extension = extensions.of("output")[page.key]
    context = RenderContext(Trace(bench.answers), bench.site)
    context.fact(f"extension {extension.file}")
    place = Problem(extension.place, extension.line, "", "")
    try:
        value = extensions.call(extension, AskedPaper(context, extensions))
        content = value if isinstance(value, bytes) else _text(value).encode()
    except ExtensionFailed as failed:
        return Rendered(b"", {}, (), (failed.problem._replace(message=f"{failed.problem.message} (while making {page.key})"),))
    except (TypeError, ValueError) as error:
        hint = "return text, bytes, or texts, numbers, lists and mappings"
        problem = place._replace(message=f"what it returns for {page.key} is no file: {error}", hint=hint)
        return Rendered(b"", {}, (), (problem,))
    return Rendered(content, context.trace.complete(), tuple(context.findings))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
