"""Dev mode: watches the publication, builds what an edit touches, and reloads every open page that it changed.

watcher.py      file events become hints
debounce.py     hints become batches: one save, one build
rebuilder.py    the thread that builds, batch by batch
excerpts.py     the lines around the one that a problem blames
preview.py      the pages rendered ahead of the build that is under way
site_files.py   an address → the file of the site
live_script.py  the script of live reload in the pages that are sent
host_check.py   which requests are refused
hub.py          the open pages and their streams of events
app.py          HTTP: pages, ranges, events
connections.py  connections with time limits
network.py      a free port, and the addresses of this machine
terminal.py     the lines about each build
server.py       all of it, from start to Ctrl-C
"""
