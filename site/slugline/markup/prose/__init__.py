"""The quick reader: bodies of plain prose → HTML, without Python-Markdown. See docs/quick-reader.md.

    reader      Markdown blocks that are certain → HTML; the others go to Python-Markdown
    inline      inline markup that is certain → HTML
    finishing   HTML of nothing but prose → body

Each gives the same bytes as the general way, or leaves the text to it; differential tests check that.
"""
