package io.waybill.core.event;

/**
 * What can happen, in one vocabulary for the timeline, the outbox and everything that is fed from
 * it. A word never changes once it is released. Words of capabilities that are still to come are
 * here, too, so that whoever switches on them knows them before they are first said.
 */
public enum EventType {
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
  OBJECT_RETRIED("upload.object_retried"),
  DATASET_CREATED("dataset.created"),
  DATASET_READY("dataset.ready"),
  DATASET_REJECTED("dataset.rejected"),
  DATASET_QUARANTINED("dataset.quarantined"),
  DATASET_RELEASED("dataset.released"),
  DATASET_ARCHIVED("dataset.archived"),
  DATASET_DELETED("dataset.deleted"),
  DATASET_RESTORED("dataset.restored"),
  DATASET_PURGED("dataset.purged"),
  DOWNLOAD_URL_ISSUED("dataset.download_url_issued"),
  DATASET_LEGAL_HOLD_SET("dataset.legal_hold_set"),
  DATASET_LEGAL_HOLD_RELEASED("dataset.legal_hold_released"),
  DATASET_RECOVERED("dataset.recovered"),
  DATASET_MISSING_OBJECT("dataset.missing_object"),
  DEVICE_REGISTERED("device.registered"),
  DEVICE_ONLINE("device.online"),
  DEVICE_OFFLINE("device.offline"),
  DEVICE_DISABLED("device.disabled"),
  DEVICE_ENABLED("device.enabled"),
  DEVICE_REVOKED("device.revoked"),
  DEVICE_CREDENTIAL_ROTATING("device.credential_rotating"),
  DEVICE_CREDENTIAL_ROTATED("device.credential_rotated"),
  DEVICE_COMMAND_CREATED("device.command_created"),
  DEVICE_COMMAND_FINISHED("device.command_finished"),
  QUOTA_WARNING("quota.warning");

  private final String code;

  EventType(String code) {
    this.code = code;
  }

  /** The wire form, such as {@code upload.completed}. */
  public String code() {
    return code;
  }
}
