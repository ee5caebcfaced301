package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.AuditEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in the recycle bin, deleted for ever. */
class DatasetPurgeApiTest {

  private static final String MEANT = "{\"confirm_purge\": true}";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);
  private final HttpUploads.Made ready = HttpUploads.in(world).create(1).send(1, 1).complete();
  private final String path = ready.datasetPath();
  private final String purge = path + "/purge";

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void it_must_be_meant_and_thrown_away_before() {
    assertThat(admin.delete(purge, MEANT).outcome()).isEqualTo("409 dataset.invalid_state");
    assertThat(admin.delete(path).outcome()).isEqualTo("204");
    for (String unclear : List.of("{}", "{\"confirm_purge\": false}")) {
      assertThat(admin.delete(purge, unclear).fieldErrors())
          .containsExactly("confirm_purge request.field_invalid");
    }
    assertThat(admin.delete(purge, MEANT).outcome()).isEqualTo("204");
    assertThat(admin.delete(purge, MEANT).outcome()).isEqualTo("204");
    assertThat(admin.post(path + "/restore", "").outcome()).isEqualTo("404 dataset.not_found");
  }

  @Test
  void storage_that_is_away_leaves_it_to_who_asks_again() {
    admin.delete(path);
    world.store.down = true;
    HttpCalls keyed = admin.with("Idempotency-Key", "gone-once");
    assertThat(keyed.delete(purge, MEANT).outcome()).isEqualTo("503 storage.unavailable");
    assertThat(admin.post(path + "/restore", "").outcome()).isEqualTo("409 dataset.invalid_state");
    world.store.down = false;

    assertThat(keyed.delete(purge, MEANT).outcome()).isEqualTo("204");
    assertThat(keyed.delete(purge, MEANT).outcome()).isEqualTo("204");
    assertThat(world.rows.facts().audit())
        .extracting(AuditEvent::action)
        .containsOnlyOnce("dataset.purge_requested", "dataset.purged");
  }
}
