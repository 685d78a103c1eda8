"""A terminal news reader for East Kalimantan."""

__version__ = "0.1.0"
