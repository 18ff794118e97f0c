"""flows: when the pipeline runs; Prefect only, no document knowledge."""
