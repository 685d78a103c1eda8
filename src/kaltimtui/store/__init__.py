"""Articles, marks and sources, kept in one SQLite file."""
