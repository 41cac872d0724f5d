"""``python -m tidewaiter.node.partners.exchange``."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tidewaiter.node.settings")
    django.setup()
    from tidewaiter.node.partners.exchange.process import main

    main()
