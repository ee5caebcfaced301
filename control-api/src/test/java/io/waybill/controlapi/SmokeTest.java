package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmokeTest {

  @Test
  void a_task_is_created_and_its_session_is_read() {
    try (TestWorld world = new TestWorld()) {
      HttpAnswer created =
          world
              .as(ADMIN)
              .post(
                  "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks",
                  """
                  {"objects": [{"object_name": "a.mcap", "file_size_bytes": 1}],
                   "presign": {"first": 1}}
                  """);
      assertThat(created.text()).contains("X-Amz-Signature");
      assertThat(created.outcome()).isEqualTo("201");
      String session = created.json().at("/objects/0/session_id").asString();
      assertThat(world.as(ADMIN).get("/v1/uploads/" + session).outcome()).isEqualTo("200");
    }
  }
}
