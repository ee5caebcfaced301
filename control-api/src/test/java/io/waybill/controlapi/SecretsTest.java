package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Floods every path with secrets and looks for them in everything that is left behind. */
class SecretsTest {

  @Test
  void no_secret_is_in_any_log_line_error_timeline_or_number() {
    List<String> leftBehind = new ArrayList<>();
    try (LogCapture logs = new LogCapture();
        TestWorld world = new TestWorld()) {
      HttpUploads.Made made = HttpUploads.in(world).create(2).send(1, 2);
      for (String secret : TestWorld.secrets().toList()) {
        leftBehind.addAll(flood(world, made, secret));
      }
      world.store.down = true;
      leftBehind.add(world.as(TestWorld.ADMIN).post(made.path() + "/complete", "").text());
      world.database.down = true;
      leftBehind.add(world.as(TestWorld.ADMIN).get(made.path()).text());
      world.store.down = false;
      world.database.down = false;
      leftBehind.add(world.as(TestWorld.ADMIN).get(made.path() + "/events").text());
      leftBehind.add(world.anybody().get("/metrics").text());
      leftBehind.add(world.rows.facts().toString());
      leftBehind.addAll(logs.lines());
    }

    assertThat(leftBehind).hasSizeGreaterThan(100);
    assertThat(leftBehind)
        .noneMatch(text -> TestWorld.secrets().anyMatch(text::contains))
        .noneMatch(text -> text.contains("X-Amz-Signature="));
  }

  private static List<String> flood(TestWorld world, HttpUploads.Made made, String secret) {
    HttpCalls caller = world.as(secret);
    HttpCalls careless = caller.with("X-Request-ID", "Bearer " + secret).with("X-Api-Key", secret);
    String url = "https://store/b/k?X-Amz-Signature=" + secret;
    return List.of(
        careless.get(made.path() + "?reconcile=" + secret).text(),
        careless.get("/v1/projects?cursor=" + secret + "&limit=" + secret).text(),
        careless.get("/v1/uploads/" + secret).text(),
        careless.get("/" + secret).text(),
        careless.send("DELETE", "/v1/projects/" + secret, new byte[0]).text(),
        careless.post(made.path() + "/parts/presign", secret).text(),
        careless.post(made.path() + "/parts/presign", "{\"a\": '" + secret + "'}").text(),
        careless
            .post(made.path() + "/parts/presign", "{\"expires_in_seconds\": \"" + url + "\"}")
            .text(),
        careless
            .post(made.path() + "/parts/ack", "{\"parts\": [{\"etag\": \"" + url + "\"}]}")
            .text(),
        careless.with("Content-Type", secret).post(made.path() + "/complete", secret).text(),
        careless.with("Idempotency-Key", secret + "\t").post(made.path() + "/pause", "").text());
  }
}
