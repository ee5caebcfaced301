package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was stored is said in a receipt, to who may see the dataset; its keys are everybody's. */
class ReceiptApiTest {

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_receipt_is_in_the_answer_of_complete_and_the_same_ever_after() throws Exception {
    HttpUploads.Made made = HttpUploads.in(world).create(2);
    made.send(1, 2);
    String sum = "AB".repeat(32);
    JsonNode done =
        admin.post(made.path() + "/complete", "{\"checksum_sha256\": \"" + sum + "\"}").json();
    world.time.advance(Duration.ofDays(30));
    HttpAnswer later = world.as(TestWorld.VIEWER).get(made.path() + "/receipt");

    assertThat(later.json().get("receipt")).isEqualTo(done.get("receipt"));
    assertThat(later.json().get("session_id").asString()).isEqualTo(made.sessionId());
    assertThat(later.header("Cache-Control")).isEqualTo("no-store");
    JsonNode claims = verified(done.get("receipt").asString());
    assertThat(claims.get("sub").asString()).isEqualTo(made.sessionId());
    assertThat(claims.get("iss").asString()).isEqualTo("waybill");
    assertThat(claims.get("tenant_id").asString()).isEqualTo(TestWorld.TENANT.toString());
    assertThat(claims.get("object_key")).isEqualTo(done.get("object_key"));
    assertThat(claims.get("size_bytes")).isEqualTo(done.get("object_size_bytes"));
    assertThat(claims.get("completed_at")).isEqualTo(done.get("completed_at"));
    assertThat(claims.at("/checksums/client_reported/sha256").asString())
        .isEqualToIgnoringCase(sum);
    assertThat(claims.get("verified_by").asString()).isEqualTo("client_reported");
    assertThat(claims.get("part_list_sha256").asString()).hasSize(64);
  }

  @Test
  void the_keys_are_told_to_everybody_and_may_be_kept_for_a_while() {
    HttpAnswer keys = world.anybody().get("/v1/receipts/keys");

    assertThat(keys.outcome()).isEqualTo("200");
    assertThat(keys.header("Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(keys.json().at("/keys/0/kty").asString()).isEqualTo("OKP");
    assertThat(keys.json().get("keys").size()).isEqualTo(1);
    assertThat(keys.text()).doesNotContain("\"d\"");
  }

  @Test
  void what_is_not_completed_has_no_receipt() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    HttpAnswer answer = admin.get(made.path() + "/receipt");

    assertThat(answer.outcome()).isEqualTo("409 upload.invalid_state");
    assertThat(answer.json().at("/error/details/current_status").asString()).isEqualTo("INITIATED");
  }

  @Test
  void strangers_do_not_learn_that_there_is_an_upload() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    made.send(1, 1);
    admin.post(made.path() + "/complete", "");

    for (String stranger : new String[] {TestWorld.OTHER, TestWorld.NOBODY}) {
      assertThat(world.as(stranger).get(made.path() + "/receipt").outcome())
          .isEqualTo("404 upload_session.not_found");
    }
    assertThat(world.anybody().get(made.path() + "/receipt").outcome())
        .isEqualTo("401 auth.api_key_missing");
    assertThat(admin.get("/v1/uploads/what/receipt").outcome())
        .isEqualTo("404 upload_session.not_found");
  }

  private JsonNode verified(String receipt) throws GeneralSecurityException {
    String[] parts = receipt.split("\\.", -1);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(TestWorld.RECEIPT_KEY.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
  }
}
