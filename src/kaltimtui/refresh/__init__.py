"""Keeping the store current: what is fetched, read and kept, and when."""
