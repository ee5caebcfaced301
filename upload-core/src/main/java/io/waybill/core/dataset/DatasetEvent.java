package io.waybill.core.dataset;

import io.waybill.core.event.EventType;

/**
 * What can happen to a dataset. Words that are still to be said are here, too, so that whoever
 * switches on them knows them before.
 */
public enum DatasetEvent implements EventType {
  CREATED("dataset.created"),
  READY("dataset.ready"),
  REJECTED("dataset.rejected"),
  QUARANTINED("dataset.quarantined"),
  RELEASED("dataset.released"),
  ARCHIVED("dataset.archived"),
  DELETED("dataset.deleted"),
  RESTORED("dataset.restored"),
  PURGED("dataset.purged"),
  PURGE_REQUESTED("dataset.purge_requested"),
  DOWNLOAD_URL_ISSUED("dataset.download_url_issued"),
  LEGAL_HOLD_SET("dataset.legal_hold_set"),
  LEGAL_HOLD_RELEASED("dataset.legal_hold_released"),
  RECOVERED("dataset.recovered"),
  MISSING_OBJECT("dataset.missing_object"),
  UPDATED("dataset.updated"),
  VALIDATION_RETRIED("dataset.validation_retried");

  private final String code;

  DatasetEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
