"""The grammar of the command line: every command with its options; docs/command-line.md is compared with it by a test.

A command is declared by a function, an option that several take by one that they share. ``set_defaults`` says of a command:
``module``, which module of ``commands/`` runs it; ``needs_publication``, whether it works on one; ``on_error``, what is said
below a publication's errors; ``on_bug``, what is certain even then.
"""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from slugline import __version__
from slugline.cli.values import jobs, moment, part, port

__all__ = ["COMMANDS", "parser"]

_UNPUBLISHED = "nothing was published; the last good site is unchanged"

Commands = Any  # the type has no public name in argparse


class _TopParser(ArgumentParser):
    """The program's own parser: its help ends with where the documentation is."""

    def format_help(self) -> str:
        # Only help pays for loading it.
        from slugline.starting import documentation  # noqa: PLC0415

        return f"{super().format_help()}\nDocumentation: {documentation()}\n"


def parser(only: str = "") -> ArgumentParser:
    """The parser of the command line.

    Args:
        only: declare one command alone, as a process that runs it needs it: declaring all takes some milliseconds.
    """
    top = _TopParser(
        prog="slugline",
        description="A static site generator for news publications.",
        epilog="`slugline COMMAND --help` lists the options of a command.",
    )
    top.add_argument("--version", action="version", version=f"slugline {__version__}")
    _add_common(top)
    top.set_defaults(quiet=False, verbose=False, root=None, needs_publication=True, on_error="", on_bug="")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=ArgumentParser)
    for name, declare in COMMANDS.items():
        if only in ("", name):
            declare(commands)
    return top


def _init(commands: Commands) -> None:
    init = _command(commands, "init", "make a new publication, ready to build", rooted=False)
    init.add_argument("folder", type=Path, metavar="DIR", help="where; absent, or empty but for .git and the like")
    init.add_argument("--name", default="", help="the name on the masthead (default: from the folder's name)")
    init.add_argument("--timezone", default="", metavar="ZONE", help="an IANA time zone (default: this machine's)")
    init.set_defaults(module="init", on_error="nothing was made")


def _new(commands: Commands) -> None:
    new = commands.add_parser("new", help="start a story, a section, an author or a page")
    kinds = new.add_subparsers(title="what", metavar="WHAT", required=True)
    article = _command(kinds, "article", "a file to start from")
    article.add_argument("headline", metavar="HEADLINE", help="its headline; the file is named after it")
    article.add_argument("--section", metavar="S", help="its section (default: the first of the menu)")
    article.add_argument("--author", action="append", default=[], metavar="A", help="its author; may be repeated")
    _add_now(article, "its date (default: now)")
    article.set_defaults(module="new_article", on_error="nothing was made")
    for kind, name, text in _NEW_ITEMS:
        item = _command(kinds, kind, text)
        item.add_argument("title", metavar=name, help="its name as readers see it; the file is named after it")
        item.set_defaults(module="new_item", kind=kind, on_error="nothing was made")


_NEW_ITEMS = (
    ("section", "TITLE", "the file that describes a section"),
    ("author", "NAME", "the file that describes an author"),
    ("page", "TITLE", "a page that is no story, such as a contact page"),
)
"""What ``new`` makes besides stories: its name, what it is named by, the help."""


def _publish_now(commands: Commands) -> None:
    publish = _command(commands, "publish-now", "date a story now, and make it no draft")
    publish.add_argument("story", metavar="STORY", help="its file, or that file's name")
    _add_now(publish, "its date (default: now)")
    publish.set_defaults(module="publish_now", on_error="nothing was changed")


def _import(commands: Commands) -> None:
    bring = _command(commands, "import", "turn seeds into front-matter Markdown")
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders")
    bring.add_argument("--into", type=Path, metavar="DIR", help="the content folder (default: content/ in the root)")
    bring.add_argument("--format", default="auto", help="text, html, wordpress, ghost, or auto to look at each file (default)")
    bring.add_argument("--media", type=Path, metavar="DIR", help="the folder of pictures and files that an export names")
    bring.add_argument("--date", help="the date of stories whose text names none")
    bring.add_argument("--section", help="the section of all of them")
    bring.add_argument("--force", action="store_true", help="write over what editors have changed since")
    _add_dry_run(bring)
    _add_jobs(bring)
    _add_report(bring, "write the report as JSON, and a page beside it (.html); - prints the JSON")
    bring.set_defaults(module="import_", on_error="nothing was imported")


def _build(commands: Commands) -> None:
    build = _command(commands, "build", "make the site")
    _add_output(build)
    build.add_argument("--drafts", action="store_true", help="publish drafts")
    build.add_argument("--future", action="store_true", help="publish stories under embargo")
    _add_now(build, "the instant of the build (default: now)")
    _add_base_url(build)
    _add_jobs(build)
    _add_report(build, "write the report as JSON; - prints it")
    build.add_argument("--why", action="store_true", help="say what made each rendered page dirty")
    verify = "render unchanged pages too and compare them, or a part of them (0.01)"
    build.add_argument("--verify", nargs="?", type=part, const=1.0, metavar="PART", help=verify)
    build.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait so long for another build")
    build.set_defaults(module="build", on_error=_UNPUBLISHED, on_bug=_UNPUBLISHED)


