"""Settings of the whole suite."""

from hypothesis import settings

settings.register_profile("undocs", deadline=None, derandomize=True, print_blob=True)  # no test may depend on time
settings.load_profile("undocs")
