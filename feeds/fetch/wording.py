"""What went wrong with an exchange, in words that a user can act on.

Owns the sentences. Must never let a library's exception text through unless it says something that a reader
understands.
"""

from __future__ import annotations

import errno
import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from feeds.guard import RefusedAddressError

_ADVICE = {
    401: "needs a login",
    402: "wants payment",
    403: "access refused; the server may not like automatic readers",
    404: "not found; check the address",
    408: "the server gave up waiting",
    410: "the feed is gone for good",
    429: "too many requests; the server asks to be polled less often",
    451: "blocked for legal reasons",
    500: "the server has an internal error",
    502: "the server's gateway fails",
    503: "the server is overloaded or under maintenance",
    504: "the server's gateway timed out",
}
_CAUSES = {
    errno.ECONNREFUSED: "the server refused the connection",
    errno.ECONNRESET: "the server cut the connection",
    errno.ENETUNREACH: "the network cannot be reached",
    errno.EHOSTUNREACH: "the host cannot be reached",
    errno.ETIMEDOUT: "the connection timed out",
}


def describe_status(status: int) -> str:
    """Return what an HTTP status that is no success means, such as ``HTTP 404: not found; check the address``."""
    advice = _ADVICE.get(status)
    if advice is None:
        advice = HTTPStatus(status).phrase.lower() if status in HTTPStatus._value2member_map_ else "not in any standard"
    return f"HTTP {status}: {advice}"


def describe_error(error: BaseException, host: str) -> str:
    """Return what an exception of an exchange with ``host`` means."""
    host = getattr(error, "host", None) or host
    refused = _find_refusal(error)
    if refused is not None:
        return str(refused)
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"the certificate of {host} is not trusted: {_certificate_reason(error)}"
    if isinstance(error, aiohttp.ClientConnectorSSLError | aiohttp.ClientSSLError):
        return f"no encrypted connection to {host} could be made (TLS)"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _describe_lookup(error.os_error, host)
    if isinstance(error, aiohttp.ServerTimeoutError):
        return f"no connection to {host} in time"
    return _describe_transfer(error, host)


def _describe_transfer(error: BaseException, host: str) -> str:
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the connection broke in the middle of the body"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return f"{host} closed the connection without an answer"
    if isinstance(error, aiohttp.InvalidURL | UnicodeError | ValueError):
        return "the address is not a valid URL"
    if isinstance(error, aiohttp.ClientResponseError):
        return f"{host} does not answer in HTTP: {error.message[:100]}"
    if isinstance(error, OSError):
        return f"{_CAUSES.get(error.errno or 0, 'no connection')} ({host})"
    return f"the exchange with {host} failed ({type(error).__name__})"


def _find_refusal(error: BaseException | None) -> RefusedAddressError | None:
    for _ in range(8):
        if error is None or isinstance(error, RefusedAddressError):
            return error
        error = getattr(error, "os_error", None) or error.__cause__ or error.__context__
    return None


def _certificate_reason(error: aiohttp.ClientConnectorCertificateError) -> str:
    inner = error.certificate_error
    return str(getattr(inner, "verify_message", "") or inner)[:200]


def _describe_lookup(error: OSError, host: str) -> str:
    if getattr(error, "errno", None) == socket.EAI_AGAIN:
        return f"the name server does not answer for {host}"
    return f"no such host: {host}"


def parse_retry_after(value: str, *, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for (a number or a date, RFC 9110), or None."""
    value = value.strip()[:64]
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
