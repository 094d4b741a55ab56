"""Pictures: what is known of each, the versions of it that are published, and how they are made.

    settings   [images] of slugline.toml
    picture    the plan of one picture: a value of the catalog, which alone decides what pages and outputs show
    crops      the parts of it that search engines ask for
    drawings   SVG: read, measured, refused where it could run
    probing    a file beside the content → its plan
    darkroom   the plan → bytes, kept in a cache by content
    markup     <picture> for images inside bodies

The imaging library is loaded by :mod:`probing` and :mod:`darkroom` only when there is a picture to look at.
"""
