"""links: records of a batch → symbol candidates, language versions, citation graph."""
