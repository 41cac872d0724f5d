"""Addresses of targeting."""

app_name = "targeting"
urlpatterns = []
