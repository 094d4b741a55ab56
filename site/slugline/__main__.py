"""``python -m slugline`` is the command ``slugline``."""

from slugline.cli import command

if __name__ == "__main__":
    command()
