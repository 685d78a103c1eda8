"""The parts the reader's screens are made of."""
