"""The pages as a WSGI application, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tidewaiter.node.settings")
application = get_wsgi_application()

from tidewaiter.node import warming  # noqa: E402 - the settings come first

warming.start()
