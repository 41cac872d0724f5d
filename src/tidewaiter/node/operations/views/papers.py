"""Statements and situation reports as page, PDF and CSV; past results as CSV."""

import csv
import io
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tidewaiter import reports
from tidewaiter.consolidation import Key
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.operations import policies
from tidewaiter.node.operations.models import PublishedResult, SituationReport, Statement
from tidewaiter.node.operations.queries import counted, statements
from tidewaiter.node.operations.queries.records import code_of
from tidewaiter.node.ui.languages import tag

_PAGE = 50


def _statement(request: HttpRequest, pk: UUID) -> Statement:
    person = person_of(request)
    policies.operations.require(person, "see")
    held = Statement.objects.visible_to(person).select_related("operation", "snapshot")
    found: Statement = get_object_or_404(held, pk=pk)
    return found


@require_GET
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The joint statement, each figure leading to the records that it counts."""
    found = _statement(request, pk)

    def link(key: Key) -> str:
        return reverse("board:figure", args=[found.operation_id, code_of(key)]) + f"?statement={found.pk}"

    def other(name: str) -> str:
        return reverse("operations:statement_number", args=[found.pk, name])

    paper = reports.statement_document(statements.value_of(found), tag(), statements.WRITER, link, other)
    context = {
        "paper": paper,
        "parties": paper.parties,
        "operation": found.operation,
        "pdf": reverse("operations:statement_pdf", args=[found.pk]),
        "csv": reverse("operations:statement_csv", args=[found.pk]),
    }
    return render(request, "operations/paper.html", context)


@require_GET
def statement_number(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """What stands behind a number of the statement that no figure holds: each party's part, and one's own records."""
    found, person = _statement(request, pk), person_of(request)
    if name not in counted.NAMES:
        raise Http404(name)
    records = Paginator(counted.own_records(found.operation, name, person), _PAGE)
    context = {
        "statement": found,
        "name": counted.NAMES[name],
        "parts": counted.parts(found, name),
        "page": records.get_page(request.GET.get("page")),
    }
    return render(request, "operations/number.html", context)


@require_GET
def statement_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement as PDF in the language of the page."""
    found = _statement(request, pk)
    paper = reports.statement_document(statements.value_of(found), tag(), statements.WRITER)
    return _pdf(request, paper, found.at, f"{found.number}-{tag()}")


@require_GET
def statement_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement's figures, one a line, nothing added."""
    found = _statement(request, pk)
    return _csv(reports.figures_csv(statements.value_of(found).figures), found.number)


@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A situation report."""
    found = _report(request, pk)
    paper = reports.situation_document(statements.situation_of(found), tag(), statements.WRITER)
    pdf = reverse("operations:report_pdf", args=[found.pk])
    context = {"paper": paper, "parties": paper.parties, "operation": found.operation, "pdf": pdf}
    return render(request, "operations/paper.html", context)


@require_GET
def report_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A situation report as PDF."""
    found = _report(request, pk)
    paper = reports.situation_document(statements.situation_of(found), tag(), statements.WRITER)
    return _pdf(request, paper, found.at, f"{found.operation.code}-{found.day}-{found.administration}-{tag()}")


def _report(request: HttpRequest, pk: UUID) -> SituationReport:
    person = person_of(request)
    policies.operations.require(person, "see")
    return get_object_or_404(SituationReport.objects.visible_to(person).select_related("operation", "office"), pk=pk)


def _pdf(request: HttpRequest, paper: reports.Document, at: datetime, name: str) -> HttpResponse:
    try:
        content = reports.as_pdf(paper, at, [settings.CONFIG.folder / "fonts"])
    except reports.FontsMissing as missing:
        words = _(
            "The PDF cannot be made here, because the Chinese fonts are missing. The page can be printed instead."
        )
        return render(request, "operations/no_fonts.html", {"words": words, "detail": str(missing)}, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _csv(text: str, name: str) -> HttpResponse:
    # The mark tells spreadsheets that the text is UTF-8.
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


_HISTORY = (
    "operation", "starts_on", "ends_on", "date_note", "administration", "scope", "cases", "batches", "items",
    "qualifier", "value", "currency", "basis", "arrests", "detail", "source",
)  # fmt: skip


@require_GET
def history_csv(request: HttpRequest) -> HttpResponse:
    """Past results as they were published."""
    person = person_of(request)
    policies.operations.require(person, "list")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HISTORY)
    for one in PublishedResult.objects.visible_to(person):
        held = [getattr(one, name) for name in _HISTORY]
        writer.writerow(["" if value is None else value for value in held])
    return _csv(out.getvalue(), "joint-operations")
