"""The commands, a module each: ``run`` takes the parsed options and the screen, and returns the exit code."""
