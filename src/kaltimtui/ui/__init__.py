"""The reader: everything a person sees and touches."""
