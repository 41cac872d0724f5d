"""Addresses of the board."""

from django.urls import path

from tidewaiter.node.board.views import figures, wall

app_name = "board"
urlpatterns = [
    path("", wall.board, name="board"),
    path("tables/", figures.tables, name="tables"),
    path("<uuid:pk>/", wall.board, name="operation"),
    path("<uuid:pk>/tables/", figures.tables, name="tables_of"),
    path("<uuid:pk>/figures.csv", figures.figures_csv, name="csv"),
    path("<uuid:pk>/figures/<str:code>/", figures.figure, name="figure"),
    path("figures/<str:code>/", figures.figure, name="figure_now"),
]