def _serve(commands: Commands) -> None:
    serve = _command(commands, "serve", "show the publication, and every edit at once")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    serve.add_argument("--port", type=port, default=8000, help="the port, or the next free one (default: 8000)")
    serve.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a name to answer to, too; may be repeated"
    )
    serve.add_argument("--no-drafts", action="store_true", help="show what the public will see")
    serve.add_argument("--poll", action="store_true", help="look for changes; for drives that send no events")
    serve.add_argument("--open", action="store_true", help="open the browser")
    _add_jobs(serve)
    serve.set_defaults(module="serve", on_error="nothing is served")


def _check(commands: Commands) -> None:
    check = _command(commands, "check", "say what an editor should know of")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to say it")
    check.add_argument("--external", action="store_true", help="visit addresses elsewhere, too")
    sitemap = "the sitemap of the site as it is public now, an address or a file: report what it names and the site has not"
    check.add_argument("--live", default="", metavar="SITEMAP", help=sitemap)
    _add_now(check, "the instant to check for (default: now)")
    check.set_defaults(module="check", on_error="nothing was checked")


def _redirects(commands: Commands) -> None:
    redirects = _command(commands, "redirects", "old addresses as a server's configuration")
    redirects.add_argument("--format", choices=("netlify", "nginx", "caddy"), default="netlify", help="which server's")
    _add_output(redirects)
    _add_base_url(redirects)
    redirects.set_defaults(module="redirects")


def _schema(commands: Commands) -> None:
    schema = _command(commands, "schema", "write what front matter and settings may hold, for editors and content management")
    schema.add_argument("--cms", action="store_true", help="write static/admin/config.yml, for Sveltia CMS and Decap CMS")
    schema.set_defaults(module="schema", on_error="nothing was written")


def _upgrade(commands: Commands) -> None:
    upgrade = _command(commands, "upgrade", "bring the settings up to this version of Slugline")
    _add_dry_run(upgrade)
    upgrade.set_defaults(module="upgrade")


def _extensions(commands: Commands) -> None:
    extensions = _command(commands, "extensions", "list what the publication adds in Python, and from which file")
    extensions.set_defaults(module="extensions")


def _completion(commands: Commands) -> None:
    completion = _command(commands, "completion", "print a script that completes commands in a shell", rooted=False)
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")
    completion.set_defaults(module="completion")


COMMANDS: Mapping[str, Callable[[Commands], None]] = {
    "init": _init,
    "new": _new,
    "publish-now": _publish_now,
    "import": _import,
    "build": _build,
    "serve": _serve,
    "check": _check,
    "redirects": _redirects,
    "schema": _schema,
    "upgrade": _upgrade,
    "extensions": _extensions,
    "completion": _completion,
}
"""What declares each command, in the order of the help."""


def _command(commands: Commands, name: str, text: str, *, rooted: bool = True) -> ArgumentParser:
    """A command with the options that all have; ``rooted``: it works on a publication."""
    command: ArgumentParser = commands.add_parser(name, help=text)
    _add_common(command, rooted=rooted)
    command.set_defaults(needs_publication=rooted)
    return command


def _add_common(to: ArgumentParser, *, rooted: bool = True) -> None:
    # Where one is not given after the command, what came before it counts.
    to.add_argument("-q", "--quiet", action="store_true", default=argparse.SUPPRESS, help="say nothing but errors")
    to.add_argument("-v", "--verbose", action="store_true", default=argparse.SUPPRESS, help="say more")
    if rooted:
        text = "the publication's folder (default: this one, or the nearest above it that has a slugline.toml)"
        to.add_argument("--root", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=text)


def _add_jobs(to: ArgumentParser) -> None:
    to.add_argument("--jobs", type=jobs, default=0, metavar="N", help="processes (default: one per processor)")


def _add_report(to: ArgumentParser, text: str) -> None:
    to.add_argument("--report", type=Path, metavar="FILE", help=text)


def _add_output(to: ArgumentParser) -> None:
    to.add_argument("--output", type=Path, metavar="DIR", help="the build folder (default: build/ in the root)")


def _add_base_url(to: ArgumentParser) -> None:
    to.add_argument("--base-url", default="", metavar="URL", help="the address of the site")


def _add_now(to: ArgumentParser, text: str) -> None:
    to.add_argument("--now", type=moment, metavar="ISO", help=text)


def _add_dry_run(to: ArgumentParser) -> None:
    to.add_argument("--dry-run", action="store_true", help="write nothing, report what would be")
