"""The processes behind the API: Celery's app, the dispatcher, beat's schedule. No business rule lives here."""
