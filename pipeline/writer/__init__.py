"""writer: records, images, manifest and run reports → files, atomically."""

from pipeline.writer.images import image_name, write_image
from pipeline.writer.records import read_record, record_bytes, write_record
from pipeline.writer.runs import write_run

__all__ = ["image_name", "read_record", "record_bytes", "write_image", "write_record", "write_run"]
