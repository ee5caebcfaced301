package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import java.util.List;
import java.util.UUID;

/** Sessions brought into each state: by commands where those lead there, else by SQL. */
record SessionStates(Site site, Door door, Api store) {

  /** As the rows of {@code docs/states.md} are called. */
  List<String> all() {
    return List.of(
        "INITIATED",
        "UPLOADING",
        "PAUSED",
        "COMPLETING, lease live",
        "COMPLETED",
        "ABORTING, lease live",
        "ABORTED",
        "EXPIRED",
        "FAILED");
  }

  TwoPartUpload.Begun make(String state) {
    TwoPartUpload.Begun upload = TwoPartUpload.begin(door, "state");
    switch (state) {
      case "INITIATED" -> {}
      case "UPLOADING" -> start(upload);
      case "PAUSED" -> door.result("pause_upload", upload.itself());
      case "COMPLETED" -> complete(upload);
      case "ABORTED" -> door.result("abort_upload", upload.itself());
      case "COMPLETING, lease live" -> {
        start(upload);
        set(
            upload,
            "status = 'COMPLETING', completing_from = 'UPLOADING', attempt = attempt + 1,"
                + " lease_until = now() + interval '1 hour', due_at = now() + interval '1 hour'");
      }
      case "ABORTING, lease live" -> {
        start(upload);
        set(
            upload,
            "status = 'ABORTING', abort_reason = 'test', attempt = attempt + 1,"
                + " due_at = now() + interval '1 hour'");
      }
      case "FAILED" -> {
        start(upload);
        set(
            upload,
            "status = 'FAILED', last_error_code = 'storage.refused', last_error_message = 'test',"
                + " last_error_at = now(), due_at = null");
      }
      case "EXPIRED" -> expire(upload);
      default -> throw new IllegalArgumentException(state);
    }
    return upload;
  }

  private void start(TwoPartUpload.Begun upload) {
    door.result("presign_parts", upload.with(",\"part_numbers\":[1]"));
  }

  private void complete(TwoPartUpload.Begun upload) {
    TwoPartUpload.send(door, store, upload, 1);
    TwoPartUpload.send(door, store, upload, 2);
    door.result("complete_upload", upload.itself());
  }

  /** Lets its life be over a minute ago; whether a worker has written so makes no difference. */
  private void expire(TwoPartUpload.Begun upload) {
    start(upload);
    set(
        upload,
        "created_at = now() - interval '1 day', expires_at = now() - interval '1 minute',"
            + " due_at = now() - interval '1 minute'");
  }

  private void set(TwoPartUpload.Begun upload, String columns) {
    int changed =
        site.database()
            .change(
                "update upload_sessions set " + columns + ", version = version + 1 where id = ?",
                UUID.fromString(upload.session()));
    assertThat(changed).isEqualTo(1);
  }
}
