"""The tag ``{% shared "partials/footer.html" %}``: a part that is the same on many pages, made once for all of them.

Such a part is a template of its own. It sees what every template has (`site`, `query`, `asset`, `_`), `lang`, and the values
that are handed to it (``{% shared "partials/header.html", current=slug %}``), and nothing of the page: so it is the same
wherever the same is handed to it. What it asks of the catalog is recorded for every page that shows it.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

__all__ = ["SHOW", "SharedTag"]

SHOW = "show_shared"
"""The name under which templates find the function that shows a part: it takes the part's name, and its values by name."""


class SharedTag(Extension):
    """Reads the tag."""

    tags = {"shared"}  # noqa: RUF012  # as Jinja has it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """A call of the function named :data:`SHOW`."""
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        values = []
        while parser.stream.skip_if("comma"):
            key = parser.stream.expect("name").value
            parser.stream.expect("assign")
            values.append(nodes.Keyword(key, parser.parse_expression(), lineno=line))
        part = nodes.Call(nodes.Name(SHOW, "load"), [name], values, None, None)
        # Never run, and found by whoever asks which templates this one uses.
        use = nodes.If(nodes.Const(False), [nodes.Include(name, True, False)], [], [])
        return [node.set_lineno(line) for node in (nodes.Output([part]), use)]
