"""What the reader shows where there is nothing yet to show."""
