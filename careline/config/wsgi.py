"""The Django application; the root ASGI application (asgi.py) calls it through the bridge."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careline.config.settings")
application = get_wsgi_application()
