"""`slugline check`: what an editor should know of before publishing. Each check is a function in a list; see docs/check.md."""
