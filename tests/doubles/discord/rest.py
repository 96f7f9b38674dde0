"""The REST door: reads a request, meets its fault, finds its route, answers with Discord's headers."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.doubles.discord import routes_channels, routes_rest
from tests.doubles.discord.errors import ApiError, Json, unauthorized
from tests.doubles.discord.faults import Action, Fault, Faults, Kind
from tests.doubles.discord.gateway import Gateway
from tests.doubles.discord.routing import Answer, Call, File, Route
from tests.doubles.discord.world import World

API = "/api/v10"
VIA = {"Via": "1.1 google"}
IN_FILES = re.compile(r"files\[(\d+)\]")
LOST = 0  # the status of a request that got no answer


@dataclass(eq=False)
class Received:
    """One request as it came in; ``status`` is None while it is being answered, 0 if the answer was cut off."""

    method: str
    path: str
    at: float
    json: Any
    query: Mapping[str, str]
    files: Mapping[int, File]
    headers: Mapping[str, str] = field(repr=False)
    status: int | None = None
    body: object = field(default=None, repr=False)


@dataclass(eq=False)
class Bucket:
    """A real limit that a test set: ``most`` requests in ``per_s`` seconds for paths that match."""

    method: str
    path: re.Pattern[str]
    most: int
    per_s: float
    used: list[float] = field(default_factory=list)

    def take(self) -> tuple[int, float]:
        """Count a request; return how many are left (below 0: too many) and the seconds until the next is free."""
        now = time.monotonic()
        self.used = [at for at in self.used if now - at < self.per_s]
        left = self.most - len(self.used) - 1
        if left >= 0:
            self.used.append(now)
        return left, self.per_s - (now - self.used[0]) if self.used else 0.0


class Rest:
    """All routes, with the list of what came in."""

    def __init__(self, world: World, faults: Faults, gateway: Gateway) -> None:
        self._world = world
        self._faults = faults
        self._gateway = gateway
        self.requests: list[Received] = []
        self.unknown_requests: list[str] = []
        self.buckets: list[Bucket] = []
        extra = (
            Route("GET", "/gateway", self._get_gateway, needs_token=False),
            Route("GET", "/gateway/bot", self._get_gateway),
        )
        self._routes = (*extra, *routes_rest.ROUTES, *routes_channels.ROUTES)

    def _get_gateway(self, call: Call) -> Answer:
        del call
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        shards = self._gateway.n_shards
        return 200, {"url": self._gateway.url, "shards": shards, "session_start_limit": limit}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        received = await _receive(request)
        with self._world.changed:
            self.requests.append(received)
            self._world.changed.notify_all()
        fault = self._faults.take(received.method, received.path)
        response = await self._answer(received, fault)
        with self._world.changed:
            received.status = LOST if response is None else response.status
            self._world.changed.notify_all()
        if response is None:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        return response

    async def _answer(self, received: Received, fault: Fault | None) -> web.Response | None:
        action = fault.action if fault else Action(Kind.SLOW)
        response = self._work(received) if action.does_work else None
        if fault is None:
            return response
        if action.kind is Kind.LOSE:
            return None
        if action.kind is Kind.SLOW:
            await fault.wait_for_release()
            return response or self._work(received)
        if action.kind is Kind.STATUS:
            return web.Response(status=action.status, text=f"error code: {action.status}", headers=VIA)
        if action.kind is Kind.MALFORMED:
            return web.Response(status=200, body=b'{"id": "', headers=VIA | {"Content-Type": "application/json"})
        return _refuse_for_now(action)

    def _work(self, received: Received) -> web.Response:
        with self._world.changed:
            headers = dict(VIA)
            try:
                route, ids = self._find(received)
                self._check(received, route)
                headers |= self._count(received, route, ids)
                call = Call(self._world, ids, received.query, _as_dict(received.json), received.files)
                status, body = route.handler(call)
            except ApiError as error:
                status, body = error.status, error.body
            except _LimitedError as limited:
                return _refuse_for_now(limited.action)
            except (ArithmeticError, AttributeError, AssertionError, LookupError, TypeError, ValueError) as error:
                # A body that this double did not expect: no test that looks at unknown_requests can pass over it.
                self.unknown_requests.append(f"{received.method} {received.path}: {error!r}")
                status, body = 400, {"message": repr(error), "code": 0}
            received.body = body
            return _json_response(status, body, headers)

    def _find(self, received: Received) -> tuple[Route, Mapping[str, str]]:
        for route in self._routes:
            ids = route.match(received.method, received.path)
            if ids is not None:
                return route, ids
        self.unknown_requests.append(f"{received.method} {received.path}")
        raise ApiError(404, 0, "404: Not Found")

    def _check(self, received: Received, route: Route) -> None:
        if route.needs_token and received.headers.get("Authorization") != f"Bot {self._world.token}":
            raise unauthorized()

    def _count(self, received: Received, route: Route, ids: Mapping[str, str]) -> dict[str, str]:
        """Return the rate limit headers of the route; raise if a limit that the test set is used up."""
        bucket = next((it for it in self.buckets if _fits(it, received)), None)
        left, reset_s = bucket.take() if bucket else (999, 1.0)
        if left < 0:
            raise _LimitedError(Action(Kind.RATE_LIMIT, retry_after_s=reset_s))
        del ids  # the client adds the major parameters to the bucket by itself
        key = hashlib.sha256(f"{route.method} {route.path}".encode()).hexdigest()[:32]
        return {
            "X-RateLimit-Limit": str(bucket.most if bucket else 1000),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + reset_s:.3f}",
            "X-RateLimit-Reset-After": f"{reset_s:.3f}",
            "X-RateLimit-Bucket": key,
        }


class _LimitedError(Exception):
    def __init__(self, action: Action) -> None:
        super().__init__("rate limited")
        self.action = action


def _fits(bucket: Bucket, received: Received) -> bool:
    return bucket.method in {received.method, "*"} and bool(bucket.path.fullmatch(received.path))


def _as_dict(body: object) -> Json:
    """Routes take objects; the one list, a bulk overwrite, stands under no name."""
    return body if isinstance(body, dict) else {"": body}


async def _receive(request: web.Request) -> Received:
    files: dict[int, File] = {}
    body: Any = {}
    if request.content_type == "multipart/form-data":
        form = await request.post()
        for name, part in form.items():
            number = IN_FILES.fullmatch(name)
            if number and isinstance(part, web.FileField):
                files[int(number[1])] = File(part.filename, part.content_type, part.file.read())
            elif name == "payload_json":
                body = json.loads(part if isinstance(part, str) else "{}")
    elif request.can_read_body and (raw := await request.read()):
        body = json.loads(raw)
    path = request.path.removeprefix(API)
    return Received(request.method, path, time.time(), body, dict(request.query), files, dict(request.headers))


def _json_response(status: int, body: object, headers: dict[str, str]) -> web.Response:
    if status == 204:
        return web.Response(status=204, headers=headers)
    # The client takes a body for JSON only if the type is exactly this, without a charset.
    headers = headers | {"Content-Type": "application/json"}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def _refuse_for_now(action: Action) -> web.Response:
    seconds = f"{action.retry_after_s:.3f}"
    if not action.has_via:
        return web.Response(status=429, text="error code: 1015", headers={"Retry-After": seconds})
    is_global = action.scope == "global"
    body = {"message": "You are being rate limited.", "retry_after": action.retry_after_s, "global": is_global}
    headers = VIA | {"Retry-After": seconds, "X-RateLimit-Scope": action.scope}
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    return _json_response(429, body, headers)
