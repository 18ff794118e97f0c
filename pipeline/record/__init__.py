"""record: all stage results → one DocumentRecord, joined once and checked."""

from pipeline.record.assemble import Findings, assemble, record_id
from pipeline.record.failed import failed_record, problem_from
from pipeline.record.invariants import broken_by

__all__ = ["Findings", "assemble", "broken_by", "failed_record", "problem_from", "record_id"]
