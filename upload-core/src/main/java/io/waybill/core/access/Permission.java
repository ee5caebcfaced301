package io.waybill.core.access;

/** Permission codes. Only those that a use case asks for exist. */
public enum Permission {
  PROJECT_VIEW("project.view"),
  DATASET_VIEW("dataset.view"),
  DATASET_UPLOAD("dataset.upload"),
  DATASET_DOWNLOAD("dataset.download"),
  UPLOAD_CREATE("upload.create"),
  UPLOAD_PRESIGN("upload.presign"),
  UPLOAD_PAUSE("upload.pause"),
  UPLOAD_RESUME("upload.resume"),
  UPLOAD_ABORT("upload.abort"),
  UPLOAD_COMPLETE("upload.complete"),
  UPLOAD_RETRY("upload.retry"),
  TAG_CREATE("tag.create"),
  TAG_UPDATE("tag.update"),
  TAG_DELETE("tag.delete"),
  DEVICE_VIEW("device.view"),
  API_KEY_VIEW("api_key.view"),
  API_KEY_CREATE("api_key.create"),
  API_KEY_DELETE("api_key.delete");

  private final String code;

  Permission(String code) {
    this.code = code;
  }

  /** The wire form, such as {@code upload.presign}. */
  public String code() {
    return code;
  }
}
