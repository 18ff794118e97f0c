"""fetch: a source as the user names it → bytes on the local disk (Artifact)."""
