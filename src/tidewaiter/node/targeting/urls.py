"""Addresses of targeting."""

from django.urls import path

from tidewaiter.node.targeting.views import actions, consignments, queue, rejects, runs, saved

app_name = "targeting"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/export.csv", queue.export, name="queue_export"),
    path("queue/views/", saved.save, name="view_save"),
    path("queue/views/<uuid:pk>/share", saved.share, name="view_share"),
    path("queue/views/<uuid:pk>/delete", saved.delete, name="view_delete"),
    path("queue/<uuid:pk>/", queue.line, name="line"),
    path("queue/<uuid:pk>/peek", queue.peek, name="peek"),
    path("queue/<uuid:pk>/take", actions.take, name="take"),
    path("queue/<uuid:pk>/give-back", actions.give_back, name="give_back"),
    path("queue/<uuid:pk>/assign", actions.assign, name="assign"),
    path("queue/<uuid:pk>/send", actions.send, name="send"),
    path("queue/<uuid:pk>/release", actions.release, name="release"),
    path("queue/<uuid:pk>/reopen", actions.reopen, name="reopen"),
    path("consignments/", consignments.find, name="find"),
    path("consignments/expected/<uuid:pk>/", consignments.expected, name="expected"),
    path("consignments/<uuid:run>/<path:message_id>/", consignments.consignment, name="consignment"),
    path("runs/", runs.runs, name="runs"),
    path("runs/start/", runs.start, name="start"),
    path("runs/criteria/", runs.criteria, name="criteria"),
    path("runs/<uuid:pk>/", runs.run, name="run"),
    path("rejects/", rejects.overview, name="rejects_overview"),
    path("rejects/<uuid:pk>/", rejects.rejects, name="rejects"),
    path("rejects/<uuid:pk>/export.csv", rejects.export, name="rejects_export"),
    path("rejects/<uuid:pk>/mend/", rejects.mend, name="mend"),
    path("rejects/<uuid:pk>/upload", rejects.upload, name="mend_upload"),
]
