"""The ASGI application: requests to `publish` and to the workers, and what every reply carries.

Nothing here knows what a page shows. The event loop only moves bytes: pages are written in threads,
queries run in processes, and a reply that was given before is sent from memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING

from eurohpc_kg import __version__
from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.sparql import is_lasting
from eurohpc_kg.web import endpoint
from eurohpc_kg.web.addresses import OPENAPI, asks_nothing
from eurohpc_kg.web.asgi import READ, Application, Request, Response, Route
from eurohpc_kg.web.asking import plan_of, results_of
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.endpoint import Plan
from eurohpc_kg.web.envelope import Envelope, Log
from eurohpc_kg.web.faults import Fault, Refused, fault_of
from eurohpc_kg.web.files import LOGO, europe, static
from eurohpc_kg.web.metrics import Metrics
from eurohpc_kg.web.negotiate import FORMS, RDF_FORMS, choose_form
from eurohpc_kg.web.publish import Reply, reply_of
from eurohpc_kg.web.requests import asked_by, values_of, wants_page
from eurohpc_kg.web.responses import respond
from eurohpc_kg.web.serving import Edition, Serving
from eurohpc_kg.web.workers import Answered, WorkerError

if TYPE_CHECKING:  # what writes pages is imported for the first of them
    from eurohpc_kg.web.pages import Page

_LARGE = 2_000_000  # bytes of which nothing is made on the event loop


_STATIC = "/-/static/"


def application(serving: Serving, log: Log | None = None) -> Envelope:
    """Return the application; starting and ending it starts and ends ``serving``."""
    metrics = Metrics()
    house = _House(serving, metrics)

    @contextlib.asynccontextmanager
    async def living() -> AsyncIterator[None]:
        await serving.start()
        yield
        await serving.close()

    routes = [
        Route("/sparql", house.sparql, (*READ, "POST")),
        *(Route(path, house.void) for path in ("/.well-known/void", "/graph/catalog")),
        Route("/-/health", house.health),
        Route("/-/metrics", house.metrics),
        Route(f"/{OPENAPI}", house.openapi),
        Route(_STATIC, house.static),
        Route("/-/europe.svg", house.europe),
        Route(f"/{LOGO}", house.static),
        Route("/", house.document),
    ]
    return Envelope(Application(routes, house.other, house.broken, living), metrics, log)


_NO_RDF = Fault(406, "The description is RDF.", "Accept text/turtle.")


class _House:
    """Answer each kind of request."""

    def __init__(self, serving: Serving, metrics: Metrics) -> None:
        self._serving = serving
        self._counted = metrics
        self._writing = 0  # pages that threads of ours write or have waiting

    async def document(self, request: Request) -> Response:
        path, accept = request.path[1:], request.headers.get("accept", "")
        edition = self._serving.current
        publisher = edition.publisher
        try:
            values = values_of(request)
        except Refused as refused:
            return respond(publisher.refuse(refused.fault, accept), request)
        language = publisher.language(request.headers.get("accept-language", ""))
        reply = publisher.kept(path, values, accept, language)
        if reply is None:
            reply = await self._written(edition, path, values, accept, language)
        return respond(reply, request)

    async def _written(
        self, edition: Edition, path: str, values: dict[str, list[str]], accept: str, language: str
    ) -> Reply:
        """Have a reply written: here, or by the press where it has less to write than we have."""
        press, publisher = edition.press, edition.publisher
        if press and press.is_ready and press.asked < self._writing and asks_nothing(path):
            asked = {"path": path, "values": values, "accept": accept, "language": language}
            with contextlib.suppress(WorkerError):  # then it is written here
                head, body = await press.ask(asked)
                reply = Reply(head["status"], head["headers"], body, head["etag"])
                publisher.keep(path, values, accept, language, reply)
                return reply
        self._writing += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._serving.threads, publisher.reply, path, values, accept, language
            )
        finally:
            self._writing -= 1

    async def sparql(self, request: Request) -> Response:
        edition = self._serving.current
        accept = request.headers.get("accept", "")
        try:
            asked = await asked_by(request)
            if asked is None:
                return await self._describe(edition, request)
            is_reader = request.method == "GET" or asked.view
            if is_reader and wants_page(accept) and not asked.form:
                return await self._page(edition, asked)
            reply = edition.answers.get((asked, accept))
            if reply is None:
                reply = await self._answer(edition, asked, accept)
            else:
                self._counted.from_memory += 1
        except (Refused, WorkerError, EurohpcKgError) as error:
            return respond(self._refused(edition, error, accept), request)
        return respond(reply, request)

    async def _answer(self, edition: Edition, asked: endpoint.Asked, accept: str) -> Reply:
        """Have a query answered; keep the answer where it stays true."""
        services = self._serving.settings.services
        planned = endpoint.plan(asked, accept, edition.build.prefixes, services)
        try:
            answered = await edition.workers.answer(planned.request)
        except WorkerError as error:
            if error.fault != "syntax":
                raise
            reply = self._refused(edition, error, accept)  # as lasting as an answer
            edition.answers.keep((asked, accept), reply)
            return reply
        headers = [("vary", "Accept"), ("row-limit", str(edition.workers.bounds.rows))]
        if answered.is_cut:
            headers.append(("row-limit-reached", "true"))
        make = partial(reply_of, answered.body, planned.content_type, headers)
        loop, is_large = asyncio.get_running_loop(), len(answered.body) > _LARGE
        reply = await loop.run_in_executor(self._serving.threads, make) if is_large else make()
        if is_lasting(asked.query):
            edition.answers.keep((asked, accept), reply)
        return reply

    async def void(self, request: Request) -> Response:
        edition, accept = self._serving.current, request.headers.get("accept", "")
        form = choose_form(accept, RDF_FORMS)
        if form is None:
            return respond(edition.publisher.refuse(_NO_RDF, accept), request)
        here = self._endpoint(request)
        reply = edition.answers.get(("void", here, form))
        if reply is None:
            from eurohpc_kg.web.description import describe_dataset

            bounds = edition.workers.bounds
            body = await asyncio.get_running_loop().run_in_executor(
                self._serving.threads, describe_dataset, edition.build, bounds, here, form.suffix
            )
            reply = reply_of(body, form.content_type, [("vary", "Accept")])
            edition.answers.keep(("void", here, form), reply)
        return respond(reply, request)

    async def health(self, _: Request) -> Response:
        edition = self._serving.current
        body = f'{{"status": "ok", "version": "{__version__}", "build": "{edition.build.name}"}}\n'
        headers = {"content-type": "application/json", "cache-control": "no-store"}
        return Response(body.encode(), 200, headers)

    async def metrics(self, _: Request) -> Response:
        edition = self._serving.current
        gauges = {
            "queries_running_or_waiting": ("Queries that were not answered yet.",
                                           float(edition.workers.asked)),
            "store_in_memory": ("1 where pages are made from memory, 0 still from disk.",
                                float(edition.in_memory is True)),
            "quads": ("Quads of the build that is served.", float(len(edition.build.store))),
        }  # fmt: skip
        headers = {"content-type": "text/plain; version=0.0.4; charset=utf-8"}
        return Response(self._counted.text(gauges).encode(), 200, headers)

    async def openapi(self, request: Request) -> Response:
        edition = self._serving.current
        reply = edition.answers.get("openapi")
        if reply is None:
            from eurohpc_kg.web.openapi import openapi

            body = json.dumps(openapi(edition.build), ensure_ascii=False).encode()
            reply = reply_of(body, FORMS["json"].content_type)
            edition.answers.keep("openapi", reply)
        return respond(reply, request)

    async def static(self, request: Request) -> Response:
        reply = static(request.path.removeprefix(_STATIC).removeprefix("/"))
        return respond(reply, request) if reply else self._nowhere(request)

    async def europe(self, request: Request) -> Response:
        reply = await asyncio.get_running_loop().run_in_executor(self._serving.threads, europe)
        return respond(reply, request)

    async def other(self, request: Request) -> Response:
        """Answer where the method is not for a path."""
        fault = Fault(405, f"{request.method} is not for this address.", "Only read here.")
        response = self._faulty(fault, request)
        response.headers["allow"] = "GET, HEAD, OPTIONS"
        return response

    async def broken(self, request: Request) -> Response:
        """Answer where the program itself is at fault; the log has the traceback."""
        fault = Fault(500, "This page could not be made.", "Please report its address.")
        return self._faulty(fault, request)

    def _nowhere(self, request: Request) -> Response:
        fault = Fault(404, "Nothing lies at this address.", "Start at the front page.")
        return self._faulty(fault, request)

    def _faulty(self, fault: Fault, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        return respond(self._serving.current.publisher.refuse(fault, accept), request)

    async def _describe(self, edition: Edition, request: Request) -> Response:
        """Answer a request without a query: with the description, or the page to ask on."""
        accept = request.headers.get("accept", "")
        if wants_page(accept):
            reply = await asyncio.get_running_loop().run_in_executor(
                self._serving.threads, edition.publisher.reply, "sparql.html", {}, accept
            )
            return respond(reply, request)
        form = choose_form(accept, RDF_FORMS)
        if form is None:
            return respond(edition.publisher.refuse(_NO_RDF, accept), request)
        from eurohpc_kg.web.description import describe_endpoint  # with what exports: 0.1 s

        bounds, here = edition.workers.bounds, self._endpoint(request)
        body = describe_endpoint(edition.build, bounds, here, form.suffix)
        return respond(reply_of(body, form.content_type, [("vary", "Accept")]), request)

    def _endpoint(self, request: Request) -> str:
        address = self._serving.settings.address or request.origin
        return address.rstrip("/") + "/sparql"

    async def _page(self, edition: Edition, asked: endpoint.Asked) -> Response:
        """Answer a query on a page."""
        build = edition.build
        try:
            planned = plan_of(asked.query, build.names, self._serving.settings.services)
            answered = await edition.workers.answer(planned.request)
            make = partial(_answered_page, build, asked, planned, answered)
        except (Refused, WorkerError, EurohpcKgError) as error:
            make = partial(_refused_page, build, asked, self._fault(edition, error))
        loop = asyncio.get_running_loop()
        status, body = await loop.run_in_executor(self._serving.threads, make)
        headers = {"content-type": "text/html; charset=utf-8", "vary": "Accept"}
        return Response(body, status, headers)

    def _refused(self, edition: Edition, error: Exception, accept: str) -> Reply:
        return edition.publisher.refuse(self._fault(edition, error), accept, "sparql")

    def _fault(self, edition: Edition, error: Exception) -> Fault:
        if isinstance(error, Refused):
            return error.fault
        if isinstance(error, WorkerError):
            self._counted.fault(error.fault)
            return endpoint.fault_of_worker(error, edition.workers.bounds)
        assert isinstance(error, EurohpcKgError)
        return fault_of(error)


def _answered_page(
    build: Build, asked: endpoint.Asked, planned: Plan, answered: Answered
) -> tuple[int, bytes]:
    from eurohpc_kg.web.pages.sparql import Shown, sparql_page

    results = results_of(planned, answered, build.names)
    shown = Shown(results, answered.body, answered.is_cut, asked.view)
    return _written(sparql_page(build, asked.query, shown), build)


def _refused_page(build: Build, asked: endpoint.Asked, fault: Fault) -> tuple[int, bytes]:
    from eurohpc_kg.web.pages.sparql import sparql_page

    return _written(sparql_page(build, asked.query, None, fault), build)


def _written(page: Page, build: Build) -> tuple[int, bytes]:
    from eurohpc_kg.web.pages import write_page

    return page.status, write_page(page, build)
