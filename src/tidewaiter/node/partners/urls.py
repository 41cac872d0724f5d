"""Addresses of this app: the lanes for people, the TAXII server for neighbours' nodes."""

from django.urls import include, path

from tidewaiter.node.partners.views import lanes

app_name = "partners"
urlpatterns = [
    path("taxii2/", include("tidewaiter.node.partners.taxii.urls")),
    path("partners/", lanes.lanes, name="lanes"),
    path("partners/objects/<int:pk>/", lanes.delivery, name="delivery"),
    path("partners/objects/<int:pk>/again/", lanes.send_again, name="send_again"),
    path("partners/objects/<int:pk>/withdraw/", lanes.withdraw, name="withdraw"),
    path("partners/<str:code>/stop/", lanes.stop, name="stop"),
    path("partners/<str:code>/resume/", lanes.resume, name="resume"),
]
