"""Addresses of joint operations."""

from django.urls import path

from tidewaiter.node.operations.views import deeds, pages, papers, plans

app_name = "operations"
urlpatterns = [
    path("", pages.operations, name="operations"),
    path("new/", plans.new, name="new"),
    path("history/", pages.history, name="history"),
    path("history.csv", papers.history_csv, name="history_csv"),
    path("tasks/<uuid:pk>/acknowledge/", deeds.acknowledge, name="acknowledge"),
    path("reports/<uuid:pk>/", papers.report, name="report"),
    path("reports/<uuid:pk>.pdf", papers.report_pdf, name="report_pdf"),
    path("statements/<uuid:pk>/", papers.statement, name="statement"),
    path("statements/<uuid:pk>.pdf", papers.statement_pdf, name="statement_pdf"),
    path("statements/<uuid:pk>.csv", papers.statement_csv, name="statement_csv"),
    path("statements/<uuid:pk>/numbers/<slug:name>/", papers.statement_number, name="statement_number"),
    path("<uuid:pk>/", pages.operation, name="operation"),
    path("<uuid:pk>/amend/", plans.amend, name="amend"),
    path("<uuid:pk>/agree/", deeds.deed, {"name": "agree"}, name="agree"),
    path("<uuid:pk>/refuse/", deeds.deed, {"name": "refuse"}, name="refuse"),
    path("<uuid:pk>/start/", deeds.deed, {"name": "start"}, name="start"),
    path("<uuid:pk>/end/", deeds.deed, {"name": "end"}, name="end"),
    path("<uuid:pk>/cancel/", deeds.deed, {"name": "cancel"}, name="cancel"),
    path("<uuid:pk>/release/", deeds.deed, {"name": "release"}, name="release"),
    path("<uuid:pk>/final/", deeds.deed, {"name": "final"}, name="final"),
    path("<uuid:pk>/freeze/", deeds.deed, {"name": "freeze"}, name="freeze"),
    path("<uuid:pk>/accept/", deeds.deed, {"name": "accept"}, name="accept"),
    path("<uuid:pk>/reject/", deeds.deed, {"name": "reject"}, name="reject"),
    path("<uuid:pk>/publish/", deeds.deed, {"name": "publish"}, name="publish"),
    path("<uuid:pk>/task/", plans.task, name="task"),
    path("<uuid:pk>/report/", plans.office_report, name="office_report"),
    path("<uuid:pk>/situation/", plans.situation_report, name="situation_report"),
]
