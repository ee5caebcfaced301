package io.waybill.core.event;

/** What can happen to an upload. */
public enum EventType {
  TASK_CREATED("upload.task_created"),
  INITIATED("upload.initiated"),
  STARTED("upload.started"),
  PARTS_PRESIGNED("upload.parts_presigned"),
  PARTS_ACKNOWLEDGED("upload.parts_acknowledged"),
  PARTS_RECONCILED("upload.parts_reconciled"),
  PAUSED("upload.paused"),
  RESUMED("upload.resumed"),
  EXTENDED("upload.extended"),
  COMPLETING("upload.completing"),
  COMPLETE_REFUSED("upload.complete_refused"),
  COMPLETE_UNKNOWN("upload.complete_unknown"),
  COMPLETED("upload.completed"),
  ABORTING("upload.aborting"),
  ABORTED("upload.aborted"),
  EXPIRED("upload.expired"),
  FAILED("upload.failed"),
  SWEPT("upload.swept"),
  OBJECT_RETRIED("upload.object_retried"),
  DOWNLOAD_URL_ISSUED("dataset.download_url_issued");

  private final String code;

  EventType(String code) {
    this.code = code;
  }

  /** The wire form, such as {@code upload.completed}. */
  public String code() {
    return code;
  }
}
