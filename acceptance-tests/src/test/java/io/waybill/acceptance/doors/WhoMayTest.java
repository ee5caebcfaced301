package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody touches what is not theirs, and nobody learns that it exists. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class WhoMayTest {
  private static final Map<String, String> NEEDS =
      Map.of(
          "presign_parts", "upload.presign",
          "acknowledge_part", "upload.presign",
          "extend_upload", "upload.presign",
          "pause_upload", "upload.pause",
          "resume_upload", "upload.resume",
          "complete_upload", "upload.complete",
          "abort_upload", "upload.abort");

  private final Site site;
  private final Device robot17;
  private final TwoPartUpload.Begun upload;

  WhoMayTest(Site site) {
    this.site = site;
    this.robot17 = Device.robot17(site.configuration());
    this.upload = TwoPartUpload.begin(Door.mqtt(robot17), "robot-17s");
  }

  @AfterAll
  void the_upload_is_untouched() {
    assertThat(TwoPartUpload.status(Door.mqtt(robot17), upload)).isEqualTo("INITIATED");
    robot17.close();
  }

  @Test
  void robot_18_finds_nothing_of_robot_17_through_either_door() {
    try (Device robot18 = Device.robot18(site.configuration());
        Api api = new Api(site.api(), DevelopmentIdentities.ROBOT_18_CREDENTIAL)) {
      for (Door door : List.of(Door.mqtt(robot18), Door.http("HTTP", api))) {
        assertFindsNothing(door);
      }
      assertThat(api.get("/v1/uploads/" + upload.session() + "/events").code())
          .isEqualTo("upload_session.not_found");
      assertThat(api.get(tasks() + "/" + upload.task()).code()).isEqualTo("upload_task.not_found");
      assertThat(api.get(tasks()).ok().path("upload_tasks").toString())
          .doesNotContain(upload.task());
    }
  }

  @Test
  void another_tenant_finds_nothing_at_all() {
    try (Api other = new Api(site.api(), Strangers.OTHER_API_KEY)) {
      assertFindsNothing(Door.http("HTTP of another tenant", other));
      assertThat(other.get(tasks()).code()).isEqualTo("project.not_found");
      assertThat(other.post(tasks(), "{\"objects\":[]}").code())
          .isIn("project.not_found", "request.validation_failed");
      assertThat(
              other
                  .post(
                      "/v1/projects/"
                          + TwoPartUpload.PROJECT
                          + "/datasets/"
                          + upload.dataset()
                          + "/download-url",
                      "{}")
                  .code())
          .isIn("dataset.not_found", "project.not_found");
    }
  }

  private void assertFindsNothing(Door door) {
    TwoPartUpload.bodies()
        .forEach((command, body) -> {
          Heard heard = door.ask(command, upload.with(body));
          assertThat(heard.code()).as("%s %s", door, command).isEqualTo("upload_session.not_found");
          assertThat(heard.status()).isIn(0, 404);
        });
    Heard retry = door.ask("retry_object", TwoPartUpload.retry(upload.task(), upload.object()));
    assertThat(retry.code()).isEqualTo("upload_object.not_found");
  }

  @Test
  void a_viewer_sees_everything_and_is_told_which_permission_it_lacks() {
    try (Api viewer = new Api(site.api(), DevelopmentIdentities.VIEWER_API_KEY)) {
      Door door = Door.http("HTTP as viewer", viewer);
      assertThat(TwoPartUpload.status(door, upload)).isEqualTo("INITIATED");
      NEEDS.forEach((command, permission) ->
          assertDenied(
              door.ask(command, upload.with(TwoPartUpload.bodies().getOrDefault(command, ""))),
              permission,
              "upload_session",
              upload.session()));
      assertDenied(
          door.ask("create_session", TwoPartUpload.request("viewers")),
          "upload.create",
          "project",
          TwoPartUpload.PROJECT);
    }
  }

  private static void assertDenied(Heard heard, String permission, String kind, String id) {
    assertThat(heard.code()).as("%s", heard).isEqualTo("auth.permission_denied");
    assertThat(heard.status()).isEqualTo(403);
    assertThat(heard.details().path("permission").asString()).isEqualTo(permission);
    assertThat(heard.details().path("resource_type").asString()).isEqualTo(kind);
    assertThat(heard.details().path("resource_id").asString()).isEqualTo(id);
  }

  @Test
  void a_wrong_secret_opens_nothing() {
    for (String secret :
        List.of(
            "wb_dev_local_onlyx", "wbd_dev_robot_17_local_onl", "0", "wb_dev_gateway_local_only")) {
      try (Api api = new Api(site.api(), secret)) {
        Api.Answer answer = api.get("/v1/uploads/" + upload.session());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("auth.api_key_invalid");
      }
    }
  }

  private static String tasks() {
    return "/v1/projects/" + TwoPartUpload.PROJECT + "/upload-tasks";
  }
}
