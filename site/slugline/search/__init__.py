"""Search in the browser: an index of each year's stories, made by Pagefind, merged by the reader's browser.

    documents   a story of the catalog → what the indexer reads
    indexer     Pagefind: documents → files
    segments    the files of each year, cached by content

Pagefind (https://pagefind.app) has no incremental index, so the archive is cut into years: a new story makes the index of its
own year again and leaves the others unchanged. It comes with the extra ``slugline[search]``.
"""
