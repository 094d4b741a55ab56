"""Outputs for machines: feeds, sitemaps, robots.txt, redirects, structured data. Each is a page with a trace."""
