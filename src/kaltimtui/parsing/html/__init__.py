"""HTML as a tree of bounded depth, and the walk over it that gives the blocks of its text."""
