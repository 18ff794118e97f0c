"""The story: what happens to one document, stage by stage. Read this first."""
