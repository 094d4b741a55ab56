"""Dev mode: watches the publication, builds what an edit touches, and shows it in every open browser.

watch.py       file events become hints
gathering.py   hints become batches: one save, one build
press.py       the thread that builds, batch by batch
view.py        what the browser is to see now: pages shown ahead of the build, problems, who looks at what
pages.py       an address → the file of the site, and its script for live reload
answering.py   HTTP: pages, ranges, events, and who may ask
server.py      the whole of it, from start to Ctrl-C
"""
