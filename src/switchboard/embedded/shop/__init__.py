"""The shop of Acme Bikes: a strange site, on an origin of its own, which carries our snippet and nothing else of us."""
