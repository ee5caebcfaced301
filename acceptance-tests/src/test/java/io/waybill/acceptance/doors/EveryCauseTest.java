package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Site;
import io.waybill.core.diagnosis.Cause;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Every cause of a standstill, over HTTP, PostgreSQL and a store, by what people, devices and the
 * store do. Time that passes is written into the rows; nothing else is.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCauseTest {
  private static final String PROJECT = TwoPartUpload.PROJECT;
  private static final String A_WHILE = "20 minutes";
  private static final Set<Cause> OF_DATASETS =
      EnumSet.of(
          Cause.NO_UPLOAD, Cause.VALIDATION_PENDING, Cause.VALIDATION_FAILED, Cause.RECOVERY);

  private Site site;
  private Stuck stuck;
  private String project = PROJECT;

  @BeforeAll
  void open(@TempDir Path folder) {
    site = Site.open(folder);
    stuck = new Stuck(site);
  }

  @AfterAll
  void close() {
    stuck.close();
    site.close();
  }

  @ParameterizedTest
  @EnumSource
  void every_cause_is_told_of_what_really_stands_still_for_it(Cause cause) {
    project = PROJECT;
    JsonNode object = bring(cause);
    JsonNode told = stuck.diagnosis(project, object, OF_DATASETS.contains(cause));
    assertThat(told.path("cause").asString("")).as("%s", told).isEqualTo(cause.toString());
    assertThat(told.path("message").asString("")).contains(word(cause));
    assertThat(told.path("next_step").asString("")).isNotBlank();
  }

  private static String word(Cause cause) {
    return switch (cause) {
      case PART_REFUSED -> "BadDigest";
      case STORAGE_REFUSED -> "refuses this installation";
      case PAUSED -> "the shift ends";
      case MISSING_PARTS -> "lacked 1 parts";
      case DEVICE_INACTIVE -> "DISABLED";
      case WAITING_FOR_DEVICE -> "offline since";
      case FAILED, QUOTA -> " ";
      default -> "";
    };
  }

  private JsonNode bring(Cause cause) {
    return switch (cause) {
      case WAITING_FOR_DEVICE -> late(ofDevice(stuck.gone()));
      case DEVICE_INACTIVE -> {
        String device = stuck.register();
        JsonNode object = ofDevice(device);
        stuck.api().post("/v1/projects/" + PROJECT + "/devices/" + device + "/disable", "{}").ok();
        yield object;
      }
      case URLS_NOT_REQUESTED -> late(begin(0));
      case URLS_EXPIRED -> late(begin(1));
      case NOT_COMPLETED -> {
        JsonNode object = filled();
        stuck.api().get("/v1/uploads/" + Stuck.session(object) + "/parts?source=reconcile").ok();
        yield late(object);
      }
      case EXPIRES_SOON -> {
        JsonNode object = begin(0);
        stuck.wait(object, "23 hours");
        stuck
            .api()
            .post(
                "/v1/uploads/" + Stuck.session(object) + "/parts/presign",
                "{\"part_numbers\": [1]}")
            .ok();
        yield object;
      }
      case EXPIRED -> {
        JsonNode object = begin(0);
        stuck.wait(object, "25 hours");
        yield object;
      }
      case PAUSED -> {
        JsonNode object = begin(0);
        stuck
            .api()
            .post(
                "/v1/uploads/" + Stuck.session(object) + "/pause",
                "{\"reason\": \"the shift ends\"}")
            .ok();
        yield object;
      }
      case ABORTING -> {
        JsonNode object = begin(0);
        assertThat(stuck.during(Mood.BUSY, "abort", object).status()).isEqualTo(503);
        yield late(object);
      }
      case MISSING_PARTS -> refused(begin(1), "upload.missing_parts");
      case PART_REFUSED -> {
        JsonNode object = filled();
        assertThat(stuck.during(Mood.BAD_DIGEST, "complete", object).code())
            .isEqualTo("upload.parts_changed");
        yield object;
      }
      case STORAGE_REFUSED -> {
        JsonNode object = filled();
        assertThat(stuck.during(Mood.CLOCK_OFF, "complete", object).code())
            .isEqualTo("storage.refused");
        yield object;
      }
      case STORAGE_UNAVAILABLE -> {
        JsonNode object = filled();
        assertThat(stuck.during(Mood.BUSY, "complete", object).status()).isEqualTo(503);
        yield object;
      }
      case UPLOAD_MISSING -> missing();
      case INTERRUPTED -> {
        JsonNode object = filled();
        stuck.dieWhileCompleting(object);
        yield late(object);
      }
      case FAILED -> failed();
      case QUOTA -> crowded();
      case INSTANT_COPY -> copied();
      case NO_UPLOAD -> {
        JsonNode object = begin(0);
        stuck.api().post("/v1/uploads/" + Stuck.session(object) + "/abort", "{}").ok();
        yield object;
      }
      case VALIDATION_PENDING -> validating("pending");
      case VALIDATION_FAILED -> {
        JsonNode object = validating("failed");
        stuck.work("validate");
        yield object;
      }
      case RECOVERY -> {
        JsonNode object = filled();
        stuck.complete(object).ok();
        stuck.admin("recovery", "start");
        yield object;
      }
    };
  }

  private JsonNode begin(int urls) {
    return stuck.begin(project, "k.bin", "", urls);
  }

  private JsonNode filled() {
    return stuck.filled(project, "k.bin");
  }

  private JsonNode late(JsonNode object) {
    stuck.wait(object, A_WHILE);
    return object;
  }

  private JsonNode refused(JsonNode object, String code) {
    assertThat(stuck.complete(object).code()).isEqualTo(code);
    return object;
  }

  private JsonNode missing() {
    JsonNode object = filled();
    stuck.purge(object);
    assertThat(stuck.complete(object).status()).isEqualTo(503);
    return object;
  }

  private JsonNode failed() {
    JsonNode object = missing();
    stuck.wait(object, "2 minutes");
    assertThat(stuck.complete(object).status()).isGreaterThanOrEqualTo(400);
    return object;
  }

  private JsonNode crowded() {
    project = PolicyProject.under(stuck.api(), "crowded", "\"instant_upload_allowed\": false");
    JsonNode object = failed();
    JsonNode known = stuck.api().get("/v1/projects/" + project).ok();
    stuck
        .api()
        .call(
            "PATCH",
            "/v1/projects/" + project,
            "{\"version\": %s, \"quota\": {\"max_bytes\": 1}}".formatted(known.path("version")))
        .ok();
    return object;
  }

  private JsonNode copied() {
    project = PolicyProject.under(stuck.api(), "twins", "\"instant_upload_allowed\": true");
    String sum = ", \"checksum_sha256\": \"" + "5e".repeat(32) + "\"";
    JsonNode first = stuck.begin(project, "first.bin", sum, 1);
    stuck.api().put(first.at("/presigned/parts/0/url").asString(), Stuck.BYTES);
    stuck.complete(first).ok();
    InstantUploadTest.sumUp(site, project, "first.bin");
    return stuck.begin(project, "again.bin", sum, 0);
  }

  private JsonNode validating(String name) {
    project = PolicyProject.under(stuck.api(), "strict-" + name, "\"validation_required\": true");
    JsonNode object = stuck.filled(project, name + ".mcap");
    stuck.complete(object).ok();
    return object;
  }

  private JsonNode ofDevice(String device) {
    return stuck
        .api()
        .post(
            "/v1/projects/" + PROJECT + "/upload-tasks",
            """
            {"source_device_id": "%s", "objects": [{"object_name": "k.bin", "file_size_bytes": 17}]}\
            """
                .formatted(device))
        .ok()
        .at("/objects/0");
  }
}
