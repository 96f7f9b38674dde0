"""The HTTP door: reads a request, meets its fault, checks its token, answers as Slack does."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.doubles.slack.errors import Json, SlackError
from tests.doubles.slack.faults import IN_PLAIN_TEXT, Fault, Faults, Kind
from tests.doubles.slack.faults import Action as FaultAction
from tests.doubles.slack.methods import METHODS
from tests.doubles.slack.world import World

API = "/api/"
LOST = 0  # the status of a request that got no answer
IN_JSON = ("blocks", "attachments", "metadata", "view", "files", "unfurls")  # JSON texts inside a form


@dataclass(eq=False)
class Received:
    """One request; ``status`` is None while it is being answered, 0 if the answer was cut off."""

    name: str
    at: float
    args: Json
    headers: Mapping[str, str] = field(repr=False)
    raw: bytes = field(repr=False, default=b"")
    content_type: str = ""
    token: str = field(repr=False, default="")
    status: int | None = None
    body: Any = field(default=None, repr=False)


class Rest:
    """All methods, with the list of what came in."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self.requests: list[Received] = []
        self.unknown_requests: list[str] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        received = await _receive(request)
        with self._world.changed:
            self.requests.append(received)
            self._world.changed.notify_all()
        where = f"{received.name} {received.args.get('channel')}"
        fault = self._faults.take(request.method, received.name) or self._faults.take(request.method, where)
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
        return await self._spoil(received, fault) if fault else self._work(received)

    async def _spoil(self, received: Received, fault: Fault) -> web.Response | None:
        action: FaultAction = fault.action
        response = self._work(received) if action.does_work else None
        if action.kind is Kind.LOSE:
            return None
        if action.kind is Kind.SLOW:
            await fault.wait_for_release()
            return response or self._work(received)
        if action.kind is Kind.MALFORMED:
            return web.Response(body=b'{"ok": tr', content_type="application/json")
        if action.kind is Kind.RATE_LIMIT:
            headers = {"Retry-After": str(max(0, round(action.retry_after_s)))}
            return _json_response({"ok": False, "error": "ratelimited"}, 429, headers)
        if action.status == 200 and action.scope != IN_PLAIN_TEXT:
            return _json_response({"ok": False, "error": action.scope})
        kind = IN_PLAIN_TEXT if action.scope == IN_PLAIN_TEXT else "text/html"
        return web.Response(status=action.status, text="<html>something went wrong</html>", content_type=kind)

    def _work(self, received: Received) -> web.Response:
        with self._world.changed:
            try:
                if received.name.startswith("respond/"):
                    return self._respond(received)
                if received.name.startswith("upload/"):
                    return self._upload(received)
                received.body = self._call(received)
            except SlackError as error:
                received.body = error.body
            except (ArithmeticError, AttributeError, AssertionError, LookupError, TypeError, ValueError) as error:
                # Arguments that this double did not expect: no test that looks at unknown_requests passes over it.
                self.unknown_requests.append(f"{received.name}: {error!r}")
                received.body = {"ok": False, "error": "invalid_arguments", "detail": repr(error)}
            scopes = ",".join(sorted(self._world.scopes or {"chat:write", "commands"}))
            date = formatdate(self._world.now().timestamp(), usegmt=True)
            return _json_response(received.body, headers={"X-OAuth-Scopes": scopes, "Date": date})

    def _call(self, received: Received) -> Json:
        known = METHODS.get(received.name)
        if known is None:
            self.unknown_requests.append(received.name)
            raise SlackError("unknown_method", req_method=received.name)
        method, scope = known
        self._check_token(received.token, scope)
        return {"ok": True, **method(self._world, received.args)}

    def _check_token(self, token: str, scope: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if token in self._world.revoked:
            raise SlackError(self._world.revoked[token])
        kind = self._world.tokens.get(token)
        if kind is None:
            raise SlackError("invalid_auth")
        if (kind == "app") != (scope == "app"):
            raise SlackError("not_allowed_token_type")
        scopes = self._world.scopes
        if kind == "bot" and scopes is not None and scope and scope not in scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    def _respond(self, received: Received) -> web.Response:
        token = received.name.removeprefix("respond/")
        action = next((it for it in self._world.actions if it.response_token == token), None)
        if action is None:
            return _json_response(SlackError("no_service").body, 404)
        try:
            action.use_response_url(received.args)
        except SlackError as error:
            action.refusals.append(str(error))
            received.body = error.body
            gone = error.word in {"expired_url", "used_url"}
            return _json_response(error.body, 404 if gone else 400)
        self._world.notify()
        return web.Response(text="ok")

    def _upload(self, received: Received) -> web.Response:
        ticket = received.name.removeprefix("upload/")
        file = next((it for it in self._world.files.values() if it.ticket == ticket), None)
        if file is None or file.data is not None:
            return web.Response(status=404, text="not found")
        if len(received.raw) != file.length:
            return web.Response(status=400, text="the length is not what was announced")
        file.data = received.raw
        self._world.notify()
        return web.Response(text=f"OK - {file.length}")

    async def get_file(self, request: web.Request) -> web.Response:
        """Give a file to who has the bot's token."""
        await asyncio.sleep(0)
        file = self._world.files.get(request.match_info["file"])
        if file is None or not file.is_complete or _bearer(request) not in self._world.tokens:
            return web.Response(status=404)
        return web.Response(body=file.data or b"")


def _bearer(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _receive(request: web.Request) -> Received:
    name = request.path.removeprefix(API).removeprefix("/")
    args: Json = dict(request.query)
    raw = b""
    kind = request.content_type
    if name.startswith("upload/"):
        raw = await _read_upload(request)
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    else:
        raw = await request.read()
        given = _parse_json(raw)
        args |= given if isinstance(given, dict) else {}
    for key in IN_JSON:
        if isinstance(args.get(key), str):
            args[key] = _parse_json(args[key])
    token = _bearer(request) or str(args.get("token") or "")
    args.pop("token", None)
    return Received(name, time.monotonic(), args, dict(request.headers), raw, kind, token)


async def _read_upload(request: web.Request) -> bytes:
    """Return the bytes of a raw body or of the first file of a form; the upload address takes both."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


def _parse_json(text: str | bytes) -> Any:  # noqa: ANN401 - what a client sent
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return {}


def _json_response(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers)
