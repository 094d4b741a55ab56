"""Pictures: the plan of each, the versions of it that are published, and how they are encoded.

    settings   [images] of slugline.toml
    picture    the plan of one picture: a value of the catalog, which alone decides what pages and outputs use
    crops      the parts of it that search engines ask for
    svg        SVG: read against lists, measured, written anew
    probing    a file beside the content → its plan
    reading    what the imaging library reads of a file for its plan
    loading    a picture file, opened within bounds
    completeness  whether a file is all there
    rights     who made a picture and how it may be used
    encoder    the plan → bytes, cached by content
    markup     <picture> for images inside bodies
    errors     why a picture cannot be published

The imaging library is loaded by :mod:`reading` and :mod:`encoder`, only when there is a picture to read.
"""
