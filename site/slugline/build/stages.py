"""The stages of a build that has pages to make, gathered in one module: a build in which nothing changed loads none of them."""

from __future__ import annotations

from slugline.build.clashes import folder_problems
from slugline.build.grants import plan_grants
from slugline.build.inputs import RenderInputs
from slugline.build.locate import located
from slugline.build.lost_addresses import lost_addresses, note_lost
from slugline.build.plan import Plan, plan_queries, plan_templates
from slugline.build.previewer import Previewer
from slugline.build.render import render_pages
from slugline.build.verify import verify_pages
from slugline.build.workshop import Job
from slugline.catalog.lookup import changed_stories

__all__ = [
    "Job",
    "Plan",
    "Previewer",
    "RenderInputs",
    "changed_stories",
    "folder_problems",
    "located",
    "lost_addresses",
    "note_lost",
    "plan_grants",
    "plan_queries",
    "plan_templates",
    "render_pages",
    "verify_pages",
]
