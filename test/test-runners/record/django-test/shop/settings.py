SECRET_KEY = "for tests alone"
INSTALLED_APPS = ["django.contrib.contenttypes", "cart"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
