"""languages: blocks → language spans with calibrated confidence."""
