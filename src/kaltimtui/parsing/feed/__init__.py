"""Feeds of every format become articles; a worker process starts here, so keep this empty."""
