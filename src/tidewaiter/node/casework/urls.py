"""Addresses of controls and cases."""

from django.urls import path

from tidewaiter.node.casework.views import cases, controls, offline, parts, tasks, uploads

app_name = "casework"
urlpatterns = [
    path("controls/", controls.listing, name="controls"),
    path("controls/tasks/", controls.assigned, name="tasks"),
    path("controls/new/", controls.new, name="new_control"),
    path("controls/send", controls.send, name="send_control"),
    path("controls/session", controls.session, name="session"),
    path("controls/worker.js", offline.worker, name="worker"),
    path("controls/uploads/", uploads.begin, name="begin_upload"),
    path("controls/uploads/<uuid:pk>", uploads.piece, name="upload"),
    path("controls/<uuid:pk>/", controls.control, name="control"),
    path("cases/", cases.listing, name="cases"),
    path("cases/new/", tasks.new_case, name="new_case"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("cases/<uuid:pk>/print/", cases.paper, name="paper"),
    path("cases/<uuid:pk>/edit/", tasks.edit_case, name="edit_case"),
    path("cases/<uuid:pk>/do/<slug:action>/", tasks.act, name="act"),
    path("cases/<uuid:pk>/status/<slug:action>/", tasks.change_status, name="status"),
    path("cases/<uuid:pk>/facts/new/", tasks.record_fact, name="record_fact"),
    path("cases/<uuid:pk>/lines/new/", parts.add_line, name="add_line"),
    path("cases/<uuid:pk>/exhibits/new/", parts.add_exhibit, name="add_exhibit"),
    path("cases/<uuid:pk>/photographs/new/", parts.add_photograph, name="add_photograph"),
    path("cases/<uuid:pk>/disposals/new/", tasks.propose, name="propose_disposal"),
    path("cases/<uuid:pk>/persons/", cases.persons, name="persons"),
    path("cases/<uuid:pk>/persons/new/", tasks.add_person, name="add_person"),
    path("cases/facts/<uuid:pk>/void/", tasks.void_fact, name="void_fact"),
    path("cases/lines/<uuid:pk>/edit/", parts.edit_line, name="edit_line"),
    path("cases/lines/<uuid:pk>/void/", parts.void_line, name="void_line"),
    path("cases/lines/<uuid:pk>/values/new/", parts.add_value, name="add_value"),
    path("cases/lines/<uuid:pk>/stage/<slug:action>/", parts.change_stage, name="stage"),
    path("cases/exhibits/<uuid:pk>/", cases.exhibit, name="exhibit"),
    path("cases/exhibits/<uuid:pk>/do/<slug:action>/", parts.custody, name="custody"),
    path("cases/disposals/<uuid:pk>/do/<slug:action>/", parts.change_disposal, name="disposal"),
    path("cases/photographs/<uuid:pk>/", uploads.copy, name="photograph"),
    path("cases/photographs/<uuid:pk>/original", uploads.original, name="original"),
]
