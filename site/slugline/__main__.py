"""``python -m slugline`` is the command ``slugline``."""

from slugline.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
