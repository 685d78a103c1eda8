"""What measures the program: seeded stores, its work on them, and a table of ratios."""
