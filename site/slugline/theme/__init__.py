"""The theme: where it lies, its templates with their dependencies, its assets, the filters it may use."""
