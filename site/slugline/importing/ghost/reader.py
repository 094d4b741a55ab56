def sniff(path): return False
def read(path, source, settings): yield from ()
