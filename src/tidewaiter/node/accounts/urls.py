"""Addresses of accounts."""

from django.urls import path

from tidewaiter.node.accounts.views import offices, own, people, roles

app_name = "accounts"
urlpatterns = [
    path("", people.people, name="people"),
    path("new/", people.create, name="create"),
    path("sign-in/", own.sign_in, name="sign_in"),
    path("sign-out/", own.sign_out, name="sign_out"),
    path("password/", own.password, name="password"),
    path("settings/", own.preferences, name="preferences"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.add, name="add_office"),
    path("offices/<str:code>/", offices.rename, name="rename_office"),
    path("roles/<uuid:pk>/revoke/", roles.revoke, name="revoke"),
    path("<uuid:pk>/", people.person, name="person"),
    path("<uuid:pk>/edit/", people.edit, name="edit"),
    path("<uuid:pk>/grant/", roles.grant, name="grant"),
    path("<uuid:pk>/password/", roles.with_reason, {"deed": roles.RESET_PASSWORD}, name="reset_password"),
    path("<uuid:pk>/close/", roles.with_reason, {"deed": roles.DEACTIVATE}, name="deactivate"),
    path("<uuid:pk>/open/", roles.with_reason, {"deed": roles.ACTIVATE}, name="activate"),
]
