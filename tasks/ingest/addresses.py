"""Where a request may go: http and https, public addresses only unless the source says otherwise.

The check stands at the moment of connecting, on the address that is really connected to: a name that resolves to a
loopback address, a redirect to one, and a name that changes between check and use are all stopped.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx


class AddressError(Exception):
    """The address is not public, or not http(s)."""


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet (not loopback, private, link-local, reserved)."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if mapped is not None and not is_public(str(mapped)):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def check_url(url: str) -> str:
    """Return the host of an address that may be asked for.

    Raises:
        AddressError: not http(s), no host, or a user name in it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(f"no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressError(f"{parts.scheme or 'nothing'}: is not http(s)")
    if parts.username or parts.password:
        raise AddressError("a user name in the address")
    return host


def resolve(host: str, port: int, private: bool) -> list[str]:
    """Return the IP addresses of a host, all of them allowed.

    Raises:
        AddressError: one of them is not public and `private` is false.
        OSError: the name cannot be resolved.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private:
        blocked = [address for address in found if not is_public(address)]
        if blocked:
            raise AddressError(f"{host} is {blocked[0]}")
    return list(dict.fromkeys(found))


class GuardedBackend(httpcore.SyncBackend):
    """Opens connections for httpcore to checked addresses only."""

    def __init__(self, private: bool) -> None:
        super().__init__()
        self._private = private

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Connect to the first address of the host that answers.

        Raises:
            AddressError: see `resolve`. httpcore.ConnectError: nothing answers.
        """
        try:
            addresses = resolve(host, port, self._private)
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
        failure: Exception | None = None
        for address in addresses[:3]:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        """Refuse: feeds do not live in sockets of this machine.

        Raises:
            AddressError: always.
        """
        raise AddressError("a socket of this machine")


class GuardedTransport(httpx.HTTPTransport):
    """httpx transport whose connections all go through `GuardedBackend`; environment proxies are not used."""

    def __init__(self, private: bool) -> None:
        super().__init__()
        context: ssl.SSLContext = httpx.create_ssl_context()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=20, max_keepalive_connections=10, keepalive_expiry=10,
            network_backend=GuardedBackend(private),
        )  # fmt: skip
