"""The publication's settings: what can be set (``schema.py``), and how the file is read (``load.py``)."""
