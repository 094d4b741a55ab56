"""What the import of a large WordPress export takes: ``python -m bench.wordpress --help``.

The export is generated from the corpus: its stories as blocks of the block editor (every fourth as text of the classic
editor), with tags, sections, authors, an attachment for every third story, which stands after it in the file, and comments. It
is written to the work folder, imported into an empty publication in a process of its own, and again by a second process,
which has nothing to do. Memory is the highest sum over all processes of the import, of proportional set sizes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.corpus import Corpus, Head, Story, slugify
from bench.machine import describe
from bench.measure import peak_memory, timed
from slugline.markup import MarkupOptions, Renderer

__all__ = ["export", "write_export"]

BAR_MB = 300
"""Memory, for an export of 200 MB."""

_RENDERER = Renderer(MarkupOptions())
_LINK = re.compile(r"\]\(story:(\d+)\)")
_BLOCK = re.compile(r"^<(p|ul|ol|blockquote|h\d)\b.*?</\1>", re.MULTILINE | re.DOTALL)

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Bench</title><link>https://bench.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://bench.example</wp:base_site_url><wp:base_blog_url>https://bench.example</wp:base_blog_url>
"""
_FIELDS = (
    "<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[{date}]]></wp:post_date>"
    "<wp:post_date_gmt><![CDATA[{date}]]></wp:post_date_gmt><wp:post_modified_gmt><![CDATA[{date}]]></wp:post_modified_gmt>"
    "<wp:comment_status><![CDATA[open]]></wp:comment_status><wp:post_name><![CDATA[{slug}]]></wp:post_name>"
    "<wp:status><![CDATA[{status}]]></wp:status><wp:post_parent>{parent}</wp:post_parent>"
    "<wp:post_type><![CDATA[{type}]]></wp:post_type><wp:is_sticky>0</wp:is_sticky>"
)


def write_export(path: Path, megabytes: float, seed: int = 1) -> int:
    """Write an export of about that size; the number of its stories."""
    corpus = Corpus(1_000_000, seed)
    written = stories = 0
    with open(path, "w", encoding="utf-8") as file:
        written += file.write(_HEAD)
        for author in corpus.authors:
            login = author.slug
            written += file.write(
                f"<wp:author><wp:author_login><![CDATA[{login}]]></wp:author_login>"
                f"<wp:author_display_name><![CDATA[{author.name}]]></wp:author_display_name></wp:author>\n"
            )
        for section in corpus.sections:
            written += file.write(
                f"<wp:category><wp:category_nicename><![CDATA[{section.slug}]]></wp:category_nicename>"
                f"<wp:cat_name><![CDATA[{section.title}]]></wp:cat_name></wp:category>\n"
            )
        while written < megabytes * 1024 * 1024:
            written += file.write(export(corpus.story(stories), stories, corpus))
            stories += 1
        file.write("</channel>\n</rss>\n")
    return stories


def export(story: Story, number: int, corpus: Corpus) -> str:
    """The items of a story: the post, and the attachment that is its picture."""
    head = story.head
    text = _LINK.sub(lambda found: f"](https://bench.example/{corpus.head(int(found[1])).path}/)", story.body)
    html = _RENDERER.render(text, lang="en", source="articles/a/b.md").html
    content = re.sub(r"</?p>", "\n", html) if number % 4 == 3 else _BLOCK.sub(_as_block, html)
    post, picture = number * 2 + 1, number * 2 + 2
    if number % 3 == 0:
        content += (
            f'\n\n<!-- wp:image {{"id":{picture}}} -->\n<figure class="wp-block-image"><img src="{_upload(head)}" alt=""'
            f' class="wp-image-{picture}"/></figure>\n<!-- /wp:image -->'
        )
    fields = {"number": post, "date": f"{head.date:%Y-%m-%d %H:%M:%S}", "slug": head.slug, "status": "publish", "parent": 0}
    terms = f'<category domain="category" nicename="{head.section}"><![CDATA[{head.section}]]></category>' + "".join(
        f'<category domain="post_tag" nicename="{slugify(tag)}"><![CDATA[{tag}]]></category>' for tag in story.tags
    )
    comments = "".join(
        f"<wp:comment><wp:comment_id>{one}</wp:comment_id><wp:comment_author><![CDATA[A reader]]></wp:comment_author>"
        f"<wp:comment_date_gmt>{fields['date']}</wp:comment_date_gmt><wp:comment_content><![CDATA[{story.dek}]]></wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type></wp:comment>"
        for one in range(number % 5)
    )
    item = (
        f"<item><title><![CDATA[{head.title}]]></title><link>https://bench.example/{head.path}/</link>"
        f"<dc:creator><![CDATA[{story.authors[0] if story.authors else ''}]]></dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[{story.dek}]]></excerpt:encoded>"
        f"{_FIELDS.format(**fields, type='post')}{terms}{_meta('_thumbnail_id', str(picture)) if number % 3 == 0 else ''}"
        f"{_meta('_edit_last', '1')}{comments}</item>\n"
    )
    if number % 3:
        return item
    fields |= {"number": picture, "slug": f"{head.slug}-picture", "status": "inherit", "parent": post}
    return item + (
        f"<item><title><![CDATA[{head.slug}]]></title><excerpt:encoded><![CDATA[{story.dek}]]></excerpt:encoded>"
        f"{_FIELDS.format(**fields, type='attachment')}<wp:attachment_url><![CDATA[{_upload(head)}]]></wp:attachment_url>"
        f"{_meta('_wp_attachment_image_alt', story.dek)}</item>\n"
    )


def _upload(head: Head) -> str:
    return f"https://bench.example/wp-content/uploads/{head.date:%Y/%m}/{head.slug}.jpg"


def _meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def _as_block(found: re.Match[str]) -> str:
    name = {"p": "paragraph", "ul": "list", "ol": "list", "blockquote": "quote"}.get(found[1], "heading")
    return f"<!-- wp:{name} -->\n{found[0]}\n<!-- /wp:{name} -->\n"


def main() -> None:
    """Generate, import twice for the time and twice for the memory, and say what it took."""
    parser = argparse.ArgumentParser(prog="python -m bench.wordpress", description="What a large WordPress import takes.")
    parser.add_argument("--megabytes", type=int, default=200, help="size of the export (default: 200)")
    parser.add_argument("--work", type=Path, help="where to work (default: a folder on /dev/shm)")
    parser.add_argument("--result", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work or "/dev/shm", prefix="slugline-wordpress-") as folder:
        work = Path(folder)
        stories = write_export(work / "export.xml", options.megabytes)
        figures: dict[str, object] = {"megabytes": options.megabytes, "stories": stories, "machine": describe()}
        for kind in ("time", "memory"):
            paper = work / "paper"
            shutil.rmtree(paper, ignore_errors=True)
            slugline = [sys.executable, "-m", "slugline"]
            subprocess.run([*slugline, "init", str(paper), "--timezone", "UTC", "--quiet"], check=True)
            command = [*slugline, "import", str(work / "export.xml"), "--root", str(paper), "--quiet"]
            for name in ("first", "second"):
                if kind == "time":
                    run = timed(command, work, os.environ, work / "log")
                    figures[name] = {"seconds": round(run.wall, 1), "cpu": round(run.cpu, 1), "others": round(run.others, 1)}
                else:
                    figures[f"{name}_memory_mb"] = round(peak_memory(command, work, os.environ, work / "log") / 1024**2)
        text = json.dumps(figures, indent=1)
        if options.result:
            options.result.write_text(text + "\n", encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
