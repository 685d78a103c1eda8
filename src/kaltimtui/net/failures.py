"""What is said of an address that gave no answer, or none that can be taken.

Hosts are named, never whole addresses: these may hold what is nobody's business.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.errors import FetchError
from kaltimtui.i18n import N_, _

if TYPE_CHECKING:
    from kaltimtui.errors import FetchReason

_HOST_LIMIT: Final = 253
_CHECK_NETWORK: Final = N_("Check the network connection.")
_GONE: Final = 410
_NOT_MODIFIED: Final = 304
_PROXY_LOGIN: Final = 407
_PHRASES: Final = {
    400: N_("it does not understand the request"),
    401: N_("it asks for a login"),
    403: N_("it does not allow this"),
    404: N_("it has no such page"),
    408: N_("it got tired of waiting"),
    410: N_("this is gone for good"),
    429: N_("it asks for fewer requests"),
    451: N_("it may not show this for legal reasons"),
    500: N_("something broke on its side"),
    502: N_("something broke on its side"),
    503: N_("it is out of service for now"),
    504: N_("something broke on its side"),
}
_UNTRUSTED: Final = {
    9: N_("its certificate is not valid yet"),
    10: N_("its certificate has expired"),
    18: N_("its certificate is signed by nobody that is trusted"),
    19: N_("its certificate is signed by nobody that is trusted"),
    20: N_("its certificate is signed by nobody that is trusted"),
    21: N_("its certificate is signed by nobody that is trusted"),
    62: N_("its certificate is for another host"),
    64: N_("its certificate is for another host"),
}
"""By OpenSSL's numbers."""


def shown(host: str) -> str:
    """A host as it may be shown."""
    return text.inline(host, _HOST_LIMIT)


def _failure(
    message: str, host: str, reason: FetchReason, hint: str = "", **more: object
) -> FetchError:
    return FetchError(message.format(host=shown(host), **more), reason=reason, hint=hint)


# --- addresses -----------------------------------------------------------------------------------


def no_address(url: str) -> FetchError:
    """Said of what is no address that is opened."""
    try:
        parts = urlsplit(url)
        scheme, host = text.inline(parts.scheme, 32), parts.hostname
    except ValueError:
        scheme, host = "", None
    if scheme and scheme not in ("http", "https"):
        said = _("An address that begins with “{scheme}:” cannot be fetched.")
        message = said.format(scheme=scheme)
    elif host:
        message = _("This address of {host} cannot be fetched.").format(host=shown(host))
    else:
        message = _("This is no address that can be fetched.")
    return FetchError(
        message, reason="address", hint=_("It has to be https://… or http://…, without user name.")
    )


def leads_nowhere(host: str) -> FetchError:
    """Said of a redirect to what is not opened."""
    return _failure(_("{host} leads on to an address that cannot be fetched."), host, "address")


def private(host: str) -> FetchError:
    """Said of an address in a private network that nobody typed."""
    return _failure(
        _("{host} is in a private network, where nothing else may lead to."),
        host,
        "private",
        _("If you trust it, add it as a source yourself."),
    )


# --- connecting ----------------------------------------------------------------------------------


def no_host(host: str, error: Exception | None = None) -> FetchError:
    """Said of a name that cannot be looked up."""
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        message = _("The name {host} cannot be looked up now.")
        return _failure(message, host, "resolve", _(_CHECK_NETWORK))
    message = _("There is no host named {host}.")
    return _failure(message, host, "resolve", _("Check the address and the network connection."))


def no_connection(host: str, error: OSError, *, proxy: bool = False) -> FetchError:
    """Said of a host, or a proxy, that cannot be connected to."""
    if proxy:
        return no_proxy(host)
    if isinstance(error, ConnectionRefusedError) or error.errno == errno.ECONNREFUSED:
        return _failure(_("{host} takes no connections."), host, "connect")
    if isinstance(error, TimeoutError):
        return _failure(_("{host} does not answer."), host, "timeout")
    return _failure(_("{host} cannot be reached."), host, "connect", _(_CHECK_NETWORK))


def no_proxy(host: str) -> FetchError:
    """Said of a proxy that cannot be connected to."""
    return _failure(
        _("The proxy {host} cannot be reached."),
        host,
        "proxy",
        _("Check the setting of the proxy."),
    )


def proxy_of_what_kind(host: str) -> FetchError:
    """Said of a proxy that is not understood."""
    return _failure(
        _("The proxy {host} cannot be used."),
        host,
        "proxy",
        _("It has to be http://… or https://…; socks5://… needs the Python package socksio."),
    )


def proxy_refuses(host: str) -> FetchError:
    """Said where the proxy is there but does not let the request through."""
    return _failure(
        _("The proxy does not let through to {host}."),
        host,
        "proxy",
        _("Check the setting of the proxy, with its user name and password."),
    )


