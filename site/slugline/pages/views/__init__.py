"""What templates see of the content, one module a noun.

A view asks the catalog when a template reads it, not before: a page depends on what it shows and on nothing else. What it asks
goes through the :class:`~slugline.pages.render_context.RenderContext` of the page that is being rendered.
"""
