"""Whose certificates are trusted: those that the system trusts."""

from __future__ import annotations

import ssl
import sys

import truststore


def context() -> ssl.SSLContext:
    """What a secure connection is checked by. Takes some 20 ms: not for the event loop.

    On Linux the system's list is a file, which truststore would read anew for each connection.
    """
    if sys.platform == "linux":
        plain = ssl.create_default_context()
        if plain.cert_store_stats()["x509_ca"]:
            return plain
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
