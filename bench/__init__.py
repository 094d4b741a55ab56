"""The benchmark: one corpus, one plain site, Slugline beside its peers."""
