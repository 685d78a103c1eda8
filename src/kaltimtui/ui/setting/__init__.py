"""Typesetting: an article as lines of styled runs, for a given width. Needs no Textual."""
