package io.waybill.core.upload;

import io.waybill.core.event.EventType;

/** What can happen to an upload. */
public enum UploadEvent implements EventType {
  TASK_CREATED("upload.task_created"),
  INITIATED("upload.initiated"),
  STARTED("upload.started"),
  PRESIGN_ISSUED("upload.presign_issued"),
  PART_ACKNOWLEDGED("upload.part_acknowledged"),
  PARTS_RECONCILED("upload.parts_reconciled"),
  PAUSED("upload.paused"),
  RESUMED("upload.resumed"),
  EXTENDED("upload.extended"),
  COMPLETE_REQUESTED("upload.complete_requested"),
  COMPLETE_REFUSED("upload.complete_refused"),
  COMPLETE_UNKNOWN("upload.complete_unknown"),
  COMPLETED("upload.completed"),
  ABORT_REQUESTED("upload.abort_requested"),
  ABORTED("upload.aborted"),
  EXPIRED("upload.expired"),
  FAILED("upload.failed"),
  CLEANUP_FAILED("upload.cleanup_failed"),
  OBJECT_RETRIED("upload.object_retried");

  private final String code;

  UploadEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
