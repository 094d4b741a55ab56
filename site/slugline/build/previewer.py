"""Dev mode's pages first: what a browser displays is rendered before all else, and handed to the session's preview.

Without a preview nothing here does anything.
"""

from __future__ import annotations

from slugline.build.inputs import RenderInputs
from slugline.build.ledger import PageRow, route_of
from slugline.build.render import finding_problems
from slugline.build.session import Session
from slugline.build.workshop import Workshop
from slugline.catalog.lookup import story_url
from slugline.catalog.topics import facts_in
from slugline.errors import Problem, PublicationError, SluglineError
from slugline.files import relative_path
from slugline.pages.page import Page, Source
from slugline.theme.environment import distinct_problems
from slugline.urls import output_path

__all__ = ["Previewer"]


class Previewer:
    """Renders for the session's preview what it asks for.

    Args:
        session: the build under way.
        inputs: what its pages depend on besides content.
    """

    def __init__(self, session: Session, inputs: RenderInputs) -> None:
        self._session = session
        self._inputs = inputs
        self._preview = session.preview
        self._failed: dict[str, list[Problem]] = {}
        self._raised: dict[str, Exception] = {}

    def show_assets(self) -> None:
        """Hand over the assets that changed: a style sheet is not to wait for the pages that use it."""
        if self._preview is None:
            return
        assets = self._inputs.theme.assets
        for fact_name in facts_in(self._inputs.touched_facts()):
            kind, _, name = fact_name.partition(" ")
            if kind == "bytes" and name in assets:
                asset = assets[name]
                self._preview.show(output_path(asset.url), asset.content)

    def show_wanted(self) -> None:
        """Render the pages that are wanted by now, whatever the plan is going to say of them.

        One of them may turn out to be no page any more, and fail for that: what fails is raised by :meth:`raise_failures`.
        """
        if self._preview is None:
            return
        workshop: Workshop | None = None
        for path in self._preview.wanted():
            row = self._session.ledger.at(path)
            if row is None or not row.template or self._leaves(row):
                self._preview.pass_over(path)
                continue
            workshop = workshop or self._inputs.workshop(None, compare=False)
            try:
                rendered = workshop.renderer.render(route_of(row))
            except SluglineError:
                raise
            except Exception as error:  # it may be no page any more
                self._raised[row.name] = error
                self._preview.pass_over(path)
                continue
            if rendered.problems or rendered.findings:
                found = finding_problems(str(self._session.root), rendered.findings)
                self._failed[row.name] = [*rendered.problems, *found]
                self._preview.pass_over(path)
            else:
                self._preview.show(path, rendered.content)

    def tick(self) -> None:
        """Called while other processes render: a browser waits neither for them nor for a newer edit."""
        self._session.progress("render", 0, 0)
        self.show_wanted()

    def raise_failures(self) -> None:
        """Raise what prevented the rendering of a page, if the plan has left it a page.

        Raises:
            PublicationError: pages that were wanted have errors.
        """
        ledger = self._session.ledger
        for name, error in self._raised.items():
            if ledger.find(name):
                raise error
        problems = [problem for name, found in self._failed.items() if ledger.find(name) for problem in found]
        if problems:
            raise PublicationError(distinct_problems(problems))

    def _leaves(self, row: PageRow) -> bool:
        """Whether a story is about to leave its address; the plan will move its page."""
        page = Page.from_name(row.name)
        if self._inputs.kinds[page.kind].source is not Source.STORY:
            return False
        url = story_url(self._session.db, page.key)
        return url is None or output_path(relative_path(url)) != row.path
