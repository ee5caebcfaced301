package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.s3.ScriptedServer.Line;
import io.waybill.s3.ScriptedServer.Seen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said to a store of objects that are finished, and what its answers mean. */
class FinishedObjectsTest {

  private static final ObjectLocation LOCATION =
      new ObjectLocation("local", "robot-data", "tenants/a/run.mcap");

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void a_deletion_names_the_version_where_there_is_one() {
    server.says(answer(204, ""));

    store.delete(LOCATION, "v+1");
    store.delete(LOCATION, null);

    assertThat(server.seen()).extracting(Seen::method).containsExactly("DELETE", "DELETE");
    assertThat(server.seen().getFirst().query()).isEqualTo("versionId=v+1");
    assertThat(server.seen().getLast().query()).doesNotContain("versionId");
  }

  @Test
  void only_who_may_goes_past_a_lock() {
    server.says(answer(204, ""));

    store.delete(LOCATION, "v", LockBypass.GOVERNANCE);
    store.delete(LOCATION, "v");

    assertThat(server.seen())
        .extracting(seen -> seen.header("x-amz-bypass-governance-retention"))
        .containsExactly("true", "null");
  }

  @ParameterizedTest
  @EnumSource
  void a_hold_is_set_and_let_go_of_by_a_body_that_says_so(HoldStatus status) throws Exception {
    server.says(answer(200, ""));

    store.hold(LOCATION, "v", status);

    Seen seen = server.seen().getFirst();
    assertThat(seen.method()).isEqualTo("PUT");
    assertThat(seen.query()).isEqualTo("legal-hold=&versionId=v");
    assertThat(seen.body()).contains("<Status>" + status + "</Status>");
    byte[] sum =
        MessageDigest.getInstance("MD5").digest(seen.body().getBytes(StandardCharsets.UTF_8));
    assertThat(S3Call.hold(LOCATION, "v", status).headers())
        .containsEntry("content-md5", Base64.getEncoder().encodeToString(sum));
  }

  @Test
  void what_is_gone_already_is_no_failure() {
    for (Line line :
        List.of(error(404, "NoSuchKey"), error(404, "NoSuchVersion"), answer(404, ""))) {
      server.says(line);
      assertThatCode(() -> store.delete(LOCATION, "v")).doesNotThrowAnyException();
      assertThatCode(() -> store.hold(LOCATION, "v", HoldStatus.OFF)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_lock_is_a_refusal_of_us_and_no_clear_answer_an_outage() {
    server.says(error(403, "AccessDenied"));
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.delete(LOCATION, "v"))
        .matches(Outage.Storage::isRefusal);
    for (Line line : List.of(error(503, "SlowDown"), answer(200, "<x/>"), hangUp())) {
      server.says(line);
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> store.delete(LOCATION, "v"))
          .matches(outage -> !outage.isRefusal());
    }
  }
}
