"""Structured data: one JSON-LD graph a page, in the words of https://schema.org."""
