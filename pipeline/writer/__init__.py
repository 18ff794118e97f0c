"""writer: records, images and run reports → files, atomically."""
