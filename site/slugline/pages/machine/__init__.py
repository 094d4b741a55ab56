"""Outputs for machines: feeds, sitemaps, robots.txt, structured data, redirects, the manifest. Each is a page with a trace."""
