"""The first stage of a build: what is not as the last build left it, among the sources, in the theme, in the build folder."""
