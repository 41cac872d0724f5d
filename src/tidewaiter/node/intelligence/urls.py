"""Addresses of intelligence."""

from django.urls import path

from tidewaiter.node.intelligence.views import dealing, duty, reading, writing

app_name = "intelligence"
urlpatterns = [
    path("tips/", reading.tips, name="tips"),
    path("tips/new/", writing.create, name="create"),
    path("tips/<uuid:pk>/", reading.tip, name="tip"),
    path("tips/<uuid:pk>/check/", writing.check, name="check"),
    path("tips/<uuid:pk>/edit/", writing.edit, name="edit"),
    path("tips/<uuid:pk>/recall/", writing.recall, name="recall"),
    path("tips/<uuid:pk>/acknowledge/", dealing.acknowledge, name="acknowledge"),
    path("tips/<uuid:pk>/act/", dealing.act_on, name="act_on"),
    path("tips/<uuid:pk>/pass/", dealing.pass_on, name="pass_on"),
    path("tips/<uuid:pk>/answer/", dealing.answer, name="answer"),
    path("roster/", duty.roster, name="roster"),
    path("roster/<uuid:pk>/cancel/", duty.cancel, name="cancel_shift"),
    path("roster/times/", duty.times, name="times"),
]
