"""The network: one bounded client, and the only package that knows HTTP."""