def not_secure(host: str, error: OSError) -> FetchError:
    """Said of a secure connection that cannot be had or trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _UNTRUSTED.get(error.verify_code, N_("its certificate is not trusted"))
        return _failure(
            _("{host} cannot be trusted: {why}."),
            host,
            "tls",
            _("Nothing was fetched. See whether the clock of this computer is right."),
            why=_(why),
        )
    return _failure(_("There is no secure connection to be had with {host}."), host, "tls")


def no_time_to_connect(host: str, seconds: float, *, proxy: bool = False) -> FetchError:
    """Said where nobody was there within the limit."""
    if proxy:
        return no_proxy(host)
    message = _("{host} did not answer within {seconds} seconds.")
    return _failure(message, host, "timeout", seconds=f"{seconds:g}")


# --- answers -------------------------------------------------------------------------------------


def too_slow(host: str, seconds: float) -> FetchError:
    """Said where the whole of it took too long."""
    message = _("{host} gave no whole answer within {seconds} seconds.")
    return _failure(message, host, "timeout", seconds=f"{seconds:g}")


def in_circles(host: str) -> FetchError:
    """Said of redirects that do not end."""
    return _failure(_("{host} leads from one address to the next without end."), host, "redirects")


def leads_on_without_saying(host: str) -> FetchError:
    """Said of a redirect that names no address."""
    return _failure(_("{host} leads on but does not say where."), host, "redirects")


def too_large(host: str, limit: int) -> FetchError:
    """Said of more than is taken."""
    size = f"{limit / (1 << 20):.3g}"
    message = _("The answer of {host} is larger than {size} MiB.")
    return _failure(message, host, "size", size=size)


def headers_too_large(host: str) -> FetchError:
    """Said of an answer with too much before its body."""
    return _failure(
        _("The answer of {host} begins with more headers than are taken."), host, "size"
    )


def packed_wrong(host: str) -> FetchError:
    """Said of a body in a coding that is not taken, or not in the one it names."""
    message = _("The answer of {host} is packed in a way that cannot be read.")
    return _failure(message, host, "coding")


def cut_off(host: str) -> FetchError:
    """Said of an answer whose end is missing."""
    return _failure(_("{host} broke off before its answer was whole."), host, "protocol")


def no_http(host: str) -> FetchError:
    """Said of what is no answer of a web server."""
    return _failure(_("{host} does not answer as a web server does."), host, "protocol")


def status(host: str, number: int, retry_after: float | None, *, final: bool) -> FetchError:
    """Said of any status that brings nothing; ``final``: where 410 means this very address."""
    if number == _PROXY_LOGIN:
        return proxy_refuses(host)
    if number == _NOT_MODIFIED:
        why = N_("nothing has changed, though it was not asked that")
    else:
        why = _PHRASES.get(number) or _class_phrase(number)
    said = _("{host} answered {number}: {why}.")
    return FetchError(
        said.format(host=shown(host), number=number, why=_(why)),
        reason="gone" if final and number == _GONE else "status",
        status=number,
        retry_after=retry_after,
    )


def _class_phrase(number: int) -> str:
    match number // 100:
        case 4:
            return N_("it refuses the request")
        case 5:
            return N_("something broke on its side")
        case _:
            return N_("it brings nothing that can be read")


def no_rules(host: str, error: FetchError) -> FetchError:
    """Said of a site that cannot say now what it wants fetched."""
    said = _("{host} cannot say now what it wants fetched (robots.txt: {number}).")
    return FetchError(
        said.format(host=shown(host), number=error.status),
        reason="status",
        hint=_("Nothing of it was fetched."),
        status=error.status,
        retry_after=error.retry_after,
    )


def explained(error: Exception, host: str) -> FetchError:
    """Any other failure of the libraries below, by what it is."""
    import httpcore
    import httpx

    match error:
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
            return no_address(f"//{host}")
        case httpx.ProxyError() | httpcore.ProxyError():
            return proxy_refuses(host)
        case httpx.ConnectError() | httpcore.ConnectError():
            return no_connection(host, OSError())
        case httpx.TimeoutException() | httpcore.TimeoutException() | TimeoutError():
            return _failure(_("{host} does not answer."), host, "timeout")
        case ssl.SSLError():
            return not_secure(host, error)
        case httpcore.RemoteProtocolError() | httpcore.LocalProtocolError() if (
            "peer closed" not in str(error)
        ):
            return no_http(host)
        case OSError() | httpx.NetworkError() | httpcore.NetworkError() | httpcore.ProtocolError():
            return cut_off(host)
        case _:
            return _failure(_("{host} cannot be fetched."), host, "protocol")
