"""Say how to look at the site that was just built, and where its newest story stands."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PORT = 8000


def main() -> None:
    """Print two lines for a person at a terminal."""
    items = json.loads((ROOT / "build" / "feed.json").read_text(encoding="utf-8"))["items"]
    print(f"\nThe Update Desk is in build/. To look at it:\n\n    python3 -m http.server -d build {PORT}\n")
    print(f"and open http://localhost:{PORT}{urlsplit(items[0]['url']).path}")


if __name__ == "__main__":
    main()
