"""The theme: its folders, its templates with their dependencies, its assets, its translations, the filters it may use."""
