"""Pages: which there are, and what each shows."""
